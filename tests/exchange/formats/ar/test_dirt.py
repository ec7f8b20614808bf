"""What real files are dirty with, and what becomes of it. One test for each kind that was seen."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.communication_parties.intake.snapshot import CoveredMunicipality
from registers.communication_parties.models import PartyKind
from registers.core.identifiers import HerId, OrganisationNumber
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support.files import DATA, as_xml, broken, flags, one, read_back, records_of, refused
from tests.support.records_ar import (
    code,
    electronic,
    legacy,
    legacy_organisation,
    legacy_person,
    physical,
    rest,
    unit,
)


@pytest.mark.parametrize("value", ["301", "0301", 301, " 0301 "])
@pytest.mark.parametrize("group", ["kommune", "kommunenummer", None])
def test_a_municipality_is_four_digits_of_3402_whatever_its_group_is_called(tmp_path: Path, value: Any, group: Any):
    party = one(tmp_path, legacy(Municipality=code("3402", value, "OSLO", group)))

    assert party.municipality == CodeValue("3402", "0301", "OSLO")
    assert not party.flags and not party.refused


def test_whitespace_around_values_is_nothing(tmp_path: Path):
    spacious = as_xml(
        legacy(
            Name="\n  Allmennlege ",
            HerId=" 8100002\n",
            Code=code(" 8666 ", "\n  05\n", "  Allmennlege\t"),
            ElectronicAddresses=[electronic("E_EDI", "\n    edi@senter.example.invalid\n  ")],
        ),
        "Service",
    )
    party = one(tmp_path, spacious)

    assert (party.name, party.her_id) == ("Allmennlege", 8100002)
    assert party.service_type == CodeValue("8666", "05", "Allmennlege")
    assert party.electronic_addresses[0].address == "edi@senter.example.invalid"


@pytest.mark.parametrize(
    ("i_type", "kind"),
    [("OrganizationPerson", PartyKind.SERVICE), ("Service", PartyKind.SERVICE), ("Unheard", PartyKind.SERVICE)],
)
def test_type_is_trusted_over_i_type(tmp_path: Path, i_type: str, kind: PartyKind):
    party = one(tmp_path, as_xml(legacy(), "CommunicationParty", kind=i_type))

    assert party.kind is kind
    assert flags(party) == (["type-disagrees"] if i_type == "OrganizationPerson" else [])


@pytest.mark.parametrize(
    ("stated", "kind", "flagged"),
    [
        (1, PartyKind.PERSON, []),
        ("4", PartyKind.SERVICE, []),
        (2, PartyKind.ORGANISATION, ["organisation-has-parent"]),
        (8, PartyKind.ORGANISATION, ["department", "organisation-has-parent"]),
        ("Department", PartyKind.ORGANISATION, ["department", "organisation-has-parent"]),
        ("person", PartyKind.PERSON, []),
        ("Person, Service", PartyKind.PERSON, ["type-combined"]),
        (5, PartyKind.PERSON, ["type-combined"]),
    ],
)
def test_type_may_be_a_name_a_flag_or_several(tmp_path: Path, stated: Any, kind: PartyKind, flagged: list[str]):
    party = one(tmp_path, legacy(Type=stated))

    assert (party.kind, flags(party)) == (kind, flagged)


def test_of_several_types_the_one_of_i_type_is_meant(tmp_path: Path):
    party = one(tmp_path, as_xml(legacy(Type="Person Service"), "CommunicationParty", kind="Service"))

    assert (party.kind, flags(party)) == (PartyKind.SERVICE, ["type-combined"])


@pytest.mark.parametrize("stated", [None, 0, "None", "Robot", 16])
def test_a_party_of_no_type_is_broken(tmp_path: Path, stated: Any):
    assert broken(tmp_path, legacy(Type=stated)).rule == "type-missing"


@pytest.mark.parametrize("text", ["Oslo", "OSLO", None])
def test_code_texts_may_drift(tmp_path: Path, text: str | None):
    party = one(tmp_path, legacy(Municipality=code(3402, "0301", text)))

    assert party.municipality == CodeValue("3402", "0301", text)


@pytest.mark.parametrize("value", ["05", "8", "KX17", "5"])
def test_zeros_of_a_code_are_kept_as_they_are(tmp_path: Path, value: str):
    assert one(tmp_path, legacy(Code=code(8666, value))).service_type == CodeValue("8666", value)


@pytest.mark.parametrize(("display", "expected"), [(None, None), ("", None), ("Allmennlege", "Allmennlege")])
def test_a_display_name_may_be_missing_or_equal_to_the_name(tmp_path: Path, display: Any, expected: Any):
    for body in (legacy(DisplayName=display), rest(displayName=display)):
        party = one(tmp_path, body)
        assert (party.name, party.display_name, party.flags) == ("Allmennlege", expected, [])


@pytest.mark.parametrize(
    ("display", "service", "expected"),
    [("Eksempel", "Allmennlege", "Eksempel"), (None, "Allmennlege", "Allmennlege"), (None, None, "HER-id 8100002")],
)
def test_a_missing_name_falls_back_with_a_flag(tmp_path: Path, display: Any, service: Any, expected: str):
    party = one(tmp_path, legacy(Name=" ", DisplayName=display, Code=code(8666, "05", service)))

    assert (party.name, flags(party)) == (expected, ["name-missing"])


def test_minus_one_is_no_parent(tmp_path: Path):
    party = one(tmp_path, legacy_organisation(ParentHerId=-1, ParentOrganizationNumber=-1))

    assert party.parent is None
    assert not party.flags and not party.refused


def test_an_organisation_that_names_a_parent_is_kept_at_the_top(tmp_path: Path):
    party = one(tmp_path, legacy_organisation(ParentHerId=8100009))

    assert party.parent is None
    assert flags(party) == ["organisation-has-parent"]


@pytest.mark.parametrize("none", [-1, 0, None, "x"])
def test_a_service_or_person_without_parent_is_broken(tmp_path: Path, none: Any):
    for body in (legacy(ParentHerId=none), legacy_person(ParentHerId=none)):
        assert broken(tmp_path, body).rule == "parent-missing"
    assert broken(tmp_path, rest(serviceDetails={})).rule == "parent-missing"


def test_an_organisation_number_failing_modulus_11_is_kept_with_a_flag(tmp_path: Path):
    party = one(tmp_path, legacy_organisation(OrganizationNumber=999988891))
    child = one(tmp_path, legacy(ParentOrganizationNumber=999988891))
    organisation = one(tmp_path, unit(organisasjonsnummer="999988891"))

    assert (party.organisation_number, party.check_digit_holds) == ("999988891", False)
    assert (child.parent.organisation_number, child.parent.check_digit_holds) == ("999988891", False)
    assert (organisation.organisation_number, organisation.check_digit_holds) == ("999988891", False)
    for record in (party, child, organisation):
        assert "check-digit" in flags(record)


def test_nothing_of_a_person_but_number_and_title_is_read(tmp_path: Path):
    person = one(tmp_path, legacy_person(Title=" Kommuneoverlege "))

    assert (person.hpr_number, person.title, person.flags) == (900000011, "Kommuneoverlege", [])
    assert "15818291261" not in repr(person)


@pytest.mark.parametrize(
    "hpr", [{"HPRNo": "900000011"}, {"HPRNumber": "900000011"}, {"HPRNumber": 0, "HPRNo": "900000011"}]
)
def test_the_hpr_number_has_two_names(tmp_path: Path, hpr: dict[str, Any]):
    assert one(tmp_path, legacy_person(Person={"HPRInformation": hpr})).hpr_number == 900000011


def test_a_national_id_in_a_wrong_field_is_repeated_nowhere(tmp_path: Path):
    body = legacy_person(
        Person={"HPRInformation": {"HPRNumber": "15818291261"}},
        ParentOrganizationNumber="15818291261",
        Municipality=code(3402, "15818291261"),
        PhysicalAddresses=[physical("PST", PostalCode="15818291261")],
    )
    person = one(tmp_path, body)

    assert sorted(refused(person)) == ["hpr-number", "municipality", "organisation-number", "postal-code"]
    assert "15818291261" not in repr((person.flags, person.refused))


@pytest.mark.parametrize("her_id", [None, -1, 0, "", "x", 2**31, [], True])
def test_a_party_without_her_id_is_broken_and_the_others_read(tmp_path: Path, her_id: Any):
    first, second = read_back(tmp_path, [legacy(HerId=her_id), legacy()])

    assert (first.rule, second.her_id) == ("her-id", 8100002)


@pytest.mark.parametrize("system", [9044, "9044", "2.16.578.1.12.4.1.1.9044", None, 0])
def test_the_system_of_a_code_may_be_a_number_a_text_a_whole_oid_or_missing(tmp_path: Path, system: Any):
    address = electronic("E_EDI", "a@example.invalid", Type=code(system, "E_EDI"))

    assert one(tmp_path, legacy(ElectronicAddresses=[address])).electronic_addresses[0].type.key == "9044/E_EDI"


def test_a_code_of_another_system_is_refused(tmp_path: Path):
    party = one(tmp_path, legacy_organisation(BusinessType=code(8666, "103")))

    assert party.business_type is None
    assert refused(party) == ["code-of-other-system"]


def test_a_property_whose_code_names_no_system_is_refused_whatever_its_group(tmp_path: Path):
    party = one(tmp_path, legacy(Properties=[code(0, "1", "x", "kommune"), code(8451, "2"), code(8451, "2")]))

    assert party.properties == [CodeValue("8451", "2")]
    assert refused(party) == ["code-without-system"]


def test_letters_the_database_cannot_hold_are_shown_as_such(tmp_path: Path):
    assert one(tmp_path, legacy(Name="Allmenn\x00lege")).name == "Allmenn\ufffdlege"


def test_an_answer_of_soap_1_1_in_any_order_with_any_prefix_is_read(tmp_path: Path):
    organisation, service = records_of(DATA / "ar-soap11-organisation.xml")

    assert organisation.position == "ar-soap11-organisation.xml"
    assert (organisation.her_id, organisation.name) == (8100011, "BLÅBÆRLIA HELSE OG OMSORG")
    assert organisation.municipality == CodeValue("3402", "0301", "Oslo")
    assert (organisation.valid_from, organisation.valid_to) == (datetime(1899, 12, 30, 23, tzinfo=UTC), None)
    assert [each.address for each in organisation.electronic_addresses] == ["edi@omsorg.example.invalid"]
    assert organisation.electronic_types is None
    assert organisation.physical_types == frozenset()  # the answer has no such element
    assert organisation.messaging_valid is organisation.display_name is organisation.properties is NOT_REPORTED
    assert service.position == "ar-soap11-organisation.xml/Services[0]"
    assert (service.her_id, service.kind, service.active) == (8100012, PartyKind.SERVICE, False)
    assert service.service_type == CodeValue("8663", "KP01", "Legetjeneste ved sykehjem")
    assert service.coverage == [
        CoveredMunicipality(HerId(8100001), "EKSEMPEL KOMMUNE", OrganisationNumber("311001000"))
    ]
    assert (service.valid_from, service.valid_to) == (
        datetime(1998, 12, 31, 23, tzinfo=UTC),
        datetime(2019, 6, 29, 22, tzinfo=UTC),
    )
    assert flags(service) == ["type-disagrees"]
