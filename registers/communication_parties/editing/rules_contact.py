"""Rules of changes of addresses, transport and certificates of communication parties."""

from registers.core.rules import Rule

OWN_OR_INHERITED = Rule(
    "R-AR-050",
    "Say one of three: an own address, none, or inherit",
    "Oppgi én av tre: egen adresse, ingen, eller arvet",
)
NOBODY_ABOVE = Rule(
    "R-AR-051",
    "An organisation has nobody above it to inherit from",
    "En virksomhet har ingen over seg å arve fra",
)
ADDRESS_IMPLAUSIBLE = Rule(
    "R-AR-052",
    "An EDI mailbox is an e-mail address, a queue a name without blanks: {value}",
    "En EDI-postkasse er en e-postadresse, en kø et navn uten mellomrom: {value}",
)
ADDRESS_EMPTY = Rule(
    "R-AR-053",
    "A physical address has a street or a post-office box, a postal code and a city",
    "En fysisk adresse har gate eller postboks, postnummer og poststed",
)
CERTIFICATE_UNREADABLE = Rule(
    "R-AR-060",
    "The bytes are no X.509 certificate, in DER as base64 or in PEM",
    "Innholdet er ikke et X.509-sertifikat, i DER som base64 eller i PEM",
)
CERTIFICATE_EXPIRED = Rule(
    "R-AR-061",
    "The certificate holds at no time of the period of its use: {value}",
    "Sertifikatet gjelder ikke i perioden det skal brukes: {value}",
)
USAGE_NOT_ALLOWED = Rule(
    "R-AR-062",
    "The key usage does not allow it, encryption needs keyEncipherment and signing nonRepudiation: {value}",
    "Nøkkelbruken tillater det ikke, kryptering krever keyEncipherment og signering nonRepudiation: {value}",
)
KEY_WEAK = Rule(
    "R-AR-063",
    "The key is weaker than RSA of 2048 bits or a curve of 256",
    "Nøkkelen er svakere enn RSA på 2048 bit eller en kurve på 256",
)
OF_ANOTHER_ORGANISATION = Rule(
    "R-AR-064",
    "The certificate is of another organisation: {value}",
    "Sertifikatet tilhører en annen virksomhet: {value}",
)
NOT_IN_USE = Rule(
    "R-AR-065",
    "The party has no own certificate for the usage at that time",
    "Parten har ikke eget sertifikat for bruken på det tidspunktet",
)
