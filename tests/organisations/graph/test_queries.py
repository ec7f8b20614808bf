"""Organisations and RESH units in the seeded registers."""

import pytest

from tests.support import known

pytestmark = pytest.mark.anyio


async def test_an_organisation_reports_its_place_in_the_register(ask):
    data = await ask(
        """query ($number: OrganisationNumber!) {
          organisation(organisationNumber: $number) {
            organisationNumber kind status checkDigitHolds referenceOnly
            form { value } industryCodes { value } parent { kind subUnits { organisationNumber } }
            communicationParties { herId }
          }
        }""",
        number=known.EXAMPLE_OFFICE_NUMBER,
    )

    organisation = data["organisation"]
    parent = organisation.pop("parent")
    assert organisation == {
        "organisationNumber": known.EXAMPLE_OFFICE_NUMBER,
        "kind": "SUB_UNIT",
        "status": "ACTIVE",
        "checkDigitHolds": True,
        "referenceOnly": False,
        "form": {"value": "BEDR"},
        "industryCodes": [{"value": "86.211"}],
        "communicationParties": [{"herId": known.EXAMPLE_OFFICE}],
    }
    assert parent == {"kind": "MAIN_UNIT", "subUnits": [{"organisationNumber": known.EXAMPLE_OFFICE_NUMBER}]}


FLAGS = """query ($number: OrganisationNumber!) {
  organisation(organisationNumber: $number) { status bankrupt beingWoundUp beingDissolvedByForce }
}"""


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (known.BANKRUPT, ("ACTIVE", True, False, False)),
        (known.BEING_WOUND_UP, ("ACTIVE", False, True, False)),
        (known.BEING_DISSOLVED_BY_FORCE, ("ACTIVE", False, False, True)),
    ],
)
async def test_bankruptcy_and_dissolution_are_reported_apart(ask, number, expected):
    assert tuple((await ask(FLAGS, number=number))["organisation"].values()) == expected


async def test_a_closed_sub_unit_is_returned_and_says_so(ask):
    assert (await ask(FLAGS, number=known.CLOSED))["organisation"]["status"] == "ENDED"


async def test_a_batch_of_organisations_keeps_its_order(ask):
    numbers = [known.CLOSED, "310001007", known.BANKRUPT]
    data = await ask(
        """query ($numbers: [OrganisationNumber!]!) {
          organisations(organisationNumbers: $numbers) { organisationNumber outcome }
        }""",
        numbers=numbers,
    )

    assert data["organisations"] == [
        {"organisationNumber": number, "outcome": outcome}
        for number, outcome in zip(numbers, ["ENDED", "UNKNOWN", "FOUND"], strict=True)
    ]


async def test_a_resh_unit_knows_the_tree_above_and_below(ask):
    data = await ask(
        """query ($id: ReshId!) {
          reshUnit(reshId: $id) {
            parent { reshId parent { reshId } }
            level { display }
            children { reshId parent { reshId } }
            organisation { organisationNumber reshUnits { reshId } }
          }
        }""",
        id=known.RESH_TRUST,
    )

    unit = data["reshUnit"]
    assert unit["parent"] == {"reshId": known.RESH_ROOT, "parent": None}
    assert unit["level"] == {"display": "HF"}
    assert unit["children"]
    assert all(child["parent"] == {"reshId": known.RESH_TRUST} for child in unit["children"])
    assert {"reshId": known.RESH_TRUST} in unit["organisation"]["reshUnits"]


async def test_a_closed_resh_unit_was_open_before(ask):
    status = "query ($id: ReshId!, $asOf: AsOf) { reshUnit(reshId: $id, asOf: $asOf) { status } }"

    assert await ask(status, id=known.CLOSED_RESH_UNIT) == {"reshUnit": {"status": "ENDED"}}
    before = {"validAt": "2024-06-01T00:00:00Z"}
    assert await ask(status, id=known.CLOSED_RESH_UNIT, asOf=before) == {"reshUnit": {"status": "ACTIVE"}}


async def test_organisations_are_found_by_form_municipality_and_industry(ask):
    data = await ask(
        """{ searchOrganisations(filter: { form: "KOMM", municipality: "0301" }) {
          nodes { form { value } municipality { value } } totalCount } }"""
    )

    assert data["searchOrganisations"] == {
        "nodes": [{"form": {"value": "KOMM"}, "municipality": {"value": "0301"}}],
        "totalCount": 1,
    }
