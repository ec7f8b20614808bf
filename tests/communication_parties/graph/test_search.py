"""Searching the seeded registers."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.communication_parties.graph.test_lookup import SOURCE
from tests.conftest import asking
from tests.support import known

pytestmark = pytest.mark.anyio

SEARCH = """query ($filter: CommunicationPartyFilter!, $first: Int! = 200, $after: String) {
  searchCommunicationParties(filter: $filter, first: $first, after: $after) {
    totalCount
    nodes { herId name }
    pageInfo { hasNextPage endCursor }
  }
}"""


async def found(ask, **filter):
    return (await ask(SEARCH, filter=filter))["searchCommunicationParties"]["nodes"]


async def test_a_slip_of_the_pen_and_other_spellings_of_the_letters_find_the_name(ask):
    name = SOURCE[known.EXAMPLE_OFFICE]["name"]  # ØVRE ELVESUSFJORD LEGEKONTOR

    for written in ("ovre elvesusfjord", "OEVRE ELVESUSFJORD", "Øvre Elvessusfjord"):
        assert (await found(ask, name=written))[0]["name"] == name, written


async def test_a_prefix_finds_names_that_begin_with_it_and_no_others(ask):
    nodes = await found(ask, namePrefix="Øvre")

    assert nodes
    assert all(node["name"].lower().startswith("øvre") for node in nodes)


@pytest.mark.parametrize("meta", ["%", "_", "*", "(", '"', "'", "&", "|", "!", "\\"])
async def test_no_character_of_a_search_text_has_a_meaning_of_its_own(ask, meta):
    plain = await found(ask, namePrefix="Øvre elve")

    assert await found(ask, namePrefix=f"Øvre {meta}elve") == plain
    assert await found(ask, namePrefix=f"Øvre elve{meta}") == plain


async def test_services_of_a_municipality_include_those_that_cover_it(ask):
    [covered, *_] = SOURCE[known.INTER_MUNICIPAL_SERVICE]["serviceDetails"]["interMunicipalityCoverageArea"][
        "municipalityHerIds"
    ]
    data = await ask(
        "query ($herId: HerId!) { communicationParty(herId: $herId) { organisation { municipality { value } } } }",
        herId=covered,
    )
    municipality = data["communicationParty"]["organisation"]["municipality"]["value"]

    here = {node["herId"] for node in await found(ask, municipality=municipality, kind="SERVICE")}

    assert known.INTER_MUNICIPAL_SERVICE in here
    own = {her_id for her_id, party in SOURCE.items() if parent_of(party) == covered}
    assert own <= here


async def test_a_service_type_finds_its_services_only(ask):
    nodes = await found(ask, serviceType={"system": "8666", "value": "KX17"})

    assert known.VACANT_LIST_SERVICE in {node["herId"] for node in nodes}
    assert {node["herId"] for node in nodes} == {
        her_id
        for her_id, party in SOURCE.items()
        if (party["serviceDetails"] or {}).get("serviceType", {}).get("value") == "KX17"
    }


async def test_services_and_persons_count_by_their_parents_business_type(ask):
    nodes = await found(ask, businessType="110")

    assert known.MISSING_CERTIFICATE in {node["herId"] for node in nodes}
    assert {8_200_088, 8_200_089} <= {node["herId"] for node in nodes}


@pytest.mark.parametrize(
    ("status", "her_id"),
    [("INACTIVE", known.INACTIVE_GP), ("ENDED", known.ENDED_GP), ("NOT_FOR_MESSAGING", known.NOT_FOR_MESSAGING)],
)
async def test_a_status_finds_the_parties_that_have_it(ask, status, her_id):
    her_ids = {node["herId"] for node in await found(ask, status=status)}

    assert her_id in her_ids
    assert known.EXAMPLE_GP not in her_ids


async def test_all_parties_of_a_professional_are_found(ask):
    nodes = await found(ask, hprNumber=known.DOCTOR_AT_TWO_OFFICES)

    assert tuple(sorted(node["herId"] for node in nodes)) == known.DOCTORS_PARTIES


async def test_names_come_in_norwegian_order(ask):
    names = [node["name"] for node in await found(ask, namePrefix="Ø")]

    assert names == sorted(names, key=lambda name: name.lower().replace("æ", "{").replace("ø", "|"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.integers(1, 200),
    filter=st.sampled_from([{}, {"kind": "PERSON"}, {"name": "legekontor"}, {"status": "ACTIVE"}]),
)
async def test_pages_of_any_size_hold_everything_once_and_in_order(seeded, size, filter):
    ask = asking(seeded)
    whole, after = [], None
    while True:
        page = (await ask(SEARCH, filter=filter, first=size, after=after))["searchCommunicationParties"]
        whole += [node["herId"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert len(whole) == len(set(whole)) == page["totalCount"]


@pytest.mark.parametrize("after", ["x", "bnVsbA", "W10", json.dumps([1, 2]), "WzEsMl0", "é", "A" * 300])
async def test_a_cursor_that_is_none_of_ours_is_refused(ask, after):
    with pytest.raises(AssertionError, match="not a cursor of this list"):
        await ask(SEARCH, filter={}, after=after)


@pytest.mark.parametrize("first", [0, -1, 201])
async def test_a_page_outside_the_limits_is_refused_and_not_clipped(ask, first):
    with pytest.raises(AssertionError, match="lies outside 1 to 200"):
        await ask(SEARCH, filter={}, first=first)


def parent_of(party):
    details = party["serviceDetails"] or party["personDetails"] or {}
    return details.get("parentOrganization", {}).get("herId")
