"""A request for each rule of addresses, transport and certificates."""

from datetime import timedelta

from tests.conftest import NOW
from tests.support.edits.contact import (
    ADD_CERTIFICATE,
    END_CERTIFICATE,
    PHYSICAL,
    TRANSPORT,
    WEAK_CURVE,
    certificate,
    changed,
    electronic,
)
from tests.support.provoking import provokes
from tests.support.scenario import Office, Scenario, synthetic_organisation_number


async def office(database) -> Office:
    scenario = Scenario()
    office = scenario.office()
    await scenario.write(database)
    return office


async def with_certificate(edit, database, pem: str, usage: str = "ENCRYPTION"):
    her_id = (await office(database)).her_id
    return await changed(edit, ADD_CERTIFICATE, her_id, input={"certificate": pem, "usage": usage})


@provokes("R-AR-001")
async def unknown_party(edit, database):
    return await changed(edit, TRANSPORT, 999_999, expected=1, transport="ENABLED")


@provokes("R-AR-050")
async def address_and_none(edit, database):
    return await electronic(edit, (await office(database)).her_id, address="a@x.example", none=True)


@provokes("R-AR-051")
async def organisation_that_inherits(edit, database):
    return await electronic(edit, (await office(database)).her_id, inherit=True)


@provokes("R-AR-052")
async def mailbox_without_at(edit, database):
    return await electronic(edit, (await office(database)).her_id, address="postkasse")


@provokes("R-AR-053")
async def place_without_a_city(edit, database):
    address = {"street": "Veien 1", "postalCode": "0150"}
    return await changed(edit, PHYSICAL, (await office(database)).her_id, input={"type": "PST", "place": address})


@provokes("R-AR-060")
async def no_certificate(edit, database):
    return await with_certificate(edit, database, "bm90IGEgY2VydGlmaWNhdGU=")


@provokes("R-AR-061")
async def expired_certificate(edit, database):
    return await with_certificate(edit, database, certificate(until=NOW - timedelta(days=1)))


@provokes("R-AR-062")
async def signing_certificate_to_encrypt(edit, database):
    return await with_certificate(edit, database, certificate(encrypts=False))


@provokes("R-AR-063")
async def weak_key(edit, database):
    return await with_certificate(edit, database, certificate(curve=WEAK_CURVE))


@provokes("R-AR-064")
async def certificate_of_another(edit, database):
    return await with_certificate(edit, database, certificate(synthetic_organisation_number(77)))


@provokes("R-AR-065")
async def nothing_to_end(edit, database):
    return await changed(edit, END_CERTIFICATE, (await office(database)).her_id, usage="SIGNING")
