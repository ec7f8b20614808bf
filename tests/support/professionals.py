"""Professionals from plain data, in memory and in the database.

A person is a dict; what is left out is as in `PERSON`, `AUTHORISATION` and `RIGHT`. Periods are pairs of days in
Norway, `None` = open, or pairs of instants.
"""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog import append
from registers.core.identifiers import EntryNumber
from registers.database.database import Database
from registers.personnel import models
from registers.personnel.record import AuthorisationRecord, HeldRight, ProfessionalRecord

OSLO = ZoneInfo("Europe/Oslo")
ALWAYS = ("1990-01-01", None)
PERSON: dict[str, Any] = {"authorisations": (), "reactions": ()}
AUTHORISATION: dict[str, Any] = {
    "profession": "LE",
    "kind": "1",
    "valid": ALWAYS,
    "ended": None,
    "suspensions": (),
    "reactions": (),
    "conditions": (),
    "rights": (),
    "specialities": (),
    "competences": (),
}
RIGHT: dict[str, Any] = {"type": "1", "valid": ALWAYS, "ended": None, "suspensions": (), "reactions": ()}
SYSTEMS = {models.RequisitionRight: "7701", models.Speciality: "7426", models.AdditionalCompetence: "7702"}


def midnight(day: str) -> datetime:
    """The first instant of a day in Norway."""
    return datetime.combine(date.fromisoformat(day), time(), OSLO).astimezone(UTC)


def instants(period: tuple[Any, Any]) -> dict[str, Any]:
    start, end = (midnight(each) if isinstance(each, str) else each for each in period)
    return {"valid_from": start, "valid_to": end}


def record(hpr_number: int, **person: Any) -> ProfessionalRecord:
    """The rows of a person, not stored: what `repository.holdings` would load, with the person."""
    person = {**PERSON, **person}
    authorisations, reactions = person.pop("authorisations"), person.pop("reactions")
    row = models.HealthProfessional(hpr_number=hpr_number, **{"reference_only": False, **person})
    return ProfessionalRecord(
        row=row,
        authorisations=_latest_first([_authorisation({**AUTHORISATION, **each}) for each in authorisations]),
        reactions=[_reaction(*each) for each in reactions],
    )


def _authorisation(given: dict[str, Any]) -> AuthorisationRecord:
    return AuthorisationRecord(
        row=models.Authorisation(
            profession=f"9060/{given['profession']}",
            kind=f"7704/{given['kind']}",
            ended_status=_status(given["ended"]),
            **instants(given["valid"]),
        ),
        requisition_rights=_latest_first([_right(models.RequisitionRight, each) for each in given["rights"]]),
        specialities=_latest_first([_right(models.Speciality, each) for each in given["specialities"]]),
        competences=_latest_first([_right(models.AdditionalCompetence, each) for each in given["competences"]]),
        suspensions=[models.Suspension(**instants(each)) for each in given["suspensions"]],
        reactions=[_reaction(*each) for each in given["reactions"]],
        conditions=[models.Condition(text=each) for each in given["conditions"]],
    )


def _right(model: Any, given: dict[str, Any]) -> HeldRight[Any]:
    given = {**RIGHT, **given}
    return HeldRight(
        model(
            type=f"{SYSTEMS[model]}/{given['type']}",
            ended_status=_status(given["ended"]),
            **instants(given["valid"]),
        ),
        [models.Suspension(**instants(each)) for each in given["suspensions"]],
        [_reaction(*each) for each in given["reactions"]],
    )


def _status(value: str | None) -> str | None:
    return None if value is None else f"avsluttet_status/{value}"


def _reaction(type_: str, period: tuple[Any, Any]) -> models.AdministrativeReaction:
    return models.AdministrativeReaction(type=f"administrativ_reaksjon/{type_}", **instants(period))


def _latest_first(records: list[Any]) -> list[Any]:
    return sorted(records, key=lambda each: each.row.valid_from, reverse=True)


async def add(database: Database, *people: dict[str, Any], rows: Any = ()) -> EntryNumber:
    """Stores other `rows` and then people, one entry each. Returns the number of the last entry."""
    async with database.writing() as session:
        numbers = await append.append_all(
            session,
            [append.Change(append.Register.PERSONNEL, str(each["hpr_number"]), "Added") for each in people],
            caller="test",
        )
        session.add_all(rows)
        await session.flush()
        for number, person in zip(numbers, people, strict=True):
            await append.write_under(session, number)
            await _store(session, record(**person))
    return numbers[-1]


async def _store(session: AsyncSession, whole: ProfessionalRecord) -> None:
    async def below(rows: Any, **subject: int) -> None:
        for row in rows:
            for column, key in subject.items():
                setattr(row, column, key)
            session.add(row)
        await session.flush()

    number = whole.row.hpr_number
    await below([whole.row])
    await below(whole.reactions, hpr_number=number)
    for each in reversed(whole.authorisations):  # the latest gets the highest id
        await below([each.row], hpr_number=number)
        id_ = each.row.id
        await below(each.suspensions, authorisation_id=id_)
        await below(each.reactions, authorisation_id=id_)
        await below(each.conditions, authorisation_id=id_)
        await below([right.row for right in each.competences], authorisation_id=id_)
        for column, rights in (("requisition_right_id", each.requisition_rights), ("speciality_id", each.specialities)):
            for right in rights:
                await below([right.row], authorisation_id=id_)
                await below([*right.suspensions, *right.reactions], **{column: right.row.id})
