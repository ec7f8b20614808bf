"""Rules of every change, whatever the register."""

from registers.core.rules import Rule

STALE = Rule(
    "R-LOG-001",
    "The record was changed by entry {value}; read it again",
    "Posten ble endret av innslag {value}; les den på nytt",
    code="STALE",
)
KEY_REUSED = Rule(
    "R-LOG-002",
    "The idempotency key {value} belongs to another request",
    "Idempotensnøkkelen {value} tilhører en annen forespørsel",
)
TRY_AGAIN = Rule(
    "R-LOG-003",
    "Other changes were in the way; nothing was changed, try again",
    "Andre endringer var i veien; ingenting ble endret, prøv igjen",
    code="RETRY",
)
TEXT_EMPTY = Rule("R-LOG-005", "The text is empty", "Teksten er tom")
TEXT_TOO_LONG = Rule(
    "R-LOG-006",
    "The text is longer than the field allows: {value}",
    "Teksten er lengre enn feltet tillater: {value}",
)
TEXT_NOT_PLAIN = Rule(
    "R-LOG-007",
    "The text holds a control character or half a character: {value}",
    "Teksten inneholder et kontrolltegn eller et halvt tegn: {value}",
)
TEXT_HOLDS_NATIONAL_ID = Rule(
    "R-LOG-008",
    "The text holds eleven digits like a national id; the log is read by many",
    "Teksten inneholder elleve sifre som et fødselsnummer; loggen leses av mange",
)
PERIOD_EMPTY = Rule(
    "R-LOG-009",
    "The period ends no later than it begins: {value}",
    "Perioden slutter ikke etter at den begynner: {value}",
)
TIME_IMPLAUSIBLE = Rule(
    "R-LOG-010",
    "A period lies between the years 1800 and 9000; leave an open end out: {value}",
    "En periode ligger mellom årene 1800 og 9000; utelat en åpen slutt: {value}",
)
NOTHING_TO_CHANGE = Rule(
    "R-LOG-011",
    "The record says this already; nothing would change",
    "Posten sier dette allerede; ingenting ville bli endret",
)
