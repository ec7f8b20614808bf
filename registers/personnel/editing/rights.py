"""Every change of what hangs on an authorisation: rights to prescribe, specialities, additional competences.

Each change returns the HPR number, the key of the record in the log, and raises Refused.
"""

from dataclasses import dataclass
from datetime import datetime

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.core.code_systems import ADDITIONAL_COMPETENCES, COUNTRIES, REQUISITION_RIGHTS, SPECIALITIES
from registers.core.codes import CodeKey
from registers.core.identifiers import EntryNumber, HprNumber, HprPartId
from registers.core.validity import Period
from registers.editing.periods import validated_period
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.transaction import EditTransaction
from registers.personnel.editing.granting import check_begins, check_can_be_lifted, check_no_overlap, validated_ending
from registers.personnel.editing.parts import own_part, part_id_of
from registers.personnel.editing.professionals import UPDATED, professional_to_change, write_update
from registers.personnel.editing.rules import HAS_ENDED, OUTSIDE_AUTHORISATION
from registers.personnel.models import AdditionalCompetence, Authorisation, RequisitionRight, Right, Speciality
from registers.personnel.repository import current


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of right, in the wide sense: rights to prescribe, specialities and competences."""

    model: type[Right]
    system: str  # of its types
    path: str  # the argument that names one
    granted: str = UPDATED  # action in the log


RIGHT = Kind(RequisitionRight, REQUISITION_RIGHTS, "requisitionRight")
SPECIALITY = Kind(Speciality, SPECIALITIES, "speciality")
COMPETENCE = Kind(AdditionalCompetence, ADDITIONAL_COMPETENCES, "additionalCompetence", "SpecialCompetenceAdded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A right to grant; `end` None = that of the authorisation. Only a speciality has a country."""

    type: str
    start: datetime
    end: datetime | None
    converted_from_country: str | None = None  # 9043


async def grant(
    transaction: EditTransaction,
    kind: Kind,
    number: HprNumber,
    expected: EntryNumber,
    authorisation: HprPartId,
    terms: Granted,
) -> str:
    person = await professional_to_change(transaction, number, expected)
    above = await own_part(transaction, number, authorisation, Authorisation, path="authorisation")
    type_ = await usable(transaction, kind.system, terms.type, "input", "type")
    further: dict[str, CodeKey | None] = {}
    if kind is SPECIALITY:
        further["converted_from_country"] = await usable_or_none(
            transaction, COUNTRIES, terms.converted_from_country, "input", "convertedFromCountry"
        )
    period = _period(transaction, above, terms.start, terms.end)
    _check_above(transaction, above, "authorisation")
    check_begins(transaction, person, period.start, "input", "period", "from")
    await _check_no_overlap(transaction, kind, above, type_, period)
    await write_update(transaction, number, kind.granted)
    transaction.session.add(
        kind.model(authorisation_id=above.id, type=type_, valid_from=period.start, valid_to=period.end, **further)
    )
    return str(number)


async def change(
    transaction: EditTransaction,
    kind: Kind,
    number: HprNumber,
    expected: EntryNumber,
    part: HprPartId,
    *,
    period: Period | None,
    lift_ending: bool,
) -> str:
    """Changes the period, None = stays, or lifts an ended status that was a mistake."""
    person = await professional_to_change(transaction, number, expected)
    row = await own_part(transaction, number, part, kind.model, path=kind.path)
    above = await transaction.session.get_one(Authorisation, row.authorisation_id)
    if lift_ending:
        check_can_be_lifted(transaction, row)
        _check_above(transaction, above, kind.path)
    target = row.period
    if period is not None:
        target = _period(transaction, above, period.start, period.end)
    if target.start != row.valid_from:
        check_begins(transaction, person, target.start, "input", "period", "from")
    if lift_ending or (row.ended_status is None and not row.period.contains(target)):
        await _check_no_overlap(transaction, kind, above, row.type, target, apart_from=row)
    if target == row.period and not lift_ending:
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, number)
    row.valid_from, row.valid_to = target.start, target.end
    if lift_ending:
        row.ended_status = None
    return str(number)


async def end(
    transaction: EditTransaction,
    kind: Kind,
    number: HprNumber,
    expected: EntryNumber,
    part: HprPartId,
    *,
    ended_status: str | None,
    to: datetime | None,
) -> str:
    await professional_to_change(transaction, number, expected)
    row = await own_part(transaction, number, part, kind.model, path=kind.path)
    status, valid_to = await validated_ending(transaction, row, ended_status, to)
    await write_update(transaction, number)
    row.ended_status, row.valid_to = status, valid_to
    return str(number)


def _period(transaction: EditTransaction, above: Authorisation, start: datetime, end: datetime | None) -> Period:
    """From `start` to `end`, None = to the end of the authorisation. Adds a problem when it lies outside of that."""
    period = validated_period(transaction.problems, start, end, "input", "period")
    period = Period(start, above.valid_to) if end is None else period
    if not above.period.contains(period) or not above.period.holds(start):
        transaction.problems.add(OUTSIDE_AUTHORISATION, "input", "period", value=part_id_of(above))
    return period


def _check_above(transaction: EditTransaction, above: Authorisation, *path: str) -> None:
    """Adds a problem when the authorisation has an ended status."""
    if above.ended_status is not None:
        transaction.problems.add(HAS_ENDED, *path, value=part_id_of(above))


async def _check_no_overlap(
    transaction: EditTransaction,
    kind: Kind,
    above: Authorisation,
    type_: CodeKey,
    period: Period,
    *,
    apart_from: Right | None = None,
) -> None:
    alike = await current.rights_of_type(transaction.session, kind.model, above, type_)
    check_no_overlap(transaction, period, alike, "input", "period", apart_from=apart_from)
