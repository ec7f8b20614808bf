"""Searching health professionals."""

from typing import Any

import pytest

from registers.changelog import append
from registers.personnel import models
from tests.support.professionals import add

pytestmark = pytest.mark.anyio

SEARCH = """query ($filter: HealthProfessionalFilter!, $first: Int = 50, $after: String) {
  searchHealthProfessionals(filter: $filter, first: $first, after: $after) {
    totalCount nodes { hprNumber } pageInfo { hasNextPage endCursor }
  }
}"""
PAST = ("2010-01-01", "2020-01-01")
PEOPLE = [
    {"first_name": "Åse", "last_name": "Ødegård", "authorisations": [{"rights": [{}], "specialities": [{}]}]},
    {"first_name": "Øystein", "last_name": "Ærlig", "authorisations": [{"profession": "SP"}]},
    {"first_name": "Kari", "last_name": "Aas", "authorisations": [{"rights": [{"valid": PAST}], "specialities": [{}]}]},
    {"first_name": "Per", "last_name": "Zakariassen", "authorisations": [{"valid": PAST}]},
    {"first_name": "Ola", "last_name": "Berg", "authorisations": [{"ended": "3"}]},
    {"first_name": "Ola", "middle_name": "Ås", "last_name": "Berg", "authorisations": [{"suspensions": [PAST]}]},
]


@pytest.fixture
async def search(database, ask_fully):
    """Searches among PEOPLE, who have HPR numbers 1, 2, 3 …; returns (total, HPR numbers in their order)."""
    numbered = [{"hpr_number": number, **person} for number, person in enumerate(PEOPLE, start=1)]
    await add(database, *numbered, {"hpr_number": 7, "last_name": "Aas", "replaced_by": 3})

    async def search(**filter: Any) -> tuple[int, list[int]]:
        found = (await ask_fully(SEARCH, filter=filter))["searchHealthProfessionals"]
        return found["totalCount"], [node["hprNumber"] for node in found["nodes"]]

    return search


async def test_names_are_found_however_their_letters_are_written_and_in_norwegian_order(search):
    assert await search() == (6, [5, 6, 4, 2, 1, 3])  # Berg, Berg, Zakariassen, Ærlig, Ødegård, Aas
    for name in ("Ødegård", "odegard", "ØDEGAARD", "Oedegaard", "Åse Ødegård", "aase ødegrd"):
        assert (await search(name=name))[1][0] == 1, name
    assert await search(name="Ærlig") == (1, [2])


async def test_a_prefix_begins_the_full_name_or_any_name_in_it(search):
    assert await search(namePrefix="ås") == (3, [6, 1, 3])
    assert await search(namePrefix="Ola Å") == (1, [6])
    assert await search(namePrefix="deg") == (0, [])
    assert await search(namePrefix="%d") == (0, [])


async def test_profession_right_and_speciality_count_while_they_are_in_force(search):
    assert await search(profession="LE") == (3, [6, 1, 3])
    assert await search(profession="SP") == (1, [2])
    assert await search(profession="LE", speciality="1") == (2, [1, 3])
    assert await search(requisitionRight="1") == (1, [1])
    assert await search(hasSpeciality=True) == (2, [1, 3])
    assert await search(hasSpeciality=False, profession="LE") == (1, [6])


async def test_addresses_are_searched_one_at_a_time(database, search):
    async with database.writing() as session:
        await append.append(session, register=append.Register.PERSONNEL, key="1", action="Moved", caller="test")
        session.add_all(
            [
                models.ProfessionalAddress(hpr_number=1, postal_code="0150", municipality="3402/0301"),
                models.ProfessionalAddress(hpr_number=1, postal_code="5003", municipality="3402/4601"),
                models.ProfessionalAddress(hpr_number=2, postal_code="0150"),
            ]
        )

    assert await search(postalCode="0150") == (2, [2, 1])
    assert await search(municipality="4601") == (1, [1])
    assert await search(municipality="4601", postalCode="5003") == (1, [1])
    assert await search(municipality="4601", postalCode="0150") == (0, [])


@pytest.mark.parametrize("filter", [{}, {"name": "berg"}])
async def test_pages_hold_everybody_once_and_in_order(search, ask_fully, filter):
    total, whole = await search(**filter)
    pages: list[int] = []
    after = None
    while True:
        page = (await ask_fully(SEARCH, filter=filter, first=1, after=after))["searchHealthProfessionals"]
        pages += [node["hprNumber"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert pages == whole
    assert total == len(whole)
