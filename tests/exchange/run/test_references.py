"""Records that point at others, which come before, after, in another file, or never."""

import pytest

from registers.communication_parties.models import CommunicationParty, CoverageArea, ElectronicAddress
from registers.organisations.models import Organisation, OrganisationIndustryCode, ReshUnit
from tests.support.importer import Importer, counts, rules
from tests.support.records_ar import (
    code,
    electronic,
    legacy,
    legacy_organisation,
    legacy_person,
    resh,
    rest,
    unit,
)

pytestmark = pytest.mark.anyio

INHERITED = [electronic("E_EDI", "edi@senter.example.invalid", inherited=True)]
REST_ORGANISATION = rest(
    herId=8100001,
    type="Organization",
    name="EKSEMPEL LEGESENTER AS",
    organizationDetails={"organizationNumber": "310001007", "persons": [], "services": [8100002]},
    serviceDetails=None,
    validFrom="2023-04-03T00:00:00+02:00",
)


async def test_a_parent_that_nobody_has_reported_is_announced_and_not_for_messaging(importer: Importer):
    report = await importer(legacy(ElectronicAddresses=INHERITED))

    assert counts(report) == {"read": 1, "new": 1, "announced": 2}
    assert rules(report) == ["reference-announced", "reference-announced"]
    parent = await importer.row(CommunicationParty, her_id=8100001)
    assert (parent["reference_only"], parent["messaging_valid"]) == (True, False)
    assert (parent["name"], parent["organisation_number"]) == ("EKSEMPEL LEGESENTER AS", "310001007")
    assert parent["business_type"] == "9040/103"
    organisation = await importer.row(Organisation)
    assert (organisation["reference_only"], organisation["name"]) == (True, "EKSEMPEL LEGESENTER AS")


async def test_an_announced_parent_has_what_its_child_inherits_until_it_is_reported_itself(importer: Importer):
    await importer(legacy(ElectronicAddresses=INHERITED))
    assert [row["her_id"] for row in await importer.rows(ElectronicAddress)] == [8100001]

    report = await importer(legacy_organisation(ElectronicAddresses=[electronic("E_EDI", "ny@example.invalid")]))

    assert counts(report) == {"read": 1, "new": 1}
    assert [(row["her_id"], row["address"]) for row in await importer.rows(ElectronicAddress)] == [
        (8100001, "ny@example.invalid")
    ]
    assert not (await importer.row(CommunicationParty, her_id=8100001))["reference_only"]


async def test_a_parent_that_has_been_reported_is_not_changed_by_its_child(importer: Importer):
    report = await importer(
        legacy_organisation(), legacy(ElectronicAddresses=[electronic("E_EDI", "x@example.invalid", inherited=True)])
    )

    assert rules(report) == ["reference-announced", "inherited-differs"]
    assert [(row["her_id"], row["address"]) for row in await importer.rows(ElectronicAddress)] == [
        (8100001, "edi@senter.example.invalid")
    ]


async def test_a_child_of_the_new_interface_inherits_what_its_parent_turns_out_to_have(importer: Importer):
    await importer(rest(phoneNumber="00 00 00 01"))
    assert {row["type"] for row in await importer.rows(ElectronicAddress, her_id=8100002)} == {
        "9044/E_EDI",
        "9044/E_TLF",
    }

    await importer(REST_ORGANISATION)

    assert [row["type"] for row in await importer.rows(ElectronicAddress, her_id=8100002)] == ["9044/E_TLF"]
    assert ("8100002", "CommunicationPartyUpdated") in await importer.actions()


async def test_a_child_of_the_old_interface_keeps_an_own_address_that_equals_its_parents(importer: Importer):
    await importer(legacy())

    await importer(legacy_organisation())

    assert [row["her_id"] for row in await importer.rows(ElectronicAddress)] == [8100001, 8100002]


async def test_a_child_that_keeps_its_value_while_its_parent_changes_has_it_as_its_own(importer: Importer):
    await importer(rest(), REST_ORGANISATION)
    changed = REST_ORGANISATION | {"ediAddress": "ny@example.invalid"}

    report = await importer(rest(), changed, batch_records=1)  # the child is read before its parent changes

    assert counts(report) == {"read": 2, "changed": 2}
    assert [(address, to) for address, _, to in await importer.addresses(8100002, "E_EDI")] == [
        ("edi@senter.example.invalid", None)
    ]
    again = await importer(rest(), changed, batch_records=1)
    assert counts(again) == {"read": 2, "unchanged": 2}


async def test_a_service_above_another_party_is_refused(importer: Importer):
    report = await importer(legacy_organisation(), legacy(), legacy_person(ParentHerId=8100002))

    assert [refusal.rule for refusal in report.refusals] == ["parent-is-no-organisation"]
    assert counts(report)["refused"] == 1


async def test_a_her_id_that_changes_its_kind_is_refused(importer: Importer):
    await importer(legacy())

    report = await importer(legacy_person(HerId=8100002))

    assert [refusal.rule for refusal in report.refusals] == ["kind-differs"]


async def test_covered_municipalities_are_announced(importer: Importer):
    area = {"HerId": 8100050, "Name": "EKSEMPEL KOMMUNE", "OrganizationNumber": 311001000}
    report = await importer(legacy_organisation(), legacy(CoverageAreas=[area]))

    assert report.total("announced") == 3
    assert await importer.rows(CoverageArea) == [{"her_id": 8100002, "covered_her_id": 8100050}]
    assert (await importer.row(CommunicationParty, her_id=8100050))["name"] == "EKSEMPEL KOMMUNE"


async def test_units_above_and_organisations_arrive_in_later_files(importer: Importer):
    child = resh(reshId=4100002, parentReshId=4100001, reshName="Klinikk")
    first = await importer(child)
    second = await importer(unit(overordnetEnhet="310001007"))
    third = await importer(resh())

    assert [counts(each).get("announced", 0) for each in (first, second, third)] == [2, 1, 0]
    assert [(row["resh_id"], row["reference_only"]) for row in await importer.rows(ReshUnit)] == [
        (4100001, False),
        (4100002, False),
    ]
    assert {row["organisation_number"]: row["reference_only"] for row in await importer.rows(Organisation)} == {
        "310001007": True,
        "311001000": False,
    }


async def test_industry_codes_of_a_party_stand_in_until_enhetsregisteret_reports_its_own(importer: Importer):
    await importer(legacy_organisation())
    reported_by_party = await importer.rows(OrganisationIndustryCode)
    await importer(
        unit(organisasjonsnummer="310001007", naeringskode1={"kode": "84.110", "beskrivelse": "Administrasjon"})
    )

    await importer(legacy_organisation(IndustryCodes=[code(0, "86.220", None, "naringskode")]))

    assert [row["code"] for row in reported_by_party] == ["SN2007/86.211"]
    assert [row["code"] for row in await importer.rows(OrganisationIndustryCode)] == ["SN2007/84.110"]
