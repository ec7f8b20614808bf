"""R-DQ-001 and R-DQ-002: parties that nothing reaches."""

import pytest

from tests.support.scenario import ENDED, change

pytestmark = pytest.mark.anyio


async def test_a_party_without_edi_address_and_queue_is_found_with_those_below_it(registers, found):
    office = registers.office()
    service = registers.service(office)
    registers.electronic_address(office.her_id, "E_TLF", "22000000")

    assert await found("R-DQ-001") == [
        (str(office.her_id), "organisation party: no E_EDI and no E_SB_ASYNC, own or inherited"),
        (str(service), "service party: no E_EDI and no E_SB_ASYNC, own or inherited"),
    ]


@pytest.mark.parametrize("type", ["E_EDI", "E_SB_ASYNC"])
async def test_an_address_of_the_organisation_reaches_those_below_it(registers, found, type):
    office = registers.office()
    registers.service(office)
    registers.electronic_address(office.her_id, type)

    assert await found("R-DQ-001") == []


async def test_a_service_that_says_none_is_not_reached_by_what_it_would_inherit(registers, found):
    office = registers.office()
    hiding, own = registers.service(office), registers.service(office)
    registers.electronic_address(office.her_id, "E_EDI")
    registers.electronic_address(hiding, "E_EDI", None)
    registers.electronic_address(own, "E_EDI", None)
    registers.electronic_address(own, "E_SB_ASYNC")

    assert [key for key, _ in await found("R-DQ-001")] == [str(hiding)]


async def test_a_party_without_postal_address_is_found_with_those_below_it(registers, found):
    office = registers.office()
    service = registers.service(office)
    registers.physical_address(office.her_id, "RES")

    assert await found("R-DQ-002") == [
        (str(office.her_id), "organisation party: no PST, own or inherited"),
        (str(service), "service party: no PST, own or inherited"),
    ]


async def test_a_postal_address_of_the_organisation_is_inherited(registers, found):
    office = registers.office()
    registers.service(office)
    registers.physical_address(office.her_id)

    assert await found("R-DQ-002") == []


@pytest.mark.parametrize("rule", ["R-DQ-001", "R-DQ-002", "R-DQ-007"])
async def test_nothing_is_asked_of_a_party_that_is_not_in_use(registers, found, database, rule):
    office = registers.office()
    registers.electronic_address(office.her_id, "E_EDI")
    registers.physical_address(office.her_id)
    registers.certificates(office.her_id)
    bare = registers.office()
    registers.service(bare, active=False)
    registers.service(bare, valid=ENDED)
    await registers.write(database)
    await change(database, "communication_parties", {"her_id": bare.her_id}, reference_only=True)

    assert await found(rule) == []
