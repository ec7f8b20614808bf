"""Communication parties created, renamed, switched off and ended by an editor."""

from datetime import timedelta

import pytest

from registers.core.database import Database
from tests.communication_parties.edits_parties import (
    VACANT,
    Ground,
    ground,
    her_id_of,
    read,
    service,
)
from tests.conftest import NOW

pytestmark = pytest.mark.anyio

NOW_TEXT, NEXT_YEAR = NOW.isoformat(), (NOW + timedelta(days=365)).isoformat()


@pytest.fixture
async def laid(database: Database) -> Ground:
    return await ground(database)


async def test_a_new_service_is_called_as_its_type_and_gets_the_next_free_her_id(edit, laid: Ground):
    payload = await service(edit, laid.office, VACANT, serviceSpecification=" For alle ", displayName="Ledig liste")

    assert payload["communicationParty"] == await read(edit, her_id_of(payload))
    assert payload["communicationParty"] == {
        "herId": laid.doctor,
        "kind": "SERVICE",
        "name": "Fastlege, liste uten fast lege",
        "displayName": "Ledig liste",
        "status": "ACTIVE",
        "active": True,
        "messagingValid": True,
        "referenceOnly": False,
        "valid": {"from": NOW_TEXT, "to": None},
        "lastEntry": payload["entry"],
        "parent": {"herId": laid.office},
        "organisation": {"organisationNumber": laid.number},
        "businessType": None,
        "municipality": None,
        "serviceType": VACANT,
        "serviceSpecification": "For alle",
        "locationDescription": None,
        "hprNumber": None,
        "title": None,
        "coverageAreas": [],
        "transport": {"own": "INHERITED", "effective": "DISABLED"},
    }
