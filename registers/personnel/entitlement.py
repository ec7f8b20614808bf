"""Who may practise, prescribe and act as a specialist at a moment, and every reason why not.

Sources: helsepersonelloven chapters 9 to 11; the registers' reading of it (an authorisation is valid when its period
holds, no ended status is set, and neither suspension nor suspending reaction is active). A status counts at every
moment, because the register does not say when it was set. Pure functions over a loaded record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from registers.core.code_systems import AUTHORISATION_KINDS, REACTIONS
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import HprNumber
from registers.core.validity import OSLO, Period
from registers.personnel.models import AdministrativeReaction, Authorisation, Right, Suspension
from registers.personnel.record import AuthorisationRecord, HeldRight, ProfessionalRecord

NOON = time(12)  # periods begin and end at midnight, in whichever zone a source meant it
AGE_LIMIT_YEARS = 80  # an authorisation lapses on this birthday; a licence does not
AUTHORISATION_KIND = code_key(AUTHORISATION_KINDS, "1")  # every other kind is a licence
SUSPENDING_REACTIONS = frozenset(code_key(REACTIONS, type_) for type_ in ("1", "5", "8"))


class ReasonCode(Enum):
    """Why somebody may not practise; CONDITION and REPLACED_NUMBER only inform."""

    UNKNOWN_PROFESSIONAL = "UNKNOWN_PROFESSIONAL"
    REPLACED_NUMBER = "REPLACED_NUMBER"
    DECEASED = "DECEASED"
    NO_AUTHORISATION_IN_PROFESSION = "NO_AUTHORISATION_IN_PROFESSION"
    NOT_BEGUN = "NOT_BEGUN"
    PERIOD_OVER = "PERIOD_OVER"
    ENDED_STATUS = "ENDED_STATUS"
    SUSPENDED = "SUSPENDED"
    ADMINISTRATIVE_REACTION = "ADMINISTRATIVE_REACTION"
    AGE_LIMIT = "AGE_LIMIT"
    CONDITION = "CONDITION"
    RIGHT_MISSING = "RIGHT_MISSING"
    RIGHT_NOT_VALID = "RIGHT_NOT_VALID"
    SPECIALITY_MISSING = "SPECIALITY_MISSING"
    SPECIALITY_NOT_VALID = "SPECIALITY_NOT_VALID"
    NOT_VALID = "NOT_VALID"


class Subject(Enum):
    """What a reason concerns."""

    PROFESSIONAL = "PROFESSIONAL"
    AUTHORISATION = "AUTHORISATION"
    REQUISITION_RIGHT = "REQUISITION_RIGHT"
    SPECIALITY = "SPECIALITY"
    ADDITIONAL_COMPETENCE = "ADDITIONAL_COMPETENCE"


INFORMING = frozenset({ReasonCode.CONDITION, ReasonCode.REPLACED_NUMBER})
LACKS = {
    Subject.REQUISITION_RIGHT: (ReasonCode.RIGHT_MISSING, ReasonCode.RIGHT_NOT_VALID),
    Subject.SPECIALITY: (ReasonCode.SPECIALITY_MISSING, ReasonCode.SPECIALITY_NOT_VALID),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`period` is that of the row the reason rests on, `coded` its code: status, reaction, condition, right …"""

    code: ReasonCode
    concerns: Subject
    period: Period | None = None
    coded: CodeKey | None = None
    note: str | None = None

    @property
    def forbids(self) -> bool:
        return self.code not in INFORMING


@dataclass(frozen=True, slots=True)
class Question:
    """Is practice allowed in `profession` (9060), with the right (7701) and speciality (7426) where they are named?"""

    profession: CodeKey
    requisition_right: CodeKey | None = None
    speciality: CodeKey | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All reasons, those of the person first. `authorisation` is the best one, valid or not."""

    reasons: Sequence[Reason]
    authorisation: AuthorisationRecord | None = None

    @property
    def allowed(self) -> bool:
        return not forbidding(self.reasons)


def may_practise(
    record: ProfessionalRecord | None, question: Question, moment: datetime, *, asked_for: HprNumber
) -> Answer:
    """`record` is the surviving professional's; None = the number is unknown.

    The right and the speciality must hang on the same authorisation. Of several the best answers: one that allows,
    else one whose period holds, else the one with the fewest reasons.
    """
    unknown = Reason(ReasonCode.UNKNOWN_PROFESSIONAL, Subject.PROFESSIONAL)
    if record is None:
        return Answer([unknown])
    about = [Reason(ReasonCode.REPLACED_NUMBER, Subject.PROFESSIONAL)] if record.row.hpr_number != asked_for else []
    if record.row.reference_only:
        return Answer([*about, unknown])
    answers = [
        (authorisation, _reasons(record, authorisation, question, moment))
        for authorisation in record.authorisations
        if authorisation.row.profession == question.profession
    ]
    if not answers:
        missing = Reason(ReasonCode.NO_AUTHORISATION_IN_PROFESSION, Subject.PROFESSIONAL, coded=question.profession)
        return Answer([*about, *reasons_of_person(record, moment), missing])
    authorisation, reasons = min(answers, key=lambda answer: _rank(answer[0].row, answer[1], moment))
    return Answer([*about, *reasons], authorisation)


def reasons_of_person(record: ProfessionalRecord, moment: datetime) -> list[Reason]:
    """What hinders the person in every profession: death, a suspending reaction. The day of death is a day of life."""
    found = []
    died_on = record.row.died_on
    if died_on is not None and day_of(moment) > died_on:
        dead = Period(start_of(died_on + timedelta(days=1)))
        found.append(Reason(ReasonCode.DECEASED, Subject.PROFESSIONAL, dead))
    return found + _reactions(Subject.PROFESSIONAL, record.reactions, moment)


def reasons_of_authorisation(
    record: ProfessionalRecord, authorisation: AuthorisationRecord, moment: datetime
) -> list[Reason]:
    """Why an authorisation is not valid, the person's reasons first; then its conditions, which forbid nothing."""
    row = authorisation.row
    found = reasons_of_person(record, moment)
    found += _own(Subject.AUTHORISATION, row, authorisation.suspensions, authorisation.reactions, moment)
    born_on = record.row.born_on
    if row.kind == AUTHORISATION_KIND and born_on is not None and day_of(moment) >= (lapses_on := age_limit(born_on)):
        found.append(Reason(ReasonCode.AGE_LIMIT, Subject.AUTHORISATION, Period(start_of(lapses_on))))
    return found + [
        Reason(ReasonCode.CONDITION, Subject.AUTHORISATION, row.period, condition.type, condition.text)
        for condition in authorisation.conditions
    ]


