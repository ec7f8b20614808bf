"""What is out of the ordinary: cases with a number in `known`, and outside the core a share drawn by chance.

The core has only the cases listed here, so that whatever a reader finds odd in it is intended.
"""

from datetime import date
from enum import Enum

from registers.seed.sources import enterprises, known
from registers.seed.sources.certificates import issue_pair
from registers.seed.sources.draw import share
from registers.seed.sources.enterprises import CLOSED_ON
from registers.seed.sources.parties import Party, Transport, queues

ENDED_ON = date(2026, 4, 1)
CERTIFICATE_YEARS = 3


class Certification(Enum):
    """Which certificates of its own a party has."""

    NONE = "none"
    CURRENT = "current"
    RENEWED = "renewed"  # an earlier pair, overlapping the current one by a month
    EXPIRED = "expired"  # the current pair ran out
    ANNOUNCED = "announced"  # thumbprints without bytes


def apply(party: Party) -> None:
    """Applies the case of the party's number, or a drawn one, then issues its certificates."""
    if party.parent:
        party.valid_to = party.parent.valid_to
        party.messaging_valid = party.parent.messaging_valid
    _known_case(party)
    if not party.unit.in_core:
        _drawn_case(party)
    _certify(party, _certification(party))


def _known_case(party: Party) -> None:
    her_id, host = party.her_id, enterprises.host(party.unit)
    match her_id:
        case known.INACTIVE_GP | known.INACTIVE_SERVICE:
            party.active = False
        case known.ENDED_GP | known.ENDED_SERVICE:
            party.valid_to = ENDED_ON
        case known.CLOSED_OFFICE:
            party.valid_to = CLOSED_ON
        case known.NOT_FOR_MESSAGING:
            party.messaging_valid = False
            party.transport = Transport.DISABLED
            party.addresses = {"E_TLF": party.addresses["E_TLF"]}
        case known.SERVICE_NOT_FOR_MESSAGING:
            party.messaging_valid = False
        case known.OWN_EDI_ADDRESS:
            party.addresses = {"E_EDI": f"edi-{her_id}@{host}"}
            party.transport = Transport.INHERITED
        case known.OWN_QUEUES:
            party.addresses = queues(her_id)
            party.transport = Transport.ENABLED
        case known.OWN_CERTIFICATE:
            party.addresses = {}
            party.transport = Transport.INHERITED
        case known.TRANSPORT_DISABLED:
            party.transport = Transport.DISABLED
        case known.FUTURE_EDI_ADDRESS:
            party.planned["E_EDI"] = (f"ny-edi@{host}", date(2027, 1, 1))
        case known.FUTURE_OWN_EDI_ADDRESS:
            party.planned["E_EDI"] = (f"edi-{her_id}@{host}", date(2027, 3, 1))


def _drawn_case(party: Party) -> None:
    chance = share("case", party.her_id, 1000)
    if party.parent:
        party.active = chance >= 25
        if 25 <= chance < 45 and party.valid_to is None and party.valid_from < ENDED_ON:
            party.valid_to = ENDED_ON
        party.messaging_valid &= not 45 <= chance < 55
    elif chance < 15:
        party.transport = Transport.DISABLED
    elif chance < 25:
        party.messaging_valid = False


def _certification(party: Party) -> Certification:
    match party.her_id:
        case known.EXPIRED_CERTIFICATE:
            return Certification.EXPIRED
        case known.MISSING_CERTIFICATE | known.NOT_FOR_MESSAGING:
            return Certification.NONE
        case known.ANNOUNCED_CERTIFICATE:
            return Certification.ANNOUNCED
        case known.RENEWED_CERTIFICATE:
            return Certification.RENEWED
        case known.OWN_CERTIFICATE:
            return Certification.CURRENT
    if party.parent:
        own = not party.unit.in_core and party.service_type and "E_SB_SYNC" in party.addresses
        return Certification.CURRENT if own else Certification.NONE
    return Certification.CURRENT if party.unit.in_core else _drawn_certification(party)


def _drawn_certification(party: Party) -> Certification:
    chance = share("certification", party.her_id, 100)
    if chance < 10:
        return Certification.RENEWED
    if chance < 13:
        return Certification.EXPIRED
    if chance < 15:
        return Certification.ANNOUNCED
    return Certification.NONE if chance < 17 else Certification.CURRENT


def _certify(party: Party, certification: Certification) -> None:
    month = 1 + share("certificate month", party.her_id, 9)
    start = date(2026, month, 1)
    match certification:
        case Certification.NONE:
            return
        case Certification.RENEWED:
            until = date(start.year, month + 1, 1)
            earlier = until.replace(year=until.year - CERTIFICATE_YEARS)
            party.pairs = [
                issue_pair(party.holder, earlier, until, current=False),
                issue_pair(party.holder, start, _years_on(start), current=True, generation=1),
            ]
        case Certification.EXPIRED:
            past = date(start.year - CERTIFICATE_YEARS, month, 1)
            party.pairs = [issue_pair(party.holder, past, start, current=True)]
        case Certification.CURRENT | Certification.ANNOUNCED:
            party.pairs = [issue_pair(party.holder, start, _years_on(start), current=True)]
            party.bytes_withheld = certification is Certification.ANNOUNCED
    current = party.pairs[-1]
    serials = current.encryption.serial_number, current.signing.serial_number
    terms = "".join(f"(certificateSerialNumber={serial})" for serial in serials)
    branch = "ldap." + enterprises.DOMAIN + "/dc=Eksempel,dc=no,CN=" + party.holder.issuer_in_url
    party.addresses["E_DS"] = f"ldap://{branch}?usercertificate;binary?sub?(|{terms})"


def _years_on(start: date) -> date:
    return start.replace(year=start.year + CERTIFICATE_YEARS)
