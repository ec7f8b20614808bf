"""What each interface of Adresseregisteret says of a party, and what it leaves unsaid."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.communication_parties.intake.snapshot import CoveredMunicipality, ElectronicAddressSnapshot
from registers.communication_parties.models import PartyKind, TransportStatus
from registers.core.identifiers import HerId, OrganisationNumber
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support.files import as_xml, broken, flags, one, read_back, refused
from tests.support.records_ar import (
    code,
    electronic,
    legacy,
    legacy_organisation,
    legacy_person,
    physical,
    rest,
)

ALL_ADDRESSES = {
    "ediAddress": "E_EDI",
    "fhirAddress": "E_FHIR",
    "email": "E_EPO",
    "phoneNumber": "E_TLF",
    "faxNumber": "E_FAX",
    "homepageUrl": "E_URL",
}
ALL_QUEUES = {
    "amqpSyncQueue": "E_SB_SYNC",
    "amqpSyncReplyQueue": "E_SB_SYNCREPLY",
    "amqpAsyncQueue": "E_SB_ASYNC",
    "amqpErrorQueue": "E_SB_ERROR",
}


def rest_organisation(**changes: Any) -> dict[str, Any]:
    details = {"organizationNumber": "310001007", "businessType": {"codeListId": 9040, "value": "103"}}
    return rest(type="Organization", serviceDetails=None, organizationDetails=details, **changes)


@pytest.mark.parametrize(
    ("status", "transport", "queue_inherited"),
    [
        ("Inherited", TransportStatus.INHERITED, True),
        ("Enabled", TransportStatus.ENABLED, False),
        ("Disabled", TransportStatus.DISABLED, False),
        (None, NOT_REPORTED, None),
    ],
)
def test_every_address_of_the_new_interface_has_its_type(
    tmp_path: Path, status: Any, transport: Any, queue_inherited: bool | None
):
    body = rest(amqpTransportStatus=status, amqpAddress={key: f"q/{key}" for key in ALL_QUEUES})
    party = one(tmp_path, body | {key: f"a/{key}" for key in ALL_ADDRESSES})

    reported = {each.type.key: (each.address, each.inherited) for each in party.electronic_addresses}
    assert reported == {f"9044/{value}": (f"a/{key}", None) for key, value in ALL_ADDRESSES.items()} | {
        f"9044/{value}": (f"q/{key}", queue_inherited) for key, value in ALL_QUEUES.items()
    }
    assert party.electronic_types == frozenset(reported)
    assert party.transport is transport


def test_nothing_of_an_organisation_is_inherited(tmp_path: Path):
    postal = {"address": "Eksempelveien 1", "postalBox": "Postboks 2", "postalCode": "0110", "city": "OSLO"}
    party = one(tmp_path, rest_organisation(postalAddress=postal))

    assert party.kind is PartyKind.ORGANISATION
    assert {each.inherited for each in party.electronic_addresses} == {False}
    (address,) = party.physical_addresses
    assert (address.type.key, address.inherited, address.street, address.postbox) == (
        *("3401/PST", False, "Eksempelveien 1", "Postboks 2"),
    )


@pytest.mark.parametrize("nothing", [None, {}, {"address": None, "postalBox": " ", "postalCode": None, "city": ""}])
def test_an_address_that_says_nothing_is_none(tmp_path: Path, nothing: Any):
    party = one(tmp_path, rest(postalAddress=nothing, amqpAddress=None, ediAddress=None))

    assert party.physical_addresses == party.electronic_addresses == []
    assert party.physical_types == {"3401/PST"}


def test_the_municipalities_a_service_covers_are_named_by_her_id(tmp_path: Path):
    details = rest()["serviceDetails"] | {
        "serviceSpecification": " Dialyse ",
        "interMunicipalityCoverageArea": {"municipalityHerIds": [8100001, 8100004, 8100001, -1, None]},
    }
    party = one(tmp_path, rest(serviceDetails=details))

    assert party.service_specification == "Dialyse"
    assert party.coverage == [CoveredMunicipality(HerId(8100001)), CoveredMunicipality(HerId(8100004))]
    assert refused(party) == ["her-id", "her-id"]


def test_a_certificate_reference_that_names_none_is_refused(tmp_path: Path):
    good = {"thumbprint": "ab" * 20, "validFrom": "2026-01-01T00:00:00Z", "validTo": "2029-01-01T00:00:00Z"}
    party = one(
        tmp_path,
        rest(currentSigningCertificate=good, currentEncryptionCertificate=good | {"thumbprint": "abc"}),
    )
    backward = one(tmp_path, rest(currentSigningCertificate=good | {"validTo": "2025-01-01T00:00:00Z"}))

    assert [each.thumbprint for each in party.certificates] == ["AB" * 20]
    assert refused(party) == ["thumbprint"]
    assert (backward.certificates, refused(backward)) == ([], ["certificate-period"])


def test_without_its_type_a_party_of_the_new_interface_is_what_its_details_are(tmp_path: Path):
    assert one(tmp_path, rest(type=None)).kind is PartyKind.SERVICE
    assert broken(tmp_path, rest(type=None, serviceDetails=None)).rule == "type-missing"


def test_an_unknown_status_of_transport_is_refused(tmp_path: Path):
    party = one(tmp_path, rest(amqpTransportStatus="Perhaps"))

    assert party.transport is NOT_REPORTED
    assert refused(party) == ["transport"]


PARTY_FROM = datetime(2023, 4, 3, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inherited", "last_changed", "expected"),
    [
        (False, "2024-06-13T09:29:56.11", datetime(2024, 6, 13, 7, 29, 56, 110000, tzinfo=UTC)),
        (False, "2020-01-01T00:00:00", None),
        (False, "2023-04-04T00:00:00", None),
        (False, None, None),
        (True, "2024-06-13T09:29:56.11", None),
        (None, "2024-06-13T09:29:56.11", None),
    ],
)
def test_an_own_address_holds_from_its_last_change(tmp_path: Path, inherited: Any, last_changed: Any, expected: Any):
    body = legacy(
        ElectronicAddresses=[electronic("E_EDI", "x", Inherited=inherited, LastChanged=last_changed)],
        PhysicalAddresses=[physical("PST", Inherited=inherited, LastChanged=last_changed)],
    )
    party = one(tmp_path, body)

    assert party.valid_from == PARTY_FROM
    assert [each.valid_from for each in (*party.electronic_addresses, *party.physical_addresses)] == [expected] * 2
    assert [each.inherited for each in (*party.electronic_addresses, *party.physical_addresses)] == [inherited] * 2


@pytest.mark.parametrize("newest", ["party", "electronic", "physical", "planned"])
def test_a_party_changed_when_the_newest_of_it_did(tmp_path: Path, newest: str):
    older = dict.fromkeys(["party", "electronic", "physical", "planned"], "2024-01-01T12:00:00")
    times = older | {newest: "2025-01-01T12:00:00"}
    body = legacy(
        LastChanged=times["party"],
        ElectronicAddresses=[electronic("E_EDI", "x", LastChanged=times["electronic"], Inherited=True)],
        PhysicalAddresses=[physical("PST", LastChanged=times["physical"])],
        FutureElectronicAddresses=[
            electronic("E_EDI", "y", LastChanged=times["planned"], ValidFrom="2030-01-01T00:00:00")
        ],
    )

    assert one(tmp_path, body).changed_at == datetime(2025, 1, 1, 11, tzinfo=UTC)


def test_planned_addresses_stand_beside_present_ones(tmp_path: Path):
    planned = [
        electronic("E_EDI", "later", ValidFrom="2030-01-01T00:00:00"),
        electronic("E_EDI", "last", ValidFrom="2031-01-01T00:00:00"),
        electronic("E_EDI", "later", ValidFrom="2030-01-01T00:00:00"),
        electronic("E_EDI", "never"),
    ]
    party = one(tmp_path, legacy(FutureElectronicAddresses=planned))

    edi = CodeValue("9044", "E_EDI")
    assert party.electronic_addresses[1:] == [
        ElectronicAddressSnapshot(edi, "later", False, datetime(2029, 12, 31, 23, tzinfo=UTC)),
        ElectronicAddressSnapshot(edi, "last", False, datetime(2030, 12, 31, 23, tzinfo=UTC)),
    ]
    assert refused(party) == ["planned-without-time"]


@pytest.mark.parametrize("absent", ["ElectronicAddresses", "PhysicalAddresses"])
def test_a_list_that_is_absent_says_nothing_of_its_addresses(tmp_path: Path, absent: str):
    body = legacy(ElectronicAddresses=None, PhysicalAddresses=None)
    emptied = one(tmp_path, body)
    del body[absent]
    silent = one(tmp_path, body)

    types = {"ElectronicAddresses": "electronic_types", "PhysicalAddresses": "physical_types"}[absent]
    assert emptied.electronic_types is emptied.physical_types is None
    assert getattr(silent, types) == frozenset()


def test_elements_that_are_absent_are_not_reported_and_nil_ones_are_empty(tmp_path: Path):
    fields = {
        "DisplayName": "display_name",
        "Municipality": "municipality",
        "CoverageAreaType": "coverage_area_type",
        "Description": "service_specification",
        "LocationDescription": "location_description",
    }
    nil = one(tmp_path, as_xml(legacy(**dict.fromkeys(fields)), "Service"))
    body = {key: value for key, value in legacy().items() if key not in fields and key != "Properties"}
    absent = one(tmp_path, as_xml(body, "Service"))

    assert {getattr(nil, field) for field in fields.values()} == {None}
    assert {getattr(absent, field) for field in fields.values()} == {NOT_REPORTED}
    assert (nil.properties, absent.properties) == ([], NOT_REPORTED)


def test_an_organisation_brings_its_services_and_persons_as_records_of_their_own(tmp_path: Path):
    without_parent = {key: value for key, value in legacy(Type=None).items() if not key.startswith("Parent")}
    body = legacy_organisation(
        Services=[legacy(HerId="x"), without_parent], People=[legacy_person(HerId=8100008, ParentHerId=-1)]
    )
    organisation, damaged, service, person = read_back(tmp_path, [body], name="all.json")

    assert organisation.position == "all.json[0]"
    assert (damaged.position, damaged.rule) == ("all.json[0]/Services[0]", "her-id")
    assert (service.position, service.kind) == ("all.json[0]/Services[1]", PartyKind.SERVICE)
    assert (person.position, person.kind) == ("all.json[0]/People[0]", PartyKind.PERSON)
    assert service.parent.her_id == person.parent.her_id == 8100001


def test_services_of_an_organisation_that_is_broken_are_read(tmp_path: Path):
    damaged, service = read_back(tmp_path, [legacy_organisation(Valid=None, Services=[legacy()])])

    assert (damaged.rule, service.her_id) == ("period-missing", 8100002)


def test_all_the_old_interface_says_of_a_service_is_read(tmp_path: Path):
    area = {"HerId": 8100009, "Name": "EKSEMPEL KOMMUNE", "DisplayName": None, "OrganizationNumber": 311001000}
    body = legacy(
        Description=" Åpen hele døgnet ",
        LocationDescription="2. etasje",
        CoverageAreas=[area, area, area | {"HerId": 0}],
        CoverageAreaType=code(9999, "1", "Kommune"),
        Properties=[code(8451, "KAR", "Kar")],
        PhysicalAddresses=[physical("RES", Country=code(9043, "NO", "Norge"), Description="Bak", Postbox="Postboks 2")],
    )
    party = one(tmp_path, body)

    assert party.service_specification == "Åpen hele døgnet"
    assert party.location_description == "2. etasje"
    covered = CoveredMunicipality(HerId(8100009), "EKSEMPEL KOMMUNE", OrganisationNumber("311001000"))
    assert party.coverage == [covered]
    assert party.coverage_area_type == CodeValue("9999", "1", "Kommune")
    assert party.properties == [CodeValue("8451", "KAR", "Kar")]
    (address,) = party.physical_addresses
    assert (address.country, address.description, address.postbox) == (
        *(CodeValue("9043", "NO", "Norge"), "Bak", "Postboks 2"),
    )
    assert party.transport is party.certificates is NOT_REPORTED
    assert (flags(party), refused(party)) == ([], ["her-id"])


def test_the_wrapper_s_identifiers_serve_where_the_party_has_none(tmp_path: Path):
    party = {key: value for key, value in legacy().items() if key not in ("HerId", "ParentHerId", "Type")}
    wrapper = {"herId": 8100002, "parentHerId": 8100001, "type": "Service", "communicationParty": party}

    read = one(tmp_path, wrapper)

    assert (read.her_id, read.kind, read.parent.her_id) == (8100002, PartyKind.SERVICE, 8100001)
