"""Rules of changes of persons and their associations. A refusal names the patient by its path, never by a number."""

from registers.core.rules import Rule

PERSON_UNKNOWN = Rule(
    "R-FLR-050",
    "No person with this national id is in the register",
    "Ingen person med dette fødselsnummeret står i registeret",
    code="NOT_FOUND",
)
ON_A_LIST = Rule(
    "R-FLR-051",
    "The patient is on a list in a part of that time",
    "Pasienten står på en liste i en del av tiden",
    constraint="patient_associations_one_list_at_a_time",
)
LIST_FULL = Rule(
    "R-FLR-052",
    "The list would hold more patients than its ceiling",
    "Listen ville få flere pasienter enn listetaket",
    constraint="patient_associations_within_ceiling",
)
LIST_NOT_OPEN = Rule(
    "R-FLR-053",
    "The list takes no new patients but by exception: {value}",
    "Listen tar ikke nye pasienter uten unntak: {value}",
)
OUTSIDE_CONTRACT = Rule(
    "R-FLR-054",
    "The contract does not hold for all of that time: {value}",
    "Avtalen gjelder ikke i hele tiden: {value}",
)
NOT_ON_LIST = Rule(
    "R-FLR-055",
    "The patient is not on the list at that time",
    "Pasienten står ikke på listen på det tidspunktet",
)
NUMBER_OF_PATIENTS = Rule(
    "R-FLR-056",
    "Name 1 to 1,000 patients: {value}",
    "Oppgi 1 til 1000 pasienter: {value}",
)
SAME_LIST = Rule("R-FLR-057", "That is the list they are on: {value}", "Det er listen de står på: {value}")
NATIONAL_ID_TAKEN = Rule(
    "R-FLR-058",
    "The national id is another person's, or the one in use already",
    "Fødselsnummeret tilhører en annen, eller er allerede i bruk",
    constraint="person_national_ids_pkey",
)
PATIENT_TWICE = Rule("R-FLR-059", "The patient is named twice", "Pasienten er nevnt to ganger")
PATIENT_DEAD = Rule("R-FLR-060", "The person is dead by then", "Personen er død på det tidspunktet")
PATIENTS_REMAIN = Rule(
    "R-FLR-061",
    "Patients are on the list; name the one they move to: {value}",
    "Det står pasienter på listen; oppgi hvor de skal flyttes: {value}",
)
PERSON_EXISTS = Rule(
    "R-FLR-062",
    "A person with this national id is in the register already",
    "En person med dette fødselsnummeret står allerede i registeret",
)
DAY_IMPLAUSIBLE = Rule(
    "R-FLR-063",
    "The day lies before 1800 or after today: {value}",
    "Dagen ligger før 1800 eller etter i dag: {value}",
)
DIED_BEFORE_BIRTH = Rule(
    "R-FLR-064",
    "The person died before being born",
    "Personen døde før fødselen",
    constraint="persons_died_after_birth_check",
)
