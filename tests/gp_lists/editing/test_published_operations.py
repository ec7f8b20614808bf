"""The published edits of patients work as they stand, on the seeded registers."""

import json

import pytest

from tests.conftest import EDITOR, asking
from tests.contract.test_schema import CONTRACT

pytestmark = pytest.mark.anyio

NAMES = ("AssignPatient", "MovePatients", "EndPatient", "ChangeNationalId")


@pytest.mark.parametrize("name", NAMES)
async def test_a_published_edit_of_patients_shows_what_it_would_do(seeded, name):
    file = CONTRACT / "operations" / "editing" / f"{name}.graphql"
    variables = json.loads(file.with_suffix(".variables.json").read_text(encoding="utf-8"))

    [payload] = (await asking(seeded, caller=EDITOR)(file.read_text(encoding="utf-8"), **variables)).values()

    assert payload["userErrors"] == []
    assert payload["impact"]["entries"] != []
