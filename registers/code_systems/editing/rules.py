"""Rules of changes of the code systems."""

from registers.core.rules import Rule

SYSTEM_UNKNOWN = Rule(
    "R-CODE-001", "There is no code system {value}", "Kodeverket {value} finnes ikke", code="NOT_FOUND"
)
CODE_UNKNOWN = Rule("R-CODE-002", "There is no code {value}", "Koden {value} finnes ikke", code="NOT_FOUND")
CODE_EXISTS = Rule(
    "R-CODE-003",
    "The system has the value already; a retired value is not used for something else: {value}",
    "Kodeverket har verdien allerede; en utgått verdi brukes ikke om igjen: {value}",
)
VALUE_IMPLAUSIBLE = Rule(
    "R-CODE-004",
    "A value is 1 to 40 characters without blanks and fewer than eleven digits: {value}",
    "En verdi er 1 til 40 tegn uten mellomrom og med færre enn elleve sifre: {value}",
)
PERIOD_EMPTY = Rule(
    "R-CODE-005",
    "The code ends no later than it begins: {value}",
    "Koden slutter ikke etter at den begynner: {value}",
)
CODE_RETIRED = Rule("R-CODE-006", "The code is retired already: {value}", "Koden er allerede utgått: {value}")
NOT_ON_NEW_RECORDS = Rule(
    "R-CODE-007",
    "The code is retired and stays on old records only: {value}",
    "Koden er utgått og står bare på gamle poster: {value}",
)
