"""Rules of changes of health personnel."""

from registers.core.rules import Rule

PROFESSIONAL_UNKNOWN = Rule(
    "R-HPR-001",
    "There is no health professional with HPR number {value}",
    "Det finnes ikke helsepersonell med HPR-nummer {value}",
    code="NOT_FOUND",
)
REFERENCE_ONLY = Rule(
    "R-HPR-002",
    "The HPR number is known only because another record points at it; register the person first: {value}",
    "HPR-nummeret er bare kjent fordi en annen post viser til det; registrer personen først: {value}",
)
PROFESSIONAL_REPLACED = Rule(
    "R-HPR-003",
    "The HPR number has been merged into {value}; use that one",
    "HPR-nummeret er slått sammen med {value}; bruk det",
)
NUMBER_TAKEN = Rule("R-HPR-004", "The HPR number is in use: {value}", "HPR-nummeret er i bruk: {value}")
NO_NUMBER_LEFT = Rule(
    "R-HPR-005",
    "No HPR number is free above the highest, {value}; name a free one",
    "Ingen HPR-numre er ledige over det høyeste, {value}; oppgi et ledig",
)
DAY_IMPLAUSIBLE = Rule(
    "R-HPR-006",
    "The day lies before the year 1800 or in the future: {value}",
    "Dagen er før år 1800 eller i fremtiden: {value}",
)
DIED_BEFORE_BIRTH = Rule(
    "R-HPR-007",
    "Nobody dies before being born: {value}",
    "Ingen dør før fødselen: {value}",
    constraint="health_professionals_died_after_birth_check",
)
LAST_NAME_MISSING = Rule("R-HPR-008", "A health professional has a last name", "Helsepersonell har et etternavn")
NATIONAL_ID_TAKEN = Rule(
    "R-HPR-009",
    "The national id belongs to HPR number {value}; merge the two if they are one person",
    "Fødselsnummeret tilhører HPR-nummer {value}; slå dem sammen hvis de er én person",
)
PART_UNKNOWN = Rule(
    "R-HPR-010",
    "The professional has no such part that this can be done to: {value}",
    "Helsepersonellet har ingen slik del som dette kan gjøres med: {value}",
    code="NOT_FOUND",
)
HAS_ENDED = Rule(
    "R-HPR-011",
    "It has an ended status, nothing is granted or suspended on it: {value}",
    "Den har en avsluttet status, ingenting gis eller suspenderes på den: {value}",
)
OUTSIDE_AUTHORISATION = Rule(
    "R-HPR-012",
    "It would not lie within the period of what it hangs on: {value}",
    "Den ville ikke ligge innenfor perioden til det den hører til: {value}",
)
GRANTED_ALREADY = Rule(
    "R-HPR-013",
    "The same is held already in a part of that time: {value}",
    "Det samme er gitt allerede i en del av den tiden: {value}",
    constraint="authorisations_one_at_a_time",
)
ENDS_EARLIER = Rule(
    "R-HPR-014",
    "It ends at {value} already; an end does not lie later, a change of the period may",
    "Den slutter allerede {value}; en avslutning ligger ikke senere, en endring av perioden kan det",
)
NO_FIELD_GIVEN = Rule("R-HPR-015", "At least one of the fields is needed", "Minst ett av feltene må være oppgitt")
PROFESSIONAL_DEAD = Rule(
    "R-HPR-016",
    "The professional died on {value}; nothing begins after that",
    "Helsepersonellet døde {value}; ingenting begynner etter det",
)
PAST_AGE_LIMIT = Rule(
    "R-HPR-017",
    "An authorisation lapses on the 80th birthday, {value}; grant a licence",
    "En autorisasjon faller bort på 80-årsdagen, {value}; gi en lisens",
)
NOT_ENDED = Rule(
    "R-HPR-018",
    "It has no ended status that could be lifted: {value}",
    "Den har ingen avsluttet status å oppheve: {value}",
)
PART_IN_USE = Rule(
    "R-HPR-019",
    "Other parts hang on it; remove them first: {value}",
    "Andre deler hører til den; fjern dem først: {value}",
)
MERGED_WITH_ITSELF = Rule(
    "R-HPR-020",
    "A number is not merged into itself: {value}",
    "Et nummer slås ikke sammen med seg selv: {value}",
    constraint="health_professionals_not_replaced_by_itself_check",
)
MERGED_IN_A_CIRCLE = Rule(
    "R-HPR-021",
    "The surviving number has itself been merged into the other, directly or through others: {value}",
    "Det gjenværende nummeret er selv slått sammen med det andre, direkte eller gjennom andre: {value}",
    constraint="health_professionals_no_circle",
)
DIFFERENT_PERSONS = Rule(
    "R-HPR-022",
    "The two records disagree on a day of birth or death; correct the wrong one first: {value}",
    "De to postene er uenige om fødsels- eller dødsdato; rett den gale først: {value}",
)
