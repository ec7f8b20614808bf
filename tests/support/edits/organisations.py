"""Edits of organisations and RESH units as an editor writes them."""

from typing import Any

from tests.conftest import Ask
from tests.support.provoking import ERRORS
from tests.support.scenario import synthetic_organisation_number

NUMBERS = [synthetic_organisation_number(number) for number in range(500, 520)]
MAIN, OTHER_MAIN, SUB, OTHER_SUB, *FREE = NUMBERS
START, END = "2020-01-01T00:00:00+00:00", "2026-12-31T00:00:00+00:00"

ORGANISATION = """organisation {
  organisationNumber kind name displayName status lastEntry checkDigitHolds referenceOnly employees homepage bankrupt
  openingHoursText valid { from to } parent { organisationNumber } form { value } municipality { value }
  industryCodes { value } addresses { kind lines postalCode city municipality { value } country { value } }
  openingHours { opensAt closesAt } properties { system value }
}"""
RESH = """reshUnit {
  reshId name shortName status lastEntry treatmentFacility referenceOnly valid { from to }
  parent { reshId } designation { value } level { value } organisation { organisationNumber }
}"""


def _mutation(field: str, record: str, key: str, type_: str, *arguments: str) -> str:
    """The document of an edit. Arguments as `name: Type`, those of the record's key and its entry first."""
    given = [each.partition(": ")[::2] for each in arguments]
    declared = "".join(f", ${name}: {type_}" for name, type_ in given)
    passed = "".join(f", {name}: ${name}" for name, _ in given)
    return (
        f"mutation (${key}: {type_}{declared}, $dryRun: Boolean = false) "
        f"{{ {field}({key}: ${key}{passed}, dryRun: $dryRun) {{ {record} entry {ERRORS} }} }}"
    )


EXPECTED = "expectedEntry: EntryNumber!"
DOCUMENTS = {
    name: _mutation(name, ORGANISATION, "organisationNumber", "OrganisationNumber!", *arguments)
    for name, arguments in {
        "organisationRegister": ("input: OrganisationRegisterInput!",),
        "organisationChangeDetails": (EXPECTED, "input: OrganisationDetailsInput!"),
        "organisationChangeAddresses": (EXPECTED, "input: OrganisationAddressesInput!"),
        "organisationChangeIndustryCodes": (EXPECTED, "input: OrganisationIndustryCodesInput!"),
        "organisationMove": (EXPECTED, "parentNumber: OrganisationNumber"),
        "organisationChangeAdditions": (EXPECTED, "input: OrganisationAdditionsInput!"),
        "organisationClose": (EXPECTED, "at: DateTime!"),
        "organisationReopen": (EXPECTED,),
        "organisationSucceed": (EXPECTED, "input: OrganisationSucceedInput!"),
        "organisationSuccessionRevoke": (EXPECTED,),
    }.items()
} | {
    name: _mutation(name, RESH, "reshId", type_, *arguments)
    for name, type_, arguments in (
        ("reshUnitCreate", "ReshId", ("input: ReshUnitCreateInput!",)),
        ("reshUnitMove", "ReshId!", (EXPECTED, "parentReshId: ReshId")),
        ("reshUnitRename", "ReshId!", (EXPECTED, "input: ReshUnitRenameInput!")),
        ("reshUnitChangeDetails", "ReshId!", (EXPECTED, "input: ReshUnitDetailsInput!")),
        ("reshUnitClose", "ReshId!", (EXPECTED, "at: DateTime!")),
        ("reshUnitReopen", "ReshId!", (EXPECTED,)),
        ("reshUnitSucceed", "ReshId!", (EXPECTED, "input: ReshUnitSucceedInput!")),
        ("reshUnitSuccessionRevoke", "ReshId!", (EXPECTED,)),
    )
}
NOBODY_KNOWS = 2**40
"""As `expectedEntry`: nothing is newer, so that no edit is stale."""


async def changed(edit: Ask, field: str, key: object, **arguments: Any) -> dict[str, Any]:
    """Payload of an edit of an organisation or a RESH unit, which has seen everything unless it says otherwise."""
    name = "organisationNumber" if field.startswith("organisation") else "reshId"
    return (await edit(DOCUMENTS[field], **{name: key, "expectedEntry": NOBODY_KNOWS} | arguments))[field]


async def registered(
    edit: Ask, number: str = MAIN, *, name: str = "Eksempel", parent: str | None = None, **more: Any
) -> dict[str, Any]:
    """Payload of registering an organisation: a sub-unit when it has a parent."""
    asked = {"kind": "SUB_UNIT" if parent else "MAIN_UNIT", "validFrom": START, "parentNumber": parent}
    asked |= {"details": {"name": name}} | more
    return await changed(edit, "organisationRegister", number, input=asked)


async def created(edit: Ask, resh_id: int | None = None, *, parent: int | None = None, **more: Any) -> dict[str, Any]:
    """Payload of creating a RESH unit."""
    asked = {"name": "Klinikk", "validFrom": START, "parentReshId": parent, "details": {}} | more
    return await changed(edit, "reshUnitCreate", resh_id, input=asked)


def succession(*successors: object, kind: str = "MERGED", since: str = "2026-01-01T00:00:00+00:00") -> dict[str, Any]:
    return {"successors": list(successors), "kind": kind, "validFrom": since}


def broken(payload: dict[str, Any]) -> list[tuple[str, list[str], str | None]]:
    """(rule, path, value) of each refusal."""
    return [(error["rule"], error["path"], error["value"]) for error in payload["userErrors"]]
