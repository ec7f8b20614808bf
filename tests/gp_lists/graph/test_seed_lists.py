"""The GP lists of seed_data give the answers that seed_data/README.md promises, and so do the published operations."""

import json
from pathlib import Path

import pytest

from registers.database.database import Database
from tests.conftest import EDITOR, NOW, asking
from tests.support import known
from tests.support.questions import PATIENT_GP, her_id_of

pytestmark = pytest.mark.anyio

OPERATIONS = sorted((Path(__file__).parents[3] / "graphql" / "operations" / "gp_lists").glob("*.graphql"))
PROMISED = (
    ("GP_OF_THE_LIST", {8200032}),
    ("GP_OF_THE_LIST", {8200054, 8200055}),
    ("GP_OF_THE_LIST", {8200045}),
    ("ONLY_SUBSTITUTE", {8200029}),
    ("VACANT_LIST_SERVICE", {8100171}),
    ("NONE", {None}),
    ("GP_OF_THE_LIST", {8200050}),
    ("NONE", {None}),
    ("GP_OF_THE_LIST", {8200022}),
    ("GP_OF_THE_LIST", {8200068}),
    ("GP_OF_THE_LIST", {8200062}),
    ("GP_OF_THE_LIST", {8200039}),
    ("GP_OF_THE_LIST", {8200019}),
    ("GP_OF_THE_LIST", {8200063}),
)


async def test_the_seeds_patients_are_written_to_as_its_readme_promises(seeded: Database):
    ask = asking(seeded, caller=EDITOR)
    for national_id, (rule, her_ids) in zip(known.PATIENT_OF_EACH_LIST, PROMISED, strict=True):
        found = her_id_of(await ask(PATIENT_GP, nationalId=national_id))

        assert found[0] == rule and found[1] in her_ids, found


def operation(path: Path) -> tuple[str, dict[str, object]]:
    """Document and variables."""
    variables = path.with_suffix(".variables.json").read_text(encoding="utf-8")
    return path.read_text(encoding="utf-8"), json.loads(variables)


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: path.stem)
async def test_every_published_operation_finds_something_with_its_variables(seeded: Database, path: Path):
    document, variables = operation(path)

    data = await asking(seeded, caller=EDITOR, now=NOW)(document, **variables)

    answer = json.dumps(data)
    assert any(sign in answer for sign in ('"FOUND"', '"contractId"')) and '"totalCount": 0' not in answer
