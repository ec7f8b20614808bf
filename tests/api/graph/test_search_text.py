"""Texts that callers search for: refused alike in every search, before the database is asked."""

import pytest
from graphql import GraphQLInputObjectType, build_schema, get_named_type

from registers.core.caller import Caller, Role
from registers.core.errors import BadInput
from registers.core.text import search_text
from registers.database.database import Database
from registers.schema import sdl
from tests.conftest import asking

pytestmark = pytest.mark.anyio

HALF_A_CHARACTER, CONTROL_CHARACTER = "B\ud83d", "B\x00"


def text_filters() -> list[tuple[str, str, str]]:
    """Every filter field that takes free text: root field, type of its filter, name."""
    query = build_schema(sdl()).query_type
    assert query is not None
    filters = [
        (name, get_named_type(argument.type))
        for name, field in query.fields.items()
        if (argument := field.args.get("filter"))
    ]
    return [
        (root, kind.name, name)
        for root, kind in filters
        if isinstance(kind, GraphQLInputObjectType)
        for name, field in kind.fields.items()
        if get_named_type(field.type).name in ("String", "CodeInput")
    ]


TEXT_FILTERS = text_filters()


def test_every_search_takes_free_text():
    assert {root for root, _, _ in TEXT_FILTERS} == {
        "searchCommunicationParties",
        "searchOrganisations",
        "searchHealthProfessionals",
        "searchGpContracts",
        "accessRecords",
    }


@pytest.mark.parametrize(("root", "kind", "name"), TEXT_FILTERS)
async def test_half_a_character_is_bad_input_in_every_search(database: Database, root, kind, name):
    purpose = ", purpose: AUDIT" if root == "accessRecords" else ""
    ask = asking(database, caller=Caller("auditor-of-the-registers", Role.AUDITOR))
    document = f"query ($filter: {kind}!) {{ {root}(filter: $filter{purpose}) {{ nodes {{ __typename }} }} }}"

    for text in (HALF_A_CHARACTER, CONTROL_CHARACTER):
        value = {"system": "8655", "value": text} if name == "serviceType" else text
        with pytest.raises(AssertionError, match=f"filter.{name}.*: holds a control character.*BAD_USER_INPUT"):
            await ask(document, filter={name: value})


@pytest.mark.parametrize("text", [HALF_A_CHARACTER, CONTROL_CHARACTER, "", "  ", "%", "...", "€ & §", "x" * 201])
def test_what_no_name_can_hold_is_not_searched_for(text):
    with pytest.raises(BadInput, match=r"^filter\.name: "):
        search_text(text, "filter.name")


@pytest.mark.parametrize(("text", "searched_for"), [(None, None), (" Bø ", "Bø"), ("7", "7"), ("(Å)", "(Å)")])
def test_what_holds_a_letter_or_digit_is_searched_for(text, searched_for):
    assert search_text(text, "filter.name") == searched_for
