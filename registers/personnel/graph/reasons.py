"""Reasons in the graph: why something is not valid, or what is to be known although it is."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.period import Period
from registers.code_systems.graph.codes import Code, code_of
from registers.core.codes import CodeKey
from registers.core.validity import Instant
from registers.personnel.disclosure import disclosed
from registers.personnel.entitlement import Reason, ReasonCode, Subject

MEANINGS = {
    ReasonCode.UNKNOWN_PROFESSIONAL: "No professional is registered with the HPR number.",
    ReasonCode.REPLACED_NUMBER: "The HPR number was replaced; the answer is about the surviving one. Forbids nothing.",
    ReasonCode.DECEASED: "The professional is dead.",
    ReasonCode.NO_AUTHORISATION_IN_PROFESSION: "There was never an authorisation or licence in the profession.",
    ReasonCode.NOT_BEGUN: "The period has not begun.",
    ReasonCode.PERIOD_OVER: "The period is over.",
    ReasonCode.ENDED_STATUS: "It has been ended: withdrawn, annulled, renounced or historic.",
    ReasonCode.SUSPENDED: "It is suspended.",
    ReasonCode.ADMINISTRATIVE_REACTION: "A reaction of the supervisory authority suspends it.",
    ReasonCode.AGE_LIMIT: "The authorisation lapsed on the 80th birthday; a licence may follow.",
    ReasonCode.CONDITION: "It is valid on a condition. Forbids nothing.",
    ReasonCode.RIGHT_MISSING: "The authorisation never had the requisition right.",
    ReasonCode.RIGHT_NOT_VALID: "The requisition right is not valid, by itself or because its authorisation is not.",
    ReasonCode.SPECIALITY_MISSING: "The authorisation never had the speciality.",
    ReasonCode.SPECIALITY_NOT_VALID: "The speciality is not valid, by itself or because its authorisation is not.",
    ReasonCode.NOT_VALID: "It is not valid, for a reason that the caller may not know.",
}
described(ReasonCode, "Why somebody may not practise or prescribe.", MEANINGS, name="PracticeReasonCode")
described(
    Subject,
    "What a reason concerns.",
    {
        Subject.PROFESSIONAL: "The person, in every profession.",
        Subject.AUTHORISATION: "The authorisation or licence, with all that hangs on it.",
        Subject.REQUISITION_RIGHT: "The right to prescribe alone.",
        Subject.SPECIALITY: "The speciality alone.",
        Subject.ADDITIONAL_COMPETENCE: "The additional competence alone.",
    },
    name="PracticeSubject",
)


@strawberry.type(description="Why something is not valid or, when it does not forbid, what is to be known with it.")
class PracticeReason:
    code: ReasonCode = strawberry.field(description="The reason, for programs.")
    forbids: bool = strawberry.field(description="False = only informs: the answer is yes all the same.")
    concerns: Subject = strawberry.field(description="What it concerns.")
    text: str = strawberry.field(description="The reason, for people; of a condition with its own words.")
    period: Period | None = strawberry.field(
        description="The period it rests on: of the authorisation, suspension, reaction …; null = none, or not shown."
    )
    coded_key: strawberry.Private[CodeKey | None]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, reason: Reason, instant: Instant) -> PracticeReason:
        meaning = MEANINGS[reason.code]
        return cls(
            code=reason.code,
            forbids=reason.forbids,
            concerns=reason.concerns,
            text=f"{meaning} {reason.note}" if reason.note else meaning,
            period=Period.of(reason.period) if reason.period else None,
            coded_key=reason.coded,
            instant=instant,
        )

    @strawberry.field(
        description="Code behind it: ended status, type of the reaction, condition, right or speciality, profession; "
        "null = none, or not shown."
    )
    async def coded(self, info: Info) -> Code | None:
        return await code_of(info, self.coded_key, self.instant)


def reasons_disclosed(info: Info, reasons: Iterable[Reason], instant: Instant) -> list[PracticeReason]:
    """`reasons` as the caller may know them."""
    return [PracticeReason.of(reason, instant) for reason in disclosed(info.context.caller, reasons)]
