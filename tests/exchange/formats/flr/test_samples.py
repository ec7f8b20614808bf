"""The sample files of FLR, where they lie beside the project, give these records and no other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from registers.core.identifiers import GpContractId, HerId, HprNumber, NationalId, OrganisationNumber
from registers.exchange.recognise import Broken
from registers.gp_lists.intake.snapshot import (
    DoctorCycleSnapshot,
    GpContractSnapshot,
    OfficeSnapshot,
    PatientAssociationSnapshot,
    PersonSnapshot,
)
from registers.intake.snapshot import CodeValue
from tests.support.files import records_of_sample

CONTRACT = GpContractId(70001)
OFFICE = OrganisationNumber("310001007")
CHANGED = datetime(2026, 1, 2, 2, 4, 5, 600_000, tzinfo=UTC)
YEAR_2024 = datetime(2023, 12, 31, 23, tzinfo=UTC)  # midnight in Norway
FEBRUARY_2024 = datetime(2024, 1, 31, 23, tzinfo=UTC)
OSLO = CodeValue("3402", "0301", "Oslo")
CYCLES = [
    DoctorCycleSnapshot(
        id=90001,
        contract_id=CONTRACT,
        hpr_number=HprNumber(900000011),
        relationship=CodeValue("7750", "LPFL", "Fastlege"),
        valid_from=YEAR_2024,
        working_percentage=100,
        working_on_days=(1, 2, 3, 4),
        changed_at=CHANGED,
    ),
    DoctorCycleSnapshot(
        id=90002,
        contract_id=CONTRACT,
        hpr_number=HprNumber(900000029),
        relationship=CodeValue("7750", "LPVI", "Vikar"),
        substitute_for=HprNumber(900000011),
        valid_from=YEAR_2024,
        working_percentage=20,
        working_on_days=(5,),
        changed_at=CHANGED,
    ),
]
WITH_OFFICE: dict[str, Any] = {
    "office": OfficeSnapshot(
        organisation_number=OFFICE,
        name="EKSEMPEL LEGEKONTOR AS",
        display_name=None,
        municipality=OSLO,
        group_office=True,
        district=None,
        team_id=None,
        valid_from=datetime(2009, 12, 31, 23, tzinfo=UTC),
    ),
    "out_of_office": [],
}
NINS = ["03817090035", "04827190166", "05837290297", "06847390318"]


def contract(**more: Any) -> GpContractSnapshot:
    return GpContractSnapshot(
        changed_at=CHANGED,
        id=CONTRACT,
        name=None,
        status=CodeValue("7751", "FAAA", "Åpen"),
        valid_from=datetime(2010, 5, 31, 22, tzinfo=UTC),
        valid_to=None,
        agreement_date=date(2010, 6, 1),
        municipality=OSLO,
        coop_municipalities=[],
        office_number=OFFICE,
        max_patients=1000,
        patients_on_waiting_list=3,
        common_list=False,
        fixed_salary=False,
        requires_membership=None,
        end_reason=None,
        team_id=None,
        **more,
    )


def patients(position: str) -> list[PatientAssociationSnapshot]:
    return [
        PatientAssociationSnapshot(
            interface="flr-contracts",
            position=f"{position}/PatientList[{index}]",
            changed_at=CHANGED,
            id=800_000 + index,
            contract_id=CONTRACT,
            national_id=NationalId(nin),
            national_id_holds=True,
            person=PersonSnapshot(
                first_name=f"Pasient{index}",
                middle_name=None,
                last_name="Eksempelsen",
                born_on=date(1975, 1, 1),
                died_on=None,
                sex=None,
            ),
            valid_from=FEBRUARY_2024,
            valid_to=None,
            begin_code=None,
            end_code=None,
        )
        for index, nin in enumerate(NINS)
    ]


@pytest.mark.parametrize(("ending", "more"), [("json", WITH_OFFICE), ("xml", {})])
def test_the_samples_of_contracts(ending: str, more: dict[str, Any]):
    position = f"flr-gpcontracts.{ending}[0]"

    assert records_of_sample(f"flr-gpcontracts.{ending}") == [
        contract(
            interface="flr-contracts", position=position, doctor_cycles=CYCLES, patients=patients(position), **more
        )
    ]


def test_the_sample_of_a_patient():
    assert records_of_sample("flr-patient.json") == [
        PatientAssociationSnapshot(
            interface="flr-patient",
            position="flr-patient.json",
            changed_at=CHANGED,
            id=800000,
            contract_id=CONTRACT,
            national_id=NationalId(NINS[0]),
            national_id_holds=True,
            valid_from=FEBRUARY_2024,
            valid_to=None,
            begin_code=None,
            end_code=None,
            gp_her_id=HerId(9100003),
            contract=contract(interface="flr-patient", position="flr-patient.json/GPContract", **WITH_OFFICE),
            cycles=CYCLES,
        )
    ]


def test_the_sample_of_a_look_up_answer_holds_nothing_that_could_be_kept():
    reason = "the answer has no id, no contract, no period"

    assert records_of_sample("flr-soap-patient-gp.xml") == [
        Broken("flr-soap-patient-gp.xml", "association-without-contract", reason)
    ]


def test_the_sample_of_a_fault():
    reason = "Feil: ArgumentException: Personen er ikke tilknyttet fastlegekontrakt"

    assert records_of_sample("flr-soap-fault.xml") == [Broken("flr-soap-fault.xml", "soap-fault", reason)]
