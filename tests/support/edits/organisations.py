"""Edits of organisations and RESH units as an editor sends them."""

from typing import Any

from tests.conftest import Ask
from tests.support.requests import ANY, mutation
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


EXPECTED = {"expectedEntry": "EntryNumber!"}
DOCUMENTS = {
    field: mutation(field, ORGANISATION, organisationNumber="OrganisationNumber!", **types)
    for field, types in {
        "organisationRegister": {"input": "OrganisationRegisterInput!"},
        "organisationChangeDetails": EXPECTED | {"input": "OrganisationDetailsInput!"},
        "organisationChangeAddresses": EXPECTED | {"input": "OrganisationAddressesInput!"},
        "organisationChangeIndustryCodes": EXPECTED | {"input": "OrganisationIndustryCodesInput!"},
        "organisationMove": EXPECTED | {"parentNumber": "OrganisationNumber"},
        "organisationChangeAdditions": EXPECTED | {"input": "OrganisationAdditionsInput!"},
        "organisationClose": EXPECTED | {"at": "DateTime!"},
        "organisationReopen": EXPECTED,
        "organisationSucceed": EXPECTED | {"input": "OrganisationSucceedInput!"},
        "organisationSuccessionRevoke": EXPECTED,
    }.items()
} | {
    field: mutation(field, RESH, **({"reshId": "ReshId!"} | types))
    for field, types in {
        "reshUnitCreate": {"reshId": "ReshId", "input": "ReshUnitCreateInput!"},
        "reshUnitMove": EXPECTED | {"parentReshId": "ReshId"},
        "reshUnitRename": EXPECTED | {"input": "ReshUnitRenameInput!"},
        "reshUnitChangeDetails": EXPECTED | {"input": "ReshUnitDetailsInput!"},
        "reshUnitClose": EXPECTED | {"at": "DateTime!"},
        "reshUnitReopen": EXPECTED,
        "reshUnitSucceed": EXPECTED | {"input": "ReshUnitSucceedInput!"},
        "reshUnitSuccessionRevoke": EXPECTED,
    }.items()
}


async def changed(edit: Ask, field: str, key: object, **arguments: Any) -> dict[str, Any]:
    """Payload of an edit of an organisation or a RESH unit, which has seen everything unless it says otherwise."""
    name = "organisationNumber" if field.startswith("organisation") else "reshId"
    return (await edit(DOCUMENTS[field], **{name: key, "expectedEntry": ANY} | arguments))[field]


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
