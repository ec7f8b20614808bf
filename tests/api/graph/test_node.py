"""Ids of objects: one spelling each, so that a cache never holds an object twice."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.api.graph.node import node_id, read_node_id
from registers.core.errors import BadInput
from tests.support import known

pytestmark = pytest.mark.anyio

NODE = "query ($id: ID!) { node(id: $id) { id } }"
NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)
# nothing like a national id: no id is made of one, and Hypothesis takes some from the constants of this project
KEYS = st.text(st.characters(exclude_categories=["Cs", "Nd"]), min_size=1) | st.integers(0, 10**10 - 1).map(str)
ID = node_id("ReshUnit", 100320)  # UmVzaFVuaXQ6MTAwMzIw
SHORT = node_id("ReshUnit", 1003)  # two characters over, the last with bits that decode to nothing


def spelled(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(NAMES, KEYS)
def test_an_id_leads_back_to_its_type_and_key(type_name, key):
    assert read_node_id(node_id(type_name, key)) == (type_name, key)


SECOND_SPELLINGS = [
    pytest.param(SHORT + "=", id="one sign of padding"),
    pytest.param(SHORT + "==", id="padding"),
    pytest.param(SHORT + "====", id="more padding"),
    pytest.param(SHORT[:-1] + chr(ord(SHORT[-1]) + 1), id="trailing bits"),
    pytest.param(ID[:4] + "\n" + ID[4:], id="line break"),
    pytest.param(ID + " ", id="blank"),
    pytest.param(" " + ID, id="blank before"),
    pytest.param(ID[:4] + "!" + ID[4:], id="sign of no alphabet"),
]


@pytest.mark.parametrize("id", SECOND_SPELLINGS)
def test_a_second_spelling_of_an_id_is_refused(id):
    with pytest.raises(BadInput, match=r"^id: not an id of this service$"):
        read_node_id(id)


@given(st.text(st.sampled_from(ID + "=-_+/ \n"), max_size=30))
def test_whatever_is_read_is_the_one_spelling_of_it(text):
    try:
        type_name, key = read_node_id(text)
    except BadInput:
        return

    assert node_id(type_name, key) == text


@pytest.mark.parametrize("text", ["", ":", "ReshUnit", "ReshUnit:", ":1", "Resh1:1", "Resh Unit:1"])
def test_what_names_no_type_and_key_is_refused(text):
    with pytest.raises(BadInput):
        read_node_id(spelled(text))


@pytest.mark.parametrize("id", ["\ud800", "Ø", "=", "A", "/w==", "gICA"])
def test_what_decodes_to_no_text_is_refused(id):
    with pytest.raises(BadInput):
        read_node_id(id)


async def test_a_second_spelling_is_refused_through_the_graph_too(ask):
    id = node_id("ReshUnit", known.RESH_ROOT)
    assert await ask(NODE, id=id) == {"node": {"id": id}}

    with pytest.raises(AssertionError, match="BAD_USER_INPUT"):
        await ask(NODE, id=id + "=")


@pytest.mark.parametrize(
    ("type_name", "key"),
    [("ReshUnit", known.RESH_ROOT), ("CommunicationParty", known.EXAMPLE_GP), ("GpContract", 1)],
)
async def test_a_key_with_leading_zeros_is_no_key_of_ours(ask, type_name, key):
    with pytest.raises(AssertionError, match="BAD_USER_INPUT"):
        await ask(NODE, id=node_id(type_name, f"0{key}"))
