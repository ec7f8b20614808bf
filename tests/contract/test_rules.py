"""Every published rule can be broken through GraphQL, is named by its number, and then nothing changes."""

import re

import pytest

from registers.changelog import repository
from registers.changelog.append import Register
from registers.database.database import Database
from registers.published_rules import RULES, with_table
from tests.code_systems.editing import refusals as of_code_systems
from tests.communication_parties.editing import refusals as of_parties
from tests.communication_parties.editing import refusals_contact as of_contact
from tests.contract.test_schema import CONTRACT
from tests.editing import refusals as of_every_edit
from tests.gp_lists.editing import refusals as of_gp_lists
from tests.gp_lists.editing import refusals_patients as of_patients
from tests.organisations.editing import refusals as of_organisations
from tests.personnel.editing import refusals as of_personnel
from tests.support.provoking import PROVOKED

pytestmark = pytest.mark.anyio

ALL = [rule for rules in RULES.values() for rule in rules]
LISTED_IN = (
    of_every_edit,
    of_code_systems,
    of_parties,
    of_contact,
    of_gp_lists,
    of_patients,
    of_personnel,
    of_organisations,
)


async def newest(database: Database) -> int:
    async with database.reading() as session:
        return await repository.newest_number(session)


def test_every_rule_has_a_request_that_provokes_it_and_a_number_of_its_own():
    assert sorted(PROVOKED) == sorted(rule.number for rule in ALL)


def test_every_number_reports_the_area_and_every_text_is_in_both_languages():
    assert [rule.number for rule in ALL if not re.fullmatch(r"R-[A-Z]+-\d{3}", rule.number)] == []
    assert [rule.number for rule in ALL if ("{value}" in rule.en) != ("{value}" in rule.nb)] == []


@pytest.mark.parametrize("number", sorted(PROVOKED))
async def test_the_rule_is_named_with_its_texts_and_nothing_changes(edit, database: Database, number):
    [rule] = [rule for rule in ALL if rule.number == number]
    before = -1

    async def asked(document, **variables):
        nonlocal before
        before = await newest(database)  # what the request needs may have been made by others before it
        return await edit(document, **variables)

    payload = await PROVOKED[number](asked, database)

    [error] = [error for error in payload["userErrors"] if error["rule"] == number]
    assert error["code"] == rule.code
    assert error["message"] == rule.en.replace("{value}", error["value"] or "")
    assert payload["entry"] is None
    assert await newest(database) == before


async def test_the_rules_are_published_in_the_schema(ask):
    data = await ask("{ rules { number } of_lists: rules(register: GP_LISTS) { number } }")

    assert [rule["number"] for rule in data["rules"]] == [rule.number for rule in ALL]
    of_lists = (*RULES[None], *RULES[Register.GP_LISTS])
    assert data["of_lists"] == [{"number": rule.number} for rule in of_lists]


def test_the_readme_shows_the_rules_that_hold():
    readme = (CONTRACT / "README.md").read_text(encoding="utf-8")

    assert readme == with_table(readme)
