"""Whether a person may practise: the question in the graph, as the rules take it, and the answer."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from datetime import date, datetime

import strawberry

from registers.api.graph.context import Info
from registers.core.code_systems import PROFESSIONS, REQUISITION_RIGHTS, SPECIALITIES
from registers.core.codes import code_key
from registers.core.identifiers import HprNumber
from registers.core.text import plain_text
from registers.core.validity import Instant
from registers.personnel import edges, entitlement
from registers.personnel.graph.authorisations import Authorisation
from registers.personnel.graph.professionals import HealthProfessional
from registers.personnel.graph.reasons import PracticeReason, reasons_disclosed
from registers.personnel.record import ProfessionalRecord


@strawberry.input(description="May this person practise as, and with, all of this?")
class PracticeCheckInput:
    hpr_number: HprNumber = strawberry.field(description="HPR number, replaced or not.")
    profession: str = strawberry.field(description="Profession, a value of 9060, e.g. LE.")
    requisition_right: str | None = strawberry.field(
        default=None, description="Right to prescribe, a value of 7701; null = none is needed."
    )
    speciality: str | None = strawberry.field(
        default=None, description="Speciality, a value of 7426; null = none is needed."
    )
    on: date | None = strawberry.field(
        default=None, description="The day, judged at noon in Norway; null = the instant of `asOf`."
    )


@dataclass(frozen=True, slots=True)
class Check:
    """One question as the rules take it."""

    hpr_number: HprNumber
    question: entitlement.Question
    instant: Instant

    @classmethod
    def of(cls, asked: PracticeCheckInput, instant: Instant, path: str = "") -> Check:
        """`path` names the input in refusals. Raises BadInput."""

        def code(system: str, value: str | None, field: str) -> entitlement.CodeKey | None:
            return None if value is None else code_key(system, plain_text(value, path + field))

        return cls(
            hpr_number=asked.hpr_number,
            question=entitlement.Question(
                profession=code_key(PROFESSIONS, plain_text(asked.profession, f"{path}profession")),
                requisition_right=code(REQUISITION_RIGHTS, asked.requisition_right, "requisitionRight"),
                speciality=code(SPECIALITIES, asked.speciality, "speciality"),
            ),
            instant=instant if asked.on is None else Instant(entitlement.noon_of(asked.on), instant.entry),
        )


@strawberry.type(description="Whether a person may practise, with every reason, at the place of its input.")
class PracticeCheck:
    hpr_number: HprNumber = strawberry.field(description="The number asked for.")
    judged_at: datetime = strawberry.field(description="The instant judged.")
    allowed: bool = strawberry.field(description="Whether the answer is yes: no reason forbids it.")
    reasons: list[PracticeReason] = strawberry.field(
        description="Every reason against it, and what is to be known although it is allowed; empty = yes, without "
        "more. Those of the person come first, then of the authorisation, the right and the speciality."
    )
    authorisation: Authorisation | None = strawberry.field(
        description="The authorisation the answer rests on, the best in the profession; null = there is none."
    )
    health_professional: HealthProfessional | None = strawberry.field(
        description="The person the answer is about, the surviving one of a replaced number; null = unknown."
    )


async def checked(info: Info, checks: list[Check]) -> list[PracticeCheck]:
    """Answers in the order of `checks`, of any days with the same few statements."""
    load = info.context.load
    found = await gather(*(load(edges.SURVIVING_PROFESSIONAL, each.instant, each.hpr_number) for each in checks))
    numbers = [each.row.hpr_number if each else check.hpr_number for check, each in zip(checks, found, strict=True)]
    holdings = await gather(
        *(load(edges.HOLDING, check.instant, number) for check, number in zip(checks, numbers, strict=True))
    )
    answers = []
    for check, each, record_set in zip(checks, found, holdings, strict=True):
        record = ProfessionalRecord.of(each.row, record_set) if each else None
        answer = entitlement.may_practise(record, check.question, check.instant.valid_at, asked_for=check.hpr_number)
        rests_on = answer.authorisation
        answers.append(
            PracticeCheck(
                hpr_number=check.hpr_number,
                judged_at=check.instant.valid_at,
                allowed=answer.allowed,
                reasons=reasons_disclosed(info, answer.reasons, check.instant),
                authorisation=Authorisation.of(record, rests_on, check.instant) if record and rests_on else None,
                health_professional=HealthProfessional.of(each.row, check.instant, each.path) if each else None,
            )
        )
    return answers
