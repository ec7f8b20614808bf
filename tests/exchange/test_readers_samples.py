"""The sample files of the interfaces, where they lie beside the project, give these records and no other."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from registers.communication_parties.models import CertificateUsage, PartyKind, TransportStatus
from registers.communication_parties.snapshot import (
    CertificateReference,
    ElectronicAddressSnapshot,
    ParentReference,
    PartySnapshot,
    PhysicalAddressSnapshot,
)
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber, PostalCode, Thumbprint
from registers.core.snapshot import NOT_SAID, CodeValue
from registers.exchange.formats import Broken, open_source, read, recognise
from registers.organisations.models import AddressKind, OrganisationKind
from registers.organisations.snapshot import OrganisationAddressSnapshot, OrganisationSnapshot
from tests.exchange.reading import flags

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
LDAP = (
    "ldap://ldap.example.invalid/dc=Eksempel,dc=no,CN=Eksempel%20CA?usercertificate;binary?sub?"
    "(|(certificateSerialNumber=790001)(certificateSerialNumber=790002))"
)
NUMBER = OrganisationNumber("310001007")
BUSINESS_TYPE = CodeValue("9040", "103", "Fastlege og annen privat virksomhet som yter helsetjenester")
ORGANISATION, SERVICE, PERSON = HerId(9100001), HerId(9100002), HerId(9100003)


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the samples lie beside the project, not in it")
    return SAMPLES


def records(samples: Path, name: str) -> list[Any]:
    return list(read(open_source(samples / name)))


def electronic(
    kind: str, address: str, *, inherited: bool | None, text: str | None = None
) -> ElectronicAddressSnapshot:
    return ElectronicAddressSnapshot(CodeValue("9044", kind, text), address, inherited)


def queue(kind: str, end: str, *, inherited: bool | None, text: str | None = None) -> ElectronicAddressSnapshot:
    return electronic(kind, f"sb.example.invalid/NHNTEST/9100001_{end}", inherited=inherited, text=text)


def old_addresses(*, inherited: bool, own_since: datetime | None = None) -> list[ElectronicAddressSnapshot]:
    told = [
        electronic("E_DS", LDAP, inherited=inherited, text="Digital sertifikat"),
        queue("E_SB_ERROR", "error", inherited=inherited, text="Feilmelding AMQP kø"),
        queue("E_SB_SYNC", "sync", inherited=inherited, text="Synkron AMQP kø"),
        queue("E_SB_ASYNC", "async", inherited=inherited, text="Asynkron AMQP kø"),
        queue("E_SB_SYNCREPLY", "syncreply", inherited=inherited, text="Synkron Svar AMQP kø"),
    ]
    return [ElectronicAddressSnapshot(each.type, each.address, each.inherited, own_since) for each in told]


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
        place=f"ar-rest-bulk.json[{index}]",
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


def test_the_new_interface_s_parties(samples: Path):
    parent = ParentReference(ORGANISATION, "EKSEMPEL LEGEKONTOR AS", NUMBER)

    assert records(samples, "ar-rest-bulk.json") == [
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


def test_the_old_interface_s_service_as_json(samples: Path):
    assert records(samples, "ar-legacy-service.json") == [
        old_party(
            place="ar-legacy-service.json",
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


def test_the_old_interface_s_person_as_json(samples: Path):
    planned = ElectronicAddressSnapshot(
        CodeValue("9044", "E_EDI", "EDI (Standardisert elektronisk melding)"),
        "ny-edi@legekontor.example.invalid",
        inherited=False,
        valid_from=datetime(2026, 12, 31, 23, tzinfo=UTC),
    )

    assert records(samples, "ar-legacy-person.json") == [
        old_party(
            place="ar-legacy-person.json",
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


def test_the_old_interface_s_person_as_a_bare_document(samples: Path):
    assert records(samples, "ar-datacontract-person.xml") == [
        old_party(
            place="ar-datacontract-person.xml",
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


def test_the_old_interface_s_organisation_with_its_service_in_an_envelope(samples: Path):
    changed_at = datetime(2025, 4, 30, 12, 13, 19, 10000, tzinfo=UTC)
    valid_from = datetime(2025, 3, 23, 23, tzinfo=UTC)

    assert records(samples, "ar-soap-organisation.xml") == [
        old_party(
            place="ar-soap-organisation.xml",
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
            place="ar-soap-organisation.xml/Services[0]",
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


def test_a_fault_of_the_register_is_told_with_its_code_and_text(samples: Path):
    reason = "InvalidHerIdSupplied: Ingen kommunikasjonspart med angitt HER-id"

    assert records(samples, "ar-soap-fault.xml") == [Broken("ar-soap-fault.xml", "soap-fault", reason)]


@pytest.mark.parametrize("name", ["ar-rest-export.json", "ar-rest-events.json"])
def test_lists_of_ids_and_events_are_known_and_hold_no_parties(samples: Path, name: str):
    source = open_source(samples / name)

    assert list(read(source)) == []
    assert "holds no parties" in (recognise(source).note or "")


def test_pairs_of_certificates(samples: Path):
    signing, encryption = records(samples, "ar-rest-certificates.json")

    assert [signing.usage, encryption.usage] == [CertificateUsage.SIGNING, CertificateUsage.ENCRYPTION]
    assert [signing.thumbprint, encryption.thumbprint] == [each.thumbprint for each in reversed(certificates())]
    assert [signing.serial_number, encryption.serial_number] == ["790002", "790001"]
    assert [signing.key_usage, encryption.key_usage] == [["contentCommitment"], ["keyEncipherment"]]
    for each in (signing, encryption):
        assert each.current is True
        assert each.her_id is None
        assert each.subject_organisation_number == "310000003"
        assert each.not_before == datetime(2026, 11, 23, 7, 43, 19, tzinfo=UTC)
        assert each.not_after == datetime(2029, 11, 22, 7, 43, 19, tzinfo=UTC)
        assert flags(each) == ["check-digit", "certificate-dates-differ", "certificate-dates-differ"]


def test_details_of_one_certificate(samples: Path):
    (certificate,) = records(samples, "ar-certificate-details.xml")

    assert certificate.thumbprint == certificates()[0].thumbprint
    assert certificate.usage is CertificateUsage.ENCRYPTION
    assert certificate.ldap_url == LDAP
    assert flags(certificate) == ["check-digit"]


def address(kind: AddressKind) -> OrganisationAddressSnapshot:
    return OrganisationAddressSnapshot(
        kind,
        ("Eksempelveien 1",),
        PostalCode("0110"),
        "OSLO",
        CodeValue("3402", "0301", "OSLO"),
        CodeValue("9043", "NO", "Norge"),
    )


def test_a_main_unit_of_enhetsregisteret(samples: Path):
    assert records(samples, "brreg-enheter.json") == [
        OrganisationSnapshot(
            interface="brreg",
            place="brreg-enheter.json/_embedded.enheter[0]",
            organisation_number=OrganisationNumber("311001000"),
            check_digit_holds=True,
            kind=OrganisationKind.MAIN_UNIT,
            name="EKSEMPEL KOMMUNE",
            form=CodeValue("organisasjonsform", "KOMM", "Kommune"),
            sector=CodeValue("institusjonell_sektorkode", "6500", "Kommuneforvaltningen"),
            municipality=CodeValue("3402", "0301", "OSLO"),
            employees=1200,
            language_form="Bokmål",
            registered_on=date(1995, 2, 20),
            bankrupt=False,
            being_wound_up=False,
            being_dissolved_by_force=False,
            valid_from=datetime(1995, 2, 19, 23, tzinfo=UTC),
            valid_to=None,
            industry_codes=[CodeValue("SN2007", "84.110", "Generell offentlig administrasjon")],
            addresses=[address(AddressKind.BUSINESS), address(AddressKind.POSTAL)],
        )
    ]


def test_a_sub_unit_of_enhetsregisteret(samples: Path):
    assert records(samples, "brreg-underenheter.json") == [
        OrganisationSnapshot(
            interface="brreg",
            place="brreg-underenheter.json/_embedded.underenheter[0]",
            organisation_number=NUMBER,
            check_digit_holds=True,
            kind=OrganisationKind.SUB_UNIT,
            name="EKSEMPEL LEGEKONTOR AS",
            parent_number=OrganisationNumber("311001000"),
            form=CodeValue("organisasjonsform", "BEDR", "Underenhet til næringsdrivende og offentlig forvaltning"),
            municipality=CodeValue("3402", "0301", "OSLO"),
            employees=9,
            registered_on=date(2009, 5, 5),
            started_on=date(2009, 6, 1),
            valid_from=datetime(2009, 5, 4, 22, tzinfo=UTC),
            valid_to=None,
            industry_codes=[CodeValue("SN2007", "86.211", "Allmenn legetjeneste")],
            addresses=[address(AddressKind.LOCATION), address(AddressKind.POSTAL)],
        )
    ]


def test_what_an_interface_does_not_carry_is_not_said(samples: Path):
    organisation, service, person = records(samples, "ar-rest-bulk.json")

    for party in (organisation, service, person):
        assert party.active is party.messaging_valid is party.municipality is party.properties is NOT_SAID
    assert person.title is NOT_SAID
    assert organisation.industry_codes is NOT_SAID
