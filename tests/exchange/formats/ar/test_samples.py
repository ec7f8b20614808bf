"""The sample files of the interfaces, where they lie beside the project, give these records and no other."""

from datetime import UTC, datetime
from typing import Any

from registers.communication_parties.intake.snapshot import (
    CertificateReference,
    ElectronicAddressSnapshot,
    ParentReference,
    PartySnapshot,
    PhysicalAddressSnapshot,
)
from registers.communication_parties.models import CertificateUsage, PartyKind, TransportStatus
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, PostalCode, Thumbprint
from registers.intake.snapshot import NOT_REPORTED, CodeValue
from tests.support.files import records_of_sample

LDAP = (
    "ldap://ldap.example.invalid/dc=Eksempel,dc=no,CN=Eksempel%20CA?usercertificate;binary?sub?"
    "(|(certificateSerialNumber=790001)(certificateSerialNumber=790002))"
)
NUMBER = OrganisationNumber("310001007")
BUSINESS_TYPE = CodeValue("9040", "103", "Fastlege og annen privat virksomhet som yter helsetjenester")
ORGANISATION, SERVICE, PERSON = HerId(9100001), HerId(9100002), HerId(9100003)


def electronic(
    kind: str, address: str, *, inherited: bool | None, text: str | None = None
) -> ElectronicAddressSnapshot:
    return ElectronicAddressSnapshot(CodeValue("9044", kind, text), address, inherited)


def queue(kind: str, end: str, *, inherited: bool | None, text: str | None = None) -> ElectronicAddressSnapshot:
    return electronic(kind, f"sb.example.invalid/NHNTEST/9100001_{end}", inherited=inherited, text=text)


def old_addresses(*, inherited: bool, own_since: datetime | None = None) -> list[ElectronicAddressSnapshot]:
    reported = [
        electronic("E_DS", LDAP, inherited=inherited, text="Digital sertifikat"),
        queue("E_SB_ERROR", "error", inherited=inherited, text="Feilmelding AMQP kø"),
        queue("E_SB_SYNC", "sync", inherited=inherited, text="Synkron AMQP kø"),
        queue("E_SB_ASYNC", "async", inherited=inherited, text="Asynkron AMQP kø"),
        queue("E_SB_SYNCREPLY", "syncreply", inherited=inherited, text="Synkron Svar AMQP kø"),
    ]
    return [ElectronicAddressSnapshot(each.type, each.address, each.inherited, own_since) for each in reported]


def visiting_and_postal(*, inherited: bool) -> list[PhysicalAddressSnapshot]:
    return [
        PhysicalAddressSnapshot(
            CodeValue("3401", value, text),
            inherited,
            street="Eksempelveien 1",
            postal_code=PostalCode("0110"),
            city="OSLO",
        )
        for value, text in (("RES", "Besøksadresse"), ("PST", "Postadresse"))
    ]


def certificates() -> list[CertificateReference]:
    period = datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2028, 12, 31, 23, tzinfo=UTC)
    encryption = Thumbprint("B63BBF6AC5ECCA3894EDC51321B270252669E30F")
    signing = Thumbprint("CDF6C6CB494CA6E33EEAF78D52389B663780E857")
    return [
        CertificateReference(CertificateUsage.ENCRYPTION, encryption, *period),
        CertificateReference(CertificateUsage.SIGNING, signing, *period),
    ]


def new_party(index: int, her_id: HerId, kind: PartyKind, **more: Any) -> PartySnapshot:
    own = False if kind is PartyKind.ORGANISATION else None
    inherited = kind is not PartyKind.ORGANISATION
    contact = [
        electronic("E_EPO", "post@legekontor.example.invalid", inherited=False),
        electronic("E_TLF", "00 00 00 01", inherited=False),
        electronic("E_URL", "https://legekontor.example.invalid", inherited=False),
    ]
    return PartySnapshot(
        interface="ar-rest",
        position=f"ar-rest-bulk.json[{index}]",
        her_id=her_id,
        kind=kind,
        valid_from=datetime(2023, 4, 2, 22, tzinfo=UTC),
        valid_to=None,
        electronic_addresses=[
            electronic("E_EDI", "edi@legekontor.example.invalid", inherited=own),
            *(contact if kind is PartyKind.ORGANISATION else []),
            queue("E_SB_SYNC", "sync", inherited=inherited),
            queue("E_SB_SYNCREPLY", "syncreply", inherited=inherited),
            queue("E_SB_ASYNC", "async", inherited=inherited),
            queue("E_SB_ERROR", "error", inherited=inherited),
        ],
        electronic_types=frozenset(
            f"9044/{value}"
            for value in (
                *("E_EDI", "E_FHIR", "E_EPO", "E_TLF", "E_FAX", "E_URL"),
                *("E_SB_SYNC", "E_SB_SYNCREPLY", "E_SB_ASYNC", "E_SB_ERROR"),
            )
        ),
        physical_addresses=[
            PhysicalAddressSnapshot(
                CodeValue("3401", "PST", "Postadresse"),
                own,
                street="Eksempelveien 1",
                postal_code=PostalCode("0110"),
                city="OSLO",
            )
        ],
        physical_types=frozenset({"3401/PST"}),
        certificates=certificates(),
        **more,
    )


