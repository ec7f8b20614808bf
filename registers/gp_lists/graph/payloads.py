"""What every change of one person answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.pagination import PAGE_DEFAULT, After, Connection, First
from registers.core.identifiers import NationalId
from registers.editing.mutation_field import Payload
from registers.editing.rules import STALE
from registers.editing.transaction import Edit
from registers.gp_lists import edges
from registers.gp_lists.graph.patients import Patient, PatientOnContract, associations_page, patient_of
from registers.gp_lists.log_keys import person_key, person_of


@strawberry.type(description="What a change of one person answers; for keeping the register.")
class PatientPayload(Payload):
    @classmethod
    async def edited_by_national_id(cls, info: Info, national_id: NationalId, change: Edit) -> Self:
        """As `edited`. A national id is no key in the log: the key is looked up when a stale caller gets the person."""
        outcome = (await cls.edited(info, None, change)).outcome
        if any(error.rule == STALE.number for error in outcome.user_errors):
            record = await info.context.load(edges.PATIENT, outcome.instant, national_id)
            outcome = replace(outcome, key=person_key(record.person_id)) if record else outcome
        return cls(outcome=outcome)

    @strawberry.field(description="The person; null when the edit was refused, unless as STALE.")
    async def patient(self, info: Info) -> Patient | None:
        key = self.outcome.key
        return None if key is None else await patient_of(info, person_of(key), self.outcome.instant)

    @strawberry.field(
        description="Lists the person has been, is and will be on, newest first. Empty when the edit was refused, "
        "unless as STALE."
    )
    async def associations(
        self, info: Info, first: First = PAGE_DEFAULT, after: After = None
    ) -> Connection[PatientOnContract]:
        key, instant = self.outcome.key, self.outcome.instant
        found = None if key is None else await info.context.load(edges.ASSOCIATIONS_OF_PERSON, instant, person_of(key))
        return associations_page(found or [], instant, first=first, after=after)
