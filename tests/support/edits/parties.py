"""Edits of communication parties themselves, as an editor sends them."""

from typing import Any, NamedTuple

from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.database.database import Database
from tests.conftest import Ask
from tests.support.requests import ANY, Payload, Request, request
from tests.support.scenario import Scenario

PARTY = """communicationParty {
  herId kind name displayName status active messagingValid referenceOnly valid { from to } lastEntry
  parent { herId } organisation { organisationNumber } businessType { value } municipality { value }
  serviceType { system value } serviceSpecification locationDescription hprNumber title
  coverageAreas { herId } properties { system value } transport { own effective }
}"""
READ = f"query ($herId: HerId!) {{ {PARTY.replace('communicationParty', 'communicationParty(herId: $herId)', 1)} }}"
VACANT = {"system": "8666", "value": "KX17"}
GENERAL = {"system": "8666", "value": "05"}

create_organisation = request(
    "communicationPartyCreateOrganisation", PARTY, herId="HerId", input="OrganisationPartyInput!"
)
create_service = request("communicationPartyCreateService", PARTY, herId="HerId", input="ServicePartyInput!")
create_person = request("communicationPartyCreatePerson", PARTY, herId="HerId", input="PersonPartyInput!")


def of_party(field: str, **types: str) -> Request:
    """A change of a party: `send(edit, her_id, expected_entry, …)`."""
    request_ = request(field, PARTY, herId="HerId!", expectedEntry="EntryNumber!", **types)

    async def send(edit: Ask, her_id: int, expected_entry: int = ANY, **variables: Any) -> Payload:
        return await request_(edit, herId=her_id, expectedEntry=expected_entry, **variables)

    return send


change_names = of_party("communicationPartyChangeNames", input="PartyNamesInput!")
change_service_type = of_party("communicationPartyChangeServiceType", input="ServiceTypeInput!")
change_coverage = of_party("communicationPartyChangeCoverageAreas", coverageAreas="[HerId!]!")
change_details = of_party("communicationPartyChangeDetails", input="PartyDetailsInput!")
change_properties = of_party("communicationPartyChangeProperties", properties="[CodeInput!]!")
deactivate = of_party("communicationPartyDeactivate")
reactivate = of_party("communicationPartyReactivate")
end = of_party("communicationPartyEnd", at="DateTime")
reopen = of_party("communicationPartyReopen")


class Given(NamedTuple):
    """Two offices with their organisation parties, a doctor, and an organisation without a party."""

    number: OrganisationNumber
    office: HerId
    other_office: HerId
    doctor: HprNumber


async def given_records(database: Database) -> Given:
    scenario = Scenario(start=301)
    first, second = scenario.office(name="Kontoret"), scenario.office()
    given = Given(first.number, first.her_id, second.her_id, scenario.doctor())
    await scenario.write(database)
    return given


async def read(ask: Ask, her_id: int) -> dict[str, Any]:
    return (await ask(READ, herId=her_id))["communicationParty"]


async def service(edit: Ask, parent: int, type_: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Payload of creating a service below the party."""
    return await create_service(edit, input={"parentHerId": parent, "serviceType": type_ or GENERAL, **more})


async def person(edit: Ask, parent: int, hpr_number: int, **more: Any) -> dict[str, Any]:
    return await create_person(edit, input={"parentHerId": parent, "hprNumber": hpr_number, **more})


def her_id_of(payload: dict[str, Any]) -> int:
    assert payload["userErrors"] == []
    return payload["communicationParty"]["herId"]
