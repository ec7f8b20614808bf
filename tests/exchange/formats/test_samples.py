"""The sample files of certificates, organisations and lists, where they lie beside the project."""

from datetime import UTC, date, datetime

import pytest

from registers.communication_parties.models import CertificateUsage
from registers.core.identifiers import OrganisationNumber, PostalCode
from registers.exchange.recognise import Broken, open_source, read, recognise
from registers.intake.snapshot import CodeValue
from registers.organisations.intake.snapshot import OrganisationAddressSnapshot, OrganisationSnapshot
from registers.organisations.models import AddressKind, OrganisationKind
from tests.support.files import flags, records_of_sample, sample

LDAP = (
    "ldap://ldap.example.invalid/dc=Eksempel,dc=no,CN=Eksempel%20CA?usercertificate;binary?sub?"
    "(|(certificateSerialNumber=790001)(certificateSerialNumber=790002))"
)
NUMBER = OrganisationNumber("310001007")
ENCRYPTION = "B63BBF6AC5ECCA3894EDC51321B270252669E30F"
SIGNING = "CDF6C6CB494CA6E33EEAF78D52389B663780E857"


def test_a_fault_of_the_register_is_reported_with_its_code_and_text():
    reason = "InvalidHerIdSupplied: Ingen kommunikasjonspart med angitt HER-id"

    assert records_of_sample("ar-soap-fault.xml") == [Broken("ar-soap-fault.xml", "soap-fault", reason)]


@pytest.mark.parametrize("name", ["ar-rest-export.json", "ar-rest-events.json"])
def test_lists_of_ids_and_events_are_known_and_hold_no_parties(name: str):
    source = open_source(sample(name))

    assert list(read(source)) == []
    assert "holds no parties" in (recognise(source).note or "")


def test_pairs_of_certificates():
    signing, encryption = records_of_sample("ar-rest-certificates.json")

    assert [signing.usage, encryption.usage] == [CertificateUsage.SIGNING, CertificateUsage.ENCRYPTION]
    assert [signing.thumbprint, encryption.thumbprint] == [SIGNING, ENCRYPTION]
    assert [signing.serial_number, encryption.serial_number] == ["790002", "790001"]
    assert [signing.key_usage, encryption.key_usage] == [["contentCommitment"], ["keyEncipherment"]]
    for each in (signing, encryption):
        assert each.current is True
        assert each.her_id is None
        assert each.subject_organisation_number == "310000003"
        assert each.not_before == datetime(2026, 11, 23, 7, 43, 19, tzinfo=UTC)
        assert each.not_after == datetime(2029, 11, 22, 7, 43, 19, tzinfo=UTC)
        assert flags(each) == ["check-digit", "certificate-dates-differ", "certificate-dates-differ"]


def test_details_of_one_certificate():
    (certificate,) = records_of_sample("ar-certificate-details.xml")

    assert certificate.thumbprint == ENCRYPTION
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


def test_a_main_unit_of_enhetsregisteret():
    assert records_of_sample("brreg-enheter.json") == [
        OrganisationSnapshot(
            interface="brreg",
            position="brreg-enheter.json/_embedded.enheter[0]",
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


def test_a_sub_unit_of_enhetsregisteret():
    assert records_of_sample("brreg-underenheter.json") == [
        OrganisationSnapshot(
            interface="brreg",
            position="brreg-underenheter.json/_embedded.underenheter[0]",
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
