"""Rules of changes of GP contracts, their doctors and places, of offices and teams. Those of patients stand apart."""

from registers.core.rules import Rule

CONTRACT_UNKNOWN = Rule(
    "R-FLR-001", "There is no GP contract {value}", "Fastlegeavtale {value} finnes ikke", code="NOT_FOUND"
)
NUMBER_TAKEN = Rule(
    "R-FLR-002", "The number is in use or has been: {value}", "Nummeret er i bruk eller har vært det: {value}"
)
NUMBER_IMPLAUSIBLE = Rule(
    "R-FLR-003",
    "A new number is positive and of at most ten digits, so that it is never like a national id: {value}",
    "Et nytt nummer er positivt og har høyst ti sifre, så det aldri ligner et fødselsnummer: {value}",
)
REFERENCE_ONLY = Rule(
    "R-FLR-004",
    "The contract is known only because another record points at it; open it first: {value}",
    "Avtalen er bare kjent fordi en annen post viser til den; opprett den først: {value}",
)
ORGANISATION_UNKNOWN = Rule(
    "R-FLR-005", "There is no organisation {value}", "Organisasjon {value} finnes ikke", code="NOT_FOUND"
)
PROFESSIONAL_UNKNOWN = Rule(
    "R-FLR-006",
    "There is no health professional with HPR number {value}",
    "Det finnes ikke helsepersonell med HPR-nummer {value}",
    code="NOT_FOUND",
)
PROFESSIONAL_REPLACED = Rule(
    "R-FLR-007",
    "The HPR number has been replaced by {value}; use that one",
    "HPR-nummeret er erstattet av {value}; bruk det",
)
TEAM_UNKNOWN = Rule(
    "R-FLR-008",
    "There is no primary health care team {value}",
    "Primærhelseteam {value} finnes ikke",
    code="NOT_FOUND",
)
CEILING_BELOW_ZERO = Rule(
    "R-FLR-009",
    "The ceiling of a list is 0 or more: {value}",
    "Listetaket er 0 eller mer: {value}",
    constraint="gp_contracts_max_patients_check",
)
WAITING_BELOW_ZERO = Rule(
    "R-FLR-010",
    "The number of patients waiting is 0 or more: {value}",
    "Antallet på venteliste er 0 eller mer: {value}",
    constraint="gp_contracts_patients_on_waiting_list_check",
)
STATUS_IS_NONE = Rule(
    "R-FLR-011",
    "A list is open (FAAA), closed (LUKKET) or locked (LAAST): {value}",
    "En liste er åpen (FAAA), lukket (LUKKET) eller låst (LAAST): {value}",
)
NAMED_TWICE = Rule("R-FLR-012", "Named twice: {value}", "Nevnt to ganger: {value}")
OWN_MUNICIPALITY = Rule(
    "R-FLR-013",
    "A contract's own municipality is none of those that co-operate on it: {value}",
    "Avtalens egen kommune er ikke blant dem som samarbeider om den: {value}",
    constraint="coop_municipalities_not_own_check",
)

ALL = (
    CONTRACT_UNKNOWN,
    NUMBER_TAKEN,
    NUMBER_IMPLAUSIBLE,
    REFERENCE_ONLY,
    ORGANISATION_UNKNOWN,
    TEAM_UNKNOWN,
    CEILING_BELOW_ZERO,
    WAITING_BELOW_ZERO,
    STATUS_IS_NONE,
    NAMED_TWICE,
    OWN_MUNICIPALITY,
)