def reasons_of_right(
    of_authorisation: Iterable[Reason], subject: Subject, right: HeldRight[Right], moment: datetime
) -> list[Reason]:
    """Why a right, speciality or competence is not valid: its authorisation's reasons, then its own."""
    return forbidding(of_authorisation) + _own(subject, right.row, right.suspensions, right.reactions, moment)


def forbidding(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.forbids]


def age_limit(born_on: date) -> date:
    """The birthday an authorisation lapses on; of those born on a leap day, 1 March in a common year."""
    year = born_on.year + AGE_LIMIT_YEARS
    if year > date.max.year:
        return date.max
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def day_of(moment: datetime) -> date:
    """The day in Norway."""
    try:
        return moment.astimezone(OSLO).date()
    except OverflowError:  # the last hour that can be written
        return moment.date()


def start_of(day: date) -> datetime:
    """The first instant of a day in Norway."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


def noon_of(day: date) -> datetime:
    """The instant at which a day as a whole is judged."""
    return datetime.combine(day, NOON, OSLO).astimezone(UTC)


def _reasons(
    record: ProfessionalRecord, authorisation: AuthorisationRecord, question: Question, moment: datetime
) -> list[Reason]:
    found = reasons_of_authorisation(record, authorisation, moment)
    holds = not forbidding(found)
    for subject, required, rights in (
        (Subject.REQUISITION_RIGHT, question.requisition_right, authorisation.requisition_rights),
        (Subject.SPECIALITY, question.speciality, authorisation.specialities),
    ):
        if required is not None:
            found += _lacking(subject, required, rights, moment, authorisation_holds=holds)
    return found


def _lacking(
    subject: Subject,
    required: CodeKey,
    rights: Sequence[HeldRight[Right]],
    moment: datetime,
    *,
    authorisation_holds: bool,
) -> list[Reason]:
    """Why the right or speciality `required` is missing or not valid; of several the reasons of the best one."""
    missing, not_valid = LACKS[subject]
    found = [
        (each, _own(subject, each.row, each.suspensions, each.reactions, moment))
        for each in rights
        if each.row.type == required
    ]
    if not found:
        return [Reason(missing, subject, coded=required)]
    best, own = min(found, key=lambda each: _rank(each[0].row, each[1], moment))
    if authorisation_holds and not own:
        return []
    return [Reason(not_valid, subject, best.row.period, required), *own]


def _own(
    subject: Subject,
    row: Authorisation | Right,
    suspensions: Iterable[Suspension],
    reactions: Iterable[AdministrativeReaction],
    moment: datetime,
) -> list[Reason]:
    """Why a row with a period and an ended status is not valid by itself."""
    found = []
    if moment < row.valid_from:
        found.append(Reason(ReasonCode.NOT_BEGUN, subject, row.period))
    elif not row.period.holds(moment):
        found.append(Reason(ReasonCode.PERIOD_OVER, subject, row.period))
    if row.ended_status is not None:
        found.append(Reason(ReasonCode.ENDED_STATUS, subject, row.period, row.ended_status))
    found += [
        Reason(ReasonCode.SUSPENDED, subject, suspension.period)
        for suspension in suspensions
        if suspension.period.holds(moment)
    ]
    return found + _reactions(subject, reactions, moment)


def _reactions(subject: Subject, reactions: Iterable[AdministrativeReaction], moment: datetime) -> list[Reason]:
    return [
        Reason(ReasonCode.ADMINISTRATIVE_REACTION, subject, reaction.period, reaction.type)
        for reaction in reactions
        if reaction.type in SUSPENDING_REACTIONS and reaction.period.holds(moment)
    ]


def _rank(row: Authorisation | Right, reasons: Sequence[Reason], moment: datetime) -> tuple[bool, bool, int]:
    """The least is the best. Of equal ones the latest wins: it comes first in its list."""
    against = forbidding(reasons)
    return bool(against), not row.period.holds(moment), len(reasons)