def test_the_new_interface_s_parties():
    parent = ParentReference(ORGANISATION, "EKSEMPEL LEGEKONTOR AS", NUMBER)

    assert records_of_sample("ar-rest-bulk.json") == [
        new_party(
            0,
            ORGANISATION,
            PartyKind.ORGANISATION,
            name="EKSEMPEL LEGEKONTOR AS",
            display_name="Eksempel legekontor",
            organisation_number=NUMBER,
            business_type=BUSINESS_TYPE,
            transport=TransportStatus.ENABLED,
        ),
        new_party(
            1,
            SERVICE,
            PartyKind.SERVICE,
            name="Allmennlege",
            display_name=None,
            parent=parent,
            service_type=CodeValue("8666", "05", "Allmennlege"),
            service_specification=None,
            coverage=[],
            transport=TransportStatus.INHERITED,
        ),
        new_party(
            2,
            PERSON,
            PartyKind.PERSON,
            name="Test Eksempelsen",
            display_name="Test Eksempelsen",
            parent=parent,
            hpr_number=HprNumber(900000011),
            transport=TransportStatus.INHERITED,
        ),
    ]


def old_party(**more: Any) -> PartySnapshot:
    values = {
        "interface": "ar-legacy",
        "display_name": None,
        "active": True,
        "messaging_valid": True,
        "valid_to": None,
        "parent": ParentReference(ORGANISATION, "EKSEMPEL LEGEKONTOR AS", NUMBER, True, BUSINESS_TYPE),
        "coverage_area_type": None,
        "electronic_addresses": old_addresses(inherited=True),
        "physical_addresses": visiting_and_postal(inherited=True),
        "properties": [],
    }
    return PartySnapshot(**(values | more))


def test_the_old_interface_s_service_as_json():
    assert records_of_sample("ar-legacy-service.json") == [
        old_party(
            position="ar-legacy-service.json",
            changed_at=datetime(2024, 6, 13, 7, 29, 56, 110000, tzinfo=UTC),
            her_id=SERVICE,
            kind=PartyKind.SERVICE,
            name="Allmennlege",
            valid_from=datetime(2023, 4, 3, 22, tzinfo=UTC),
            service_type=CodeValue("8666", "05", "Allmennlege"),
            service_specification=None,
            location_description=None,
            municipality=CodeValue("3402", "0301", "Oslo"),
            coverage=[],
        )
    ]


def test_the_old_interface_s_person_as_json():
    planned = ElectronicAddressSnapshot(
        CodeValue("9044", "E_EDI", "EDI (Standardisert elektronisk melding)"),
        "ny-edi@legekontor.example.invalid",
        inherited=False,
        valid_from=datetime(2026, 12, 31, 23, tzinfo=UTC),
    )

    assert records_of_sample("ar-legacy-person.json") == [
        old_party(
            position="ar-legacy-person.json",
            changed_at=datetime(2024, 6, 13, 7, 29, 56, 110000, tzinfo=UTC),
            her_id=PERSON,
            kind=PartyKind.PERSON,
            name="Test Eksempelsen",
            display_name="Test Eksempelsen",
            valid_from=datetime(2023, 4, 3, 22, tzinfo=UTC),
            hpr_number=HprNumber(900000011),
            title=None,
            municipality=CodeValue("3402", "0301", "Oslo"),
            electronic_addresses=[*old_addresses(inherited=True), planned],
        )
    ]


def test_the_old_interface_s_person_as_a_bare_document():
    assert records_of_sample("ar-datacontract-person.xml") == [
        old_party(
            position="ar-datacontract-person.xml",
            changed_at=datetime(2025, 4, 30, 12, 13, 19, 10000, tzinfo=UTC),
            her_id=PERSON,
            kind=PartyKind.PERSON,
            name="Test Eksempelsen",
            display_name="Test Eksempelsen",
            valid_from=datetime(2025, 3, 23, 23, tzinfo=UTC),
            hpr_number=HprNumber(900000011),
            title=None,
            municipality=CodeValue("3402", "0301", "OSLO"),
            physical_addresses=[],
        )
    ]


def test_the_old_interface_s_organisation_with_its_service_in_an_envelope():
    changed_at = datetime(2025, 4, 30, 12, 13, 19, 10000, tzinfo=UTC)
    valid_from = datetime(2025, 3, 23, 23, tzinfo=UTC)

    assert records_of_sample("ar-soap-organisation.xml") == [
        old_party(
            position="ar-soap-organisation.xml",
            changed_at=changed_at,
            her_id=ORGANISATION,
            kind=PartyKind.ORGANISATION,
            name="EKSEMPEL LEGEKONTOR AS",
            display_name="Eksempel legekontor",
            messaging_valid=False,
            valid_from=valid_from,
            parent=None,
            organisation_number=NUMBER,
            business_type=BUSINESS_TYPE,
            municipality=CodeValue("3402", "0301", "OSLO"),
            electronic_addresses=old_addresses(inherited=False),
            physical_addresses=visiting_and_postal(inherited=False),
            industry_codes=[CodeValue("SN2007", "86.211", "Allmenn legetjeneste")],
        ),
        old_party(
            position="ar-soap-organisation.xml/Services[0]",
            changed_at=changed_at,
            her_id=SERVICE,
            kind=PartyKind.SERVICE,
            name="Allmennlege",
            valid_from=valid_from,
            service_type=CodeValue("8666", "05", "Allmennlege"),
            service_specification=None,
            location_description=None,
            municipality=CodeValue("3402", "0301", "OSLO"),
            coverage=[],
        ),
    ]


def test_what_an_interface_does_not_carry_is_not_reported():
    organisation, service, person = records_of_sample("ar-rest-bulk.json")

    for party in (organisation, service, person):
        assert party.active is party.messaging_valid is party.municipality is party.properties is NOT_REPORTED
    assert person.title is NOT_REPORTED
    assert organisation.industry_codes is NOT_REPORTED
