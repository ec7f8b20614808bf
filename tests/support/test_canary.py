"""The canary itself: it sings when it should, and it has been listening."""

import logging

import pytest
from graphql import GraphQLError

from registers.api.engine import errors
from registers.api.graph import pagination
from tests.support.canary import Canary, decoded, listening, national_ids_in

pytestmark = pytest.mark.anyio
SYNTHETIC = "15835090008"  # Tenor series


@pytest.mark.parametrize("text", [SYNTHETIC, f"patient {SYNTHETIC}.", "158350 90008", f'{{"id": "{SYNTHETIC}"}}'])
def test_a_national_id_is_found_however_it_stands(text):
    assert len(national_ids_in(text)) == 1


@pytest.mark.parametrize("text", ["15835090009", "8200032", "9" * 12, "5B4D3D303C61719E3E6DEFF6AF4A594615B48C04"])
def test_other_numbers_are_left_alone(text):
    assert national_ids_in(text) == []


@pytest.fixture
def planted(canary: Canary):
    """What a test lets out on purpose does not count against the run."""
    before = len(canary.reports)
    yield
    del canary.reports[before:]


@pytest.mark.usefixtures("planted")
def test_it_sings_of_a_national_id_by_every_way_out():
    with listening() as canary:
        logging.getLogger("anything").warning("look-up of %s", SYNTHETIC)
        pagination.cursor_of((SYNTHETIC, 1))
        errors.make_public(GraphQLError("refused", extensions={"code": "FORBIDDEN", "who": SYNTHETIC}))

    assert {report.split(":")[0] for report in canary.reports} == {"log", "cursor", "error", "id"}


def test_an_error_about_a_wrong_argument_does_not_repeat_what_may_be_a_national_id():
    error = GraphQLError(f'Variable "$first" got invalid value {SYNTHETIC}')
    errors.make_public(error)

    assert error.message == 'Variable "$first" got invalid value (eleven digits)'


async def test_it_has_heard_errors_cursors_and_ids_of_real_operations(ask, canary: Canary):
    before = dict(canary.heard)
    await ask("{ searchCommunicationParties(filter: {}, first: 1) { pageInfo { endCursor } nodes { id } } }")
    with pytest.raises(AssertionError):
        await ask('{ node(id: "x") { id } }')

    assert all(canary.heard[chain] > before[chain] for chain in ("cursor", "id", "error"))
    assert decoded(pagination.cursor_of(("a", 1))) == '["a",1]'
