"""Rules of changes of GP contracts, doctors' cycles, out-of-office locations, offices and teams."""

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
STATUS_INVALID = Rule(
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

ENDED_ALREADY = Rule("R-FLR-014", "It has ended by then, at {value}", "Det er avsluttet da, fra {value}")
PATIENTS_ON_LIST = Rule(
    "R-FLR-015",
    "Patients are on the list at the end of the contract or later, {value} of them; move them as it is cancelled",
    "Pasienter står på listen når avtalen slutter eller senere, {value} i tallet; flytt dem idet avtalen avsluttes",
    constraint="gp_contracts_ends_without_patients",
)
CYCLE_UNKNOWN = Rule(
    "R-FLR-016",
    "The list has no doctor's period {value}",
    "Listen har ikke legeperioden {value}",
    code="NOT_FOUND",
)
RELATIONSHIP_INVALID = Rule(
    "R-FLR-017",
    "A doctor is GP (LPFL), substitute (LPVI) or part-list doctor (LPDL): {value}",
    "En lege er fastlege (LPFL), vikar (LPVI) eller delelistelege (LPDL): {value}",
)
PERCENTAGE = Rule(
    "R-FLR-018",
    "A position is 1 to 100 per cent: {value}",
    "En stilling er 1 til 100 prosent: {value}",
    constraint="doctor_cycles_working_percentage_check",
)
DAY_NAMED_TWICE = Rule(
    "R-FLR-019",
    "A day of the week is named once: {value}",
    "En ukedag nevnes én gang: {value}",
    constraint="doctor_cycles_days_named_once_check",
)
ONE_GP = Rule(
    "R-FLR-020",
    "The list is not common and has a GP in the period, HPR number {value}; end that period first",
    "Listen er ingen fellesliste og har en fastlege i perioden, HPR-nummer {value}; avslutt den perioden først",
    constraint="doctor_cycles_one_gp_at_a_time",
)
SUBSTITUTE_UNNAMED = Rule(
    "R-FLR-021",
    "The list has a GP in the period, HPR number {value}; a substitute on it says for whom",
    "Listen har en fastlege i perioden, HPR-nummer {value}; en vikar på den sier for hvem",
    constraint="doctor_cycles_substitute_says_for_whom",
)
SUBSTITUTE_FOR_NO_GP = Rule(
    "R-FLR-022",
    "A substitute stands in for a GP of the list; HPR number {value} is none in the period",
    "En vikar står inne for en fastlege på listen; HPR-nummer {value} er ikke det i perioden",
    constraint="doctor_cycles_substitute_for_a_gp",
)
OWN_SUBSTITUTE = Rule(
    "R-FLR-023",
    "Nobody is their own substitute: HPR number {value}",
    "Ingen er sin egen vikar: HPR-nummer {value}",
    constraint="doctor_cycles_not_own_substitute_check",
)
NOT_A_SUBSTITUTE = Rule(
    "R-FLR-024",
    "Only a substitute (LPVI) stands in for somebody: HPR number {value}",
    "Bare en vikar (LPVI) står inne for noen: HPR-nummer {value}",
)
SUBSTITUTE_LEFT = Rule(
    "R-FLR-025",
    "A substitute on the list, HPR number {value}, would no longer stand in for its GP or its vacancy; change that "
    "period first",
    "En vikar på listen, HPR-nummer {value}, ville ikke lenger stå inne for fastlegen eller den ubesatte hjemmelen; "
    "endre den perioden først",
)
LOCATION_UNKNOWN = Rule(
    "R-FLR-026",
    "The contract has no out-of-office location {value}",
    "Avtalen har ikke utekontoret {value}",
    code="NOT_FOUND",
)
NO_CONTRACTS_AT_OFFICE = Rule(
    "R-FLR-027",
    "No contract in force or to come is at office {value}",
    "Ingen gjeldende eller kommende avtale er ved kontor {value}",
)
NOT_AT_OFFICE = Rule(
    "R-FLR-028",
    "The contract is not among those of the office that are in force or to come: {value}",
    "Avtalen er ikke blant kontorets gjeldende eller kommende: {value}",
)
ALSO_AT_OFFICE = Rule(
    "R-FLR-029",
    "The contract is at the office too and moves with the others; name it: {value}",
    "Avtalen er også ved kontoret og flytter med de andre; nevn den: {value}",
)
TEAM_ATTACHED = Rule(
    "R-FLR-030",
    "The team is attached to contract {value}; change that one first",
    "Teamet er knyttet til avtale {value}; endre den først",
    constraint="gp_contracts_team_id_fkey",
)
