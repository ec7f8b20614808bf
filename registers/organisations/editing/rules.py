"""Rules of changes of organisations and RESH units."""

from registers.core.rules import Rule

UNKNOWN = Rule("R-ORG-001", "There is no organisation {value}", "Virksomheten {value} finnes ikke", code="NOT_FOUND")
REGISTERED = Rule("R-ORG-002", "{value} is registered already", "{value} er allerede registrert")
REFERENCE_ONLY = Rule(
    "R-ORG-003",
    "{value} is known only because others point at it; register it first",
    "{value} er bare kjent fordi andre viser til den; registrer den først",
)
KIND_UNKNOWN = Rule(
    "R-ORG-004",
    "An organisation is registered as a main unit or as a sub-unit",
    "En virksomhet registreres som enhet eller som underenhet",
)
SUB_UNIT_ALONE = Rule(
    "R-ORG-005",
    "A sub-unit cannot stand alone; name the unit above it",
    "En underenhet kan ikke stå alene; oppgi overordnet enhet",
)
BELOW_SUB_UNIT = Rule(
    "R-ORG-006",
    "{value} is a sub-unit and has none below it",
    "{value} er en underenhet og har ingen under seg",
)
BELOW_ENDED = Rule(
    "R-ORG-007",
    "The unit above has ended: {value}",
    "Overordnet enhet er avsluttet: {value}",
)
CIRCLE = Rule(
    "R-ORG-008",
    "The organisation would stand above itself, through {value}",
    "Virksomheten ville stått over seg selv, gjennom {value}",
    constraint="organisations_no_circle",
)
EMPLOYEES_IMPLAUSIBLE = Rule(
    "R-ORG-009",
    "The number of employees lies outside 0 to 1,000,000: {value}",
    "Antall ansatte ligger utenfor 0 til 1 000 000: {value}",
)
ADDRESS_TWICE = Rule(
    "R-ORG-010",
    "An organisation has one address of each kind: {value}",
    "En virksomhet har én adresse av hvert slag: {value}",
)
ADDRESS_OF_OTHERS = Rule(
    "R-ORG-011",
    "A main unit has a business address, a sub-unit a location address, and not the other way round: {value}",
    "En enhet har forretningsadresse, en underenhet beliggenhetsadresse, og ikke omvendt: {value}",
)
ADDRESS_EMPTY = Rule(
    "R-ORG-012",
    "The address says nothing: {value}",
    "Adressen sier ingenting: {value}",
)
INDUSTRY_CODES = Rule(
    "R-ORG-013",
    "An organisation has one to three industry codes, each once: {value}",
    "En virksomhet har én til tre næringskoder, hver av dem én gang: {value}",
)
HOURS_IMPLAUSIBLE = Rule(
    "R-ORG-014",
    "Opening hours begin within the week of 10,080 minutes and last at most until it comes again: {value}",
    "Åpningstider begynner innenfor ukens 10 080 minutter og varer høyst til den er der igjen: {value}",
)
HOURS_OVERLAP = Rule(
    "R-ORG-015",
    "Opening hours overlap: {value}",
    "Åpningstider overlapper: {value}",
)
OPEN_SUB_UNITS = Rule(
    "R-ORG-016",
    "Units below it are open; close or move them first: {value}",
    "Enheter under den er ikke avsluttet; avslutt eller flytt dem først: {value}",
)
OPEN_PARTIES = Rule(
    "R-ORG-017",
    "Communication parties of it are active; end or deactivate them first, HER-id {value}",
    "Kommunikasjonsparter hos den er aktive; avslutt eller deaktiver dem først, HER-id {value}",
)
OPEN_CONTRACTS = Rule(
    "R-ORG-018",
    "GP contracts at it are open; end or move them first: {value}",
    "Fastlegeavtaler hos den er ikke avsluttet; avslutt eller flytt dem først: {value}",
)
SUCCESSORS_AND_KIND = Rule(
    "R-ORG-019",
    "A split names two successors or more, each once; any other succession names one: {value}",
    "En deling oppgir to etterfølgere eller flere, hver av dem én gang; annet oppgir én: {value}",
)
SUCCEEDS_ITSELF = Rule(
    "R-ORG-020",
    "{value} would succeed itself",
    "{value} ville etterfulgt seg selv",
    constraint="organisation_successions_no_circle",
)
SUCCESSOR_ENDED = Rule(
    "R-ORG-021",
    "The successor has ended before it takes over: {value}",
    "Etterfølgeren er avsluttet før den overtar: {value}",
)
NOT_YET_THERE = Rule(
    "R-ORG-022",
    "The succession lies before the record's own beginning: {value}",
    "Etterfølgelsen ligger før postens egen begynnelse: {value}",
)
NOT_SUCCEEDED = Rule(
    "R-ORG-023",
    "{value} has no successor",
    "{value} har ingen etterfølger",
)
TREATMENT_PLACE_IS_SUB_UNIT = Rule(
    "R-ORG-024",
    "A treatment place is reported to NPR by a sub-unit's number, never by a main unit's: {value}",
    "Et behandlingssted meldes til NPR med underenhetens nummer, aldri med enhetens: {value}",
)

UNIT_UNKNOWN = Rule("R-ORG-030", "There is no RESH unit {value}", "RESH-enheten {value} finnes ikke", code="NOT_FOUND")
UNIT_EXISTS = Rule(
    "R-ORG-031",
    "The RESH-id is taken, and is never used again: {value}",
    "RESH-id-en er i bruk og brukes aldri om igjen: {value}",
)
RESH_IDS_USED_UP = Rule(
    "R-ORG-032",
    "No RESH-id is left above {value}; choose a free one",
    "Ingen RESH-id er ledig over {value}; velg en ledig",
)
UNIT_ABOVE_ENDED = Rule(
    "R-ORG-033",
    "The unit above is closed: RESH-id {value}",
    "Enheten over er avsluttet: RESH-id {value}",
)
UNIT_CIRCLE = Rule(
    "R-ORG-034",
    "The unit would stand above itself, through RESH-id {value}",
    "Enheten ville stått over seg selv, gjennom RESH-id {value}",
    constraint="resh_units_no_circle",
)
OPEN_UNITS_BELOW = Rule(
    "R-ORG-035",
    "Units below it are open; close or move them first, RESH-id {value}",
    "Enheter under den er ikke avsluttet; avslutt eller flytt dem først, RESH-id {value}",
)
UNIT_CLOSED = Rule(
    "R-ORG-036",
    "The unit is closed: RESH-id {value}",
    "Enheten er avsluttet: RESH-id {value}",
)
UNIT_SUCCEEDS_ITSELF = Rule(
    "R-ORG-037",
    "RESH-id {value} would succeed itself",
    "RESH-id {value} ville etterfulgt seg selv",
    constraint="resh_unit_successions_no_circle",
)
