"""The order of records and the size of batches make no difference to what is held afterwards."""

import random
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.importer import Importer
from tests.support.records_ar import electronic, legacy, legacy_organisation, physical, rest

pytestmark = pytest.mark.anyio

BLOCK = 100  # HER-ids of one house of parties
blocks = count(8_200_000, BLOCK)
EFFECTIVE = {"E_EDI": "ediAddress", "E_TLF": "phoneNumber", "E_EPO": "email"}

addresses = st.dictionaries(
    st.sampled_from(sorted(EFFECTIVE)), st.sampled_from(["a@example.invalid", "b@example.invalid"])
)
houses = st.lists(st.tuples(addresses, st.lists(addresses, max_size=3)), min_size=1, max_size=2)


def as_rest(block: int, house: list[Any]) -> list[dict[str, Any]]:
    """Organisations and their services as the new interface tells them: effective values."""
    records = []
    for position, (own, services) in enumerate(house):
        parent = block + 10 * position
        organisation = {"organizationNumber": "310001007"}
        reported = {EFFECTIVE[kind]: address for kind, address in own.items()}
        records.append(
            rest(herId=parent, type="Organization", organizationDetails=organisation, serviceDetails=None)
            | {"ediAddress": None}
            | reported
        )
        for number, other in enumerate(services, start=1):
            reported = {EFFECTIVE[kind]: address for kind, address in {**own, **other}.items()}
            details = rest()["serviceDetails"] | {"parentOrganization": {"herId": parent, "name": "Over"}}
            records.append(rest(herId=parent + number, serviceDetails=details) | {"ediAddress": None} | reported)
    return records


def as_legacy(block: int, house: list[Any]) -> list[dict[str, Any]]:
    """The same as the old interface tells them: each address with whose it is."""
    records = []
    for position, (own, services) in enumerate(house):
        parent = block + 10 * position
        mine = [electronic(kind, address) for kind, address in own.items()]
        records.append(legacy_organisation(HerId=parent, ElectronicAddresses=mine, PhysicalAddresses=[physical("PST")]))
        for number, other in enumerate(services, start=1):
            reported = [electronic(kind, address) for kind, address in other.items()]
            reported += [electronic(kind, each, inherited=True) for kind, each in own.items() if kind not in other]
            position_reported = [physical("PST", inherited=True)]
            records.append(
                legacy(
                    HerId=parent + number,
                    ParentHerId=parent,
                    ElectronicAddresses=reported,
                    PhysicalAddresses=position_reported,
                )
            )
    return records


async def stored(importer: Importer, block: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of a house, its HER-ids counted from nought."""
    counted = {}
    for table, rows in (await importer.state()).items():
        ours = [row for row in rows if block <= row["her_id"] < block + BLOCK]
        counted[table] = [
            {name: value - block if name.endswith("her_id") and value else value for name, value in row.items()}
            for row in ours
        ]
    return counted


@given(house=houses, seed=st.integers(0, 1000), size=st.integers(1, 8), of_old=st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_and_any_batches_leave_the_same_as_one_by_one(
    importer: Importer, house: list[Any], seed: int, size: int, of_old: bool
):
    reported = as_legacy if of_old else as_rest
    first, second = next(blocks), next(blocks)
    await importer(*reported(first, house), batch_records=1)
    shuffled = reported(second, house)
    random.Random(seed).shuffle(shuffled)

    await importer(*shuffled, batch_records=size)

    assert await stored(importer, second) == await stored(importer, first)
