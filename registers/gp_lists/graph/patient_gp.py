"""Who is a patient's GP: the answer to one question, alone or in a batch."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from registers.access.graph.purpose import Purpose
from registers.access.policy import sees_patients_of, shows_protected
from registers.api.graph.context import Info
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import HprNumber, NationalId
from registers.core.validity import Instant
from registers.gp_lists import edges, models
from registers.gp_lists.graph.doctors import (
    GpHerIdResolution,
    GpOnContract,
    ResponsibleDoctors,
    gp_her_id_of,
    responsible_of,
)
from registers.gp_lists.graph.patients import Patient, PatientOnContract, patient_of
from registers.gp_lists.repository.patients import PatientRecord
from registers.gp_lists.responsible import Responsible


@strawberry.enum(description="What came of a question about a patient.")
class PatientGpOutcome(Enum):
    FOUND = strawberry.enum_value("FOUND", description="The patient is on a list at the instant asked for.")
    NO_GP = strawberry.enum_value("NO_GP", description="The person is known, but on no list at that instant.")
    UNKNOWN_PERSON = strawberry.enum_value(
        "UNKNOWN_PERSON", description="No person with this national id is shown for the purpose given."
    )
    NOT_ALLOWED = strawberry.enum_value("NOT_ALLOWED", description="The patient is on a list of another office.")


@strawberry.type(description="The GP of one patient at one instant, or why there is none.")
class PatientGp:
    at: datetime = strawberry.field(description="The instant the answer is for.")
    outcome: PatientGpOutcome = strawberry.field(description="What came of it.")
    national_id_replaced: bool = strawberry.field(
        description="True = asked by a former national id; the person has another one now."
    )
    association: PatientOnContract | None = strawberry.field(
        description="The patient's place on a list; null unless FOUND."
    )
    contract: strawberry.Private[models.GpContract | None] = None
    person_id: strawberry.Private[int | None] = None
    instant: strawberry.Private[Instant]

    @strawberry.field(
        description="The person, on a list or not; null when UNKNOWN_PERSON. For keeping the register only."
    )
    async def patient(self, info: Info) -> Patient | None:
        return await patient_of(info, self.person_id, self.instant) if self.person_id is not None else None

    @strawberry.field(description="The doctors responsible; null unless FOUND.")
    async def responsible(self, info: Info) -> ResponsibleDoctors | None:
        if self.contract is None:
            return None
        return ResponsibleDoctors.of(await responsible_of(info, self.contract, self.instant), self.instant)

    @strawberry.field(description="The party of the address register to write to; null unless FOUND.")
    async def gp_her_id(self, info: Info) -> GpHerIdResolution | None:
        return await gp_her_id_of(info, self.contract, self.instant) if self.contract else None


@strawberry.type(description="Whether a doctor is responsible for a patient.")
class GpConfirmation:
    outcome: PatientGpOutcome = strawberry.field(description="What came of looking for the patient.")
    confirmed: bool = strawberry.field(description="True = the doctor is active on the patient's list.")
    cycle: GpOnContract | None = strawberry.field(
        description="The doctor's period on the list; as GP before substitute before part-list doctor. Null unless "
        "confirmed."
    )

    @strawberry.field(description="As what: LPFL, LPVI or LPDL (7750); null unless confirmed.")
    async def relationship(self, info: Info) -> Code | None:
        return await code_of(info, self.cycle.row.relationship, self.cycle.instant) if self.cycle else None


async def record_of(info: Info, national_id: NationalId, purpose: Purpose, instant: Instant) -> PatientRecord | None:
    """The person with a national id; None when there is none, and also when the person is protected and not shown."""
    record = await info.context.load(edges.PATIENT, instant, national_id)
    return record if record and (shows_protected(purpose) or not record.protected) else None


async def gp_of_patient(info: Info, national_id: NationalId, purpose: Purpose, instant: Instant) -> PatientGp:
    """The patient's list at the instant."""
    record = await record_of(info, national_id, purpose, instant)

    def answer(
        outcome: PatientGpOutcome,
        association: models.PatientAssociation | None = None,
        contract: models.GpContract | None = None,
    ) -> PatientGp:
        return PatientGp(
            at=instant.valid_at,
            outcome=outcome,
            national_id_replaced=(
                record is not None and record.by_former_number and outcome is not PatientGpOutcome.NOT_ALLOWED
            ),
            association=PatientOnContract.of(association, instant) if association else None,
            contract=contract,
            person_id=record.person_id if record else None,
            instant=instant,
        )

    if record is None:
        return answer(PatientGpOutcome.UNKNOWN_PERSON)
    association = record.association_at(instant.valid_at)
    if association is None:
        return answer(PatientGpOutcome.NO_GP)
    contract = await info.context.load(edges.GP_CONTRACT, instant, association.contract_id)
    today = await info.context.load(edges.GP_CONTRACT, instant.known_today, association.contract_id)
    if not sees_patients_of(info.context.caller, today.office_number if today else None):
        return answer(PatientGpOutcome.NOT_ALLOWED)
    return answer(PatientGpOutcome.FOUND, association, contract)


async def confirmation_of(
    info: Info,
    national_id: NationalId,
    hpr_number: HprNumber,
    purpose: Purpose,
    instant: Instant,
    *,
    include_substitutes: bool,
) -> GpConfirmation:
    """Whether the doctor is among the active doctors of the patient's list, overruled GPs too: FLR counts them."""
    found = await gp_of_patient(info, national_id, purpose, instant)
    cycle = None
    if found.contract is not None:
        doctors = await responsible_of(info, found.contract, instant)
        cycle = _cycle_of(doctors, hpr_number, include_substitutes=include_substitutes)
    return GpConfirmation(
        outcome=found.outcome,
        confirmed=cycle is not None,
        cycle=GpOnContract.of(cycle, instant) if cycle else None,
    )


def _cycle_of(doctors: Responsible, hpr_number: HprNumber, *, include_substitutes: bool) -> models.DoctorCycle | None:
    substitutes = doctors.substitutes if include_substitutes else ()
    counted = (*doctors.gps, *doctors.overruled, *substitutes, *doctors.part_list)
    return next((cycle for cycle in counted if cycle.hpr_number == hpr_number), None)


async def associations_of(
    info: Info, national_id: NationalId, purpose: Purpose, instant: Instant
) -> list[models.PatientAssociation]:
    """All associations of a person that the caller may see; none for an unknown person."""
    record = await record_of(info, national_id, purpose, instant)
    if record is None:
        return []
    caller, keys = info.context.caller, [each.contract_id for each in record.associations]
    contracts = await info.context.load_many(edges.GP_CONTRACT, instant.known_today, keys)
    pairs = zip(record.associations, contracts, strict=True)
    return [each for each, today in pairs if sees_patients_of(caller, today.office_number if today else None)]
