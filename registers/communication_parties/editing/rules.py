"""Rules of changes of communication parties."""

from registers.core.rules import Rule

PARTY_UNKNOWN = Rule(
    "R-AR-001",
    "There is no communication party with HER-id {value}",
    "Det finnes ingen kommunikasjonspart med HER-id {value}",
    code="NOT_FOUND",
)
HER_ID_TAKEN = Rule(
    "R-AR-002",
    "The HER-id is a party's already, and is never given to another one: {value}",
    "HER-iden tilhører allerede en part, og gis aldri til en annen: {value}",
    constraint="communication_parties_pkey",
)
ORGANISATION_UNKNOWN = Rule(
    "R-AR-003",
    "There is no organisation with the number {value}",
    "Det finnes ingen virksomhet med nummeret {value}",
    code="NOT_FOUND",
)
ORGANISATION_ENDED = Rule(
    "R-AR-004",
    "The organisation has ended before the party begins: {value}",
    "Virksomheten er avsluttet før parten begynner: {value}",
)
PARENT_IS_NO_ORGANISATION = Rule(
    "R-AR-005",
    "A service or person stands below an organisation and below nothing else: {value}",
    "En tjeneste eller person ligger under en virksomhet og ikke under noe annet: {value}",
)
PARENT_NOT_IN_USE = Rule(
    "R-AR-006",
    "The organisation party above is not active for all of that time: {value}",
    "Kommunikasjonsparten over er ikke aktiv i hele perioden: {value}",
)
PROFESSIONAL_UNKNOWN = Rule(
    "R-AR-007",
    "There is no health professional with HPR number {value}",
    "Det finnes ikke helsepersonell med HPR-nummer {value}",
    code="NOT_FOUND",
)
PROFESSIONAL_REPLACED = Rule(
    "R-AR-008",
    "The HPR number is replaced by {value}",
    "HPR-nummeret er erstattet av {value}",
)
ONE_OF_A_PROFESSIONAL = Rule(
    "R-AR-009",
    "A health professional has one active party at an organisation, not another one at the same time: {value}",
    "Helsepersonell har én aktiv part i en virksomhet, ikke en til samtidig: {value}",
    constraint="communication_parties_one_of_a_professional",
)
ONE_VACANT_LIST_SERVICE = Rule(
    "R-AR-010",
    "An office has one active service for lists without a GP (KX17), however many such lists it has: {value}",
    "Et kontor har én aktiv tjeneste for lister uten fast lege (KX17), uansett antall slike lister: {value}",
    constraint="communication_parties_one_vacant_list_service",
)
NO_SERVICE_TYPE = Rule(
    "R-AR-011",
    "No code system of service types that messages are addressed by (8658, 8659, 8660, 8663, 8664, 8666, 8668, 8669): "
    "{value}",
    "Ikke et kodeverk for tjenestetyper i tjenestebasert adressering (8658, 8659, 8660, 8663, 8664, 8666, 8668, 8669): "
    "{value}",
)
SERVICES_ONLY = Rule(
    "R-AR-012",
    "Only a service has this; the party is of kind {value}",
    "Bare en tjeneste har dette; parten er av typen {value}",
)
COVERS_NO_ORGANISATION = Rule(
    "R-AR-013",
    "A service covers municipalities, each by its organisation party: {value}",
    "En tjeneste dekker kommuner, hver ved sin virksomhetspart: {value}",
)
NAMED_TWICE = Rule("R-AR-014", "Named twice: {value}", "Nevnt to ganger: {value}")
STILL_ACTIVE_BELOW = Rule(
    "R-AR-015",
    "Services or persons below it are active then, and others would go on writing to them: {value}",
    "Tjenester eller personer under den er da aktive, og andre ville fortsette å skrive til dem: {value}",
)
PARTY_ENDED = Rule(
    "R-AR-016",
    "The party has ended and cannot be switched on: {value}",
    "Parten er avsluttet og kan ikke aktiveres: {value}",
)
PERSONS_ONLY = Rule(
    "R-AR-017",
    "Only a person has a title; the party is of kind {value}",
    "Bare en person har tittel; parten er av typen {value}",
)
