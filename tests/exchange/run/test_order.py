"""The order of records and the size of batches make no difference to what is stored in the end."""

import random
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.importer import Importer
from tests.support.records_ar import electronic, legacy, legacy_organisation, physical, rest

pytestmark = pytest.mark.anyio

BLOCK = 100  # HER-ids of one example
blocks = count(8_200_000, BLOCK)
EFFECTIVE = {"E_EDI": "ediAddress", "E_TLF": "phoneNumber", "E_EPO": "email"}

addresses = st.dictionaries(
    st.sampled_from(sorted(EFFECTIVE)), st.sampled_from(["a@example.invalid", "b@example.invalid"])
)
examples = st.lists(st.tuples(addresses, st.lists(addresses, max_size=3)), min_size=1, max_size=2)


def as_rest(block: int, example: list[Any]) -> list[dict[str, Any]]:
    """Organisations and their services as the new interface reports them: effective values."""
    records = []
    for position, (own, services) in enumerate(example):
        parent = block + 10 * position
        organisation = {"organizationNumber": "310001007"}
        effective = {EFFECTIVE[kind]: address for kind, address in own.items()}
        records.append(
            rest(herId=parent, type="Organization", organizationDetails=organisation, serviceDetails=None)
            | {"ediAddress": None}
            | effective
        )
        for number, other in enumerate(services, start=1):
            effective = {EFFECTIVE[kind]: address for kind, address in {**own, **other}.items()}
            details = rest()["serviceDetails"] | {"parentOrganization": {"herId": parent, "name": "Over"}}
            records.append(rest(herId=parent + number, serviceDetails=details) | {"ediAddress": None} | effective)
    return records


def as_legacy(block: int, example: list[Any]) -> list[dict[str, Any]]:
    """The same as the old interface reports them: each address with whether it is inherited."""
    records = []
    for position, (own, services) in enumerate(example):
        parent = block + 10 * position
        mine = [electronic(kind, address) for kind, address in own.items()]
        records.append(legacy_organisation(HerId=parent, ElectronicAddresses=mine, PhysicalAddresses=[physical("PST")]))
        for number, other in enumerate(services, start=1):
            electronic_addresses = [electronic(kind, address) for kind, address in other.items()]
            electronic_addresses += [
                electronic(kind, each, inherited=True) for kind, each in own.items() if kind not in other
            ]
            records.append(
                legacy(
                    HerId=parent + number,
                    ParentHerId=parent,
                    ElectronicAddresses=electronic_addresses,
                    PhysicalAddresses=[physical("PST", inherited=True)],
                )
            )
    return records


async def stored(importer: Importer, block: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of the parties of a block, their HER-ids counted from 0."""
    counted = {}
    for table, rows in (await importer.state()).items():
        ours = [row for row in rows if block <= row["her_id"] < block + BLOCK]
        counted[table] = [
            {name: value - block if name.endswith("her_id") and value else value for name, value in row.items()}
            for row in ours
        ]
    return counted


@given(example=examples, seed=st.integers(0, 1000), size=st.integers(1, 8), of_old=st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_order_and_any_batches_leave_the_same_as_one_by_one(
    importer: Importer, example: list[Any], seed: int, size: int, of_old: bool
):
    records_of = as_legacy if of_old else as_rest
    first, second = next(blocks), next(blocks)
    await importer(*records_of(first, example), batch_records=1)
    shuffled = records_of(second, example)
    random.Random(seed).shuffle(shuffled)

    await importer(*shuffled, batch_records=size)

    assert await stored(importer, second) == await stored(importer, first)
