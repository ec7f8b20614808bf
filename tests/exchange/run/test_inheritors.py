"""Inheritors get an entry of their own when an import changes what is in effect for them, and only then."""

from typing import Any

import pytest

from tests.exchange.run.test_certificates import LDAP, certificate, details, with_address
from tests.support.importer import Importer, counts
from tests.support.records_ar import electronic, legacy, legacy_organisation, physical, rest

pytestmark = pytest.mark.anyio

ABOVE, SERVICE, OTHER = 8100001, 8100002, 8100009
UPDATED = "CommunicationPartyUpdated"


def above(address: str, *more: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return legacy_organisation(ElectronicAddresses=[electronic("E_EDI", address), *more], **changes)


def inheritor(her_id: int = SERVICE, address: str = "over@x.example", **changes: Any) -> dict[str, Any]:
    addresses = [electronic("E_EDI", address, inherited=True)]
    return legacy(HerId=her_id, ElectronicAddresses=addresses) | changes


async def imported(importer: Importer, *records: object) -> list[tuple[str, str]]:
    """(key, action) of each entry that the import has made."""
    before = len(await importer.actions())
    await importer(*records)
    return (await importer.actions())[before:]


async def test_a14_inheritors_of_a_changed_address_get_an_entry_and_those_with_an_own_one_none(importer: Importer):
    await importer(above("over@x.example"), inheritor(), legacy(HerId=OTHER))

    entries = await imported(importer, above("ny@x.example"))

    assert entries == [(str(ABOVE), UPDATED), (str(SERVICE), UPDATED)]


async def test_a14_an_inheritor_whose_own_rows_change_as_well_gets_one_entry(importer: Importer):
    await importer(above("over@x.example"), inheritor())

    entries = await imported(importer, above("ny@x.example"), inheritor(address="ny@x.example", DisplayName="Ny"))

    assert sorted(entries) == [(str(ABOVE), UPDATED), (str(SERVICE), UPDATED)]


async def test_new_inheritors_of_a_new_organisation_are_created_and_no_more(importer: Importer):
    entries = await imported(importer, above("over@x.example"), inheritor(), inheritor(OTHER))

    parties = [(key, action) for key, action in entries if action.startswith("CommunicationParty")]
    assert sorted(parties) == [(str(each), "CommunicationPartyCreated") for each in (ABOVE, SERVICE, OTHER)]


async def test_the_same_file_again_makes_no_entry(importer: Importer):
    file = importer.file(above("over@x.example", electronic("E_TLF", "22 22 22 22")), inheritor())
    await importer.files(file)
    changed = importer.file(above("ny@x.example"))
    await importer.files(changed)
    before = await importer.entries()

    again = await importer.files(changed)

    assert (counts(again), await importer.entries()) == ({"read": 1, "unchanged": 1}, before)


async def test_a_change_that_nobody_inherits_makes_no_entry_below(importer: Importer):
    await importer(above("over@x.example"), inheritor())

    entries = await imported(importer, above("over@x.example", DisplayName="Nytt navn"))

    assert entries == [(str(ABOVE), UPDATED)]


async def test_a14_a_changed_physical_address_reaches_inheritors(importer: Importer):
    await importer(above("over@x.example", PhysicalAddresses=[physical("PST")]), inheritor())

    entries = await imported(
        importer, above("over@x.example", PhysicalAddresses=[physical("PST", StreetAddress="Flyttet 2")])
    )

    assert entries == [(str(ABOVE), UPDATED), (str(SERVICE), UPDATED)]


@pytest.mark.parametrize(("own", "changed"), [("Inherited", [ABOVE, SERVICE]), ("Enabled", [ABOVE])])
async def test_a14_transport_switched_on_above_reaches_its_inheritors(importer: Importer, own: str, changed: list[int]):
    def organisation(status: str) -> dict[str, Any]:
        details = {"organizationNumber": "310001007"}
        return rest(
            herId=ABOVE,
            type="Organization",
            organizationDetails=details,
            serviceDetails=None,
            ediAddress=None,
            amqpAddress=None,
            amqpTransportStatus=status,
        )

    service = rest(ediAddress=None, amqpAddress=None, amqpTransportStatus=own)
    await importer(organisation("Disabled"), service)

    entries = await imported(importer, organisation("Enabled"))

    assert entries == [(str(each), UPDATED) for each in changed]


async def test_a14_a_certificate_that_arrives_for_an_organisation_reaches_inheritors(importer: Importer):
    await importer(with_address(f"{LDAP}(certificateSerialNumber=991)"), inheritor(), inheritor(OTHER))

    entries = await imported(importer, details(certificate(991)))

    assert [each for each in entries if each[1] == UPDATED] == [
        (str(each), UPDATED) for each in (ABOVE, SERVICE, OTHER)
    ]
