"""Persons and their associations with lists, as known at an instant. Who may see a row is decided where it is
shown, in `graph/patients.py` and `graph/patient_gp.py`.

Whether a person is protected is read from the current row, also for a question about an earlier time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from registers.core.identifiers import GpContractId, NationalId
from registers.core.validity import Instant, valid_at
from registers.database.rows_by_key import among, grouped, prepared_once
from registers.database.sessions import ReadSession
from registers.database.versions import known_at
from registers.gp_lists.models import PROTECTED, PatientAssociation, Person, PersonNationalId

UNPROTECTED = Person.protection.not_in(
    bindparam("protected", PROTECTED, expanding=True, literal_execute=True)  # planned as what they are: rare values
)


def unprotected(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that the person with this number is not protected, as a look-up for each row: made a join,
    PostgreSQL reads all persons."""
    persons = aliased(Person)
    protection = select(persons.protection).where(persons.person_id == person_id).scalar_subquery()
    return protection.not_in(PROTECTED)


PageKey = tuple[datetime, int]
"""Where an association stands in its list: start, then id."""


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """A person found by a national id, with the associations of all times, oldest first."""

    person_id: int
    protected: bool
    by_former_number: bool
    associations: tuple[PatientAssociation, ...]

    def association_at(self, moment: datetime) -> PatientAssociation | None:
        return next((each for each in self.associations if each.period.holds(moment)), None)


async def by_national_id(
    session: ReadSession, national_ids: Collection[NationalId], *, instant: Instant
) -> dict[NationalId, PatientRecord]:
    """Persons by a national id, the one in use or a former one: either gives the same. Unknown ones are absent."""
    rows = await session.execute(_by_national_id(instant), {"national_id": list(national_ids)})
    found = grouped((_AssociationOfPerson(*row) for row in rows), lambda row: row.national_id)
    return {
        national_id: PatientRecord(
            person_id=of_person[0].person_id,
            protected=of_person[0].protection in PROTECTED,
            by_former_number=not of_person[0].current,
            associations=tuple(row.association for row in of_person if row.association is not None),
        )
        for national_id, of_person in found.items()
    }


class _AssociationOfPerson(NamedTuple):
    """One row of the answer: a person has as many as associations, and one without any where there is none."""

    national_id: NationalId
    current: bool
    protection: str
    association: PatientAssociation | None
    person_id: int


@prepared_once
def _by_national_id(instant: Instant) -> Select[NationalId, bool, str, PatientAssociation, int]:
    number, association = known_at(PersonNationalId, instant), known_at(PatientAssociation, instant)
    return (
        select(number.national_id, number.current, Person.protection, association, number.person_id)
        .join(Person, Person.person_id == number.person_id)
        .outerjoin(association, association.person_id == number.person_id)
        .where(among(number.national_id))
        .order_by(association.valid_from)
    )


class PersonRecord(NamedTuple):
    """A person with the national id in use; None when there is none."""

    person: Person
    national_id: NationalId | None


async def persons(session: ReadSession, ids: Collection[int], *, instant: Instant) -> dict[int, PersonRecord]:
    """Persons by our own number."""
    rows = await session.execute(_persons(instant), {"person_id": list(ids)})
    return {person.person_id: PersonRecord(person, national_id) for person, national_id in rows}


@prepared_once
def _persons(instant: Instant) -> Select[Person, NationalId]:
    person, number = known_at(Person, instant), known_at(PersonNationalId, instant)
    return (
        select(person, number.national_id)
        .outerjoin(number, and_(number.person_id == person.person_id, number.current))
        .where(among(person.person_id))
    )


async def associations_of(
    session: ReadSession, person_ids: Collection[int], *, instant: Instant
) -> dict[int, list[PatientAssociation]]:
    """Associations of each person at all times. Persons without any are absent."""
    rows = await session.scalars(_associations_of(instant), {"person_id": list(person_ids)})
    return grouped(rows, lambda row: row.person_id)


@prepared_once
def _associations_of(instant: Instant) -> Select[PatientAssociation]:
    association = known_at(PatientAssociation, instant)
    return select(association).where(among(association.person_id))


@dataclass(frozen=True, slots=True)
class PatientPage:
    """A page of a list asked for: at most `limit` associations that hold at `moment`, behind `after`."""

    contract_id: GpContractId
    moment: datetime
    with_protected: bool
    limit: int
    after: PageKey | None


class OnList(NamedTuple):
    """An association with its person: a page is asked for to see who is on it."""

    association: PatientAssociation
    person: PersonRecord


async def pages(
    session: ReadSession, asked: Collection[PatientPage], *, instant: Instant
) -> dict[PatientPage, list[OnList]]:
    """Patients of each list in order of start and id. Pages alike in all but the list cost one statement."""
    found: dict[PatientPage, list[OnList]] = {}
    for (moment, with_protected, limit, after), alike in _alike(asked).items():
        lists = [page.contract_id for page in alike]
        values: dict[str, object] = {"contract_id": lists, "moment": moment, "most": limit}
        if after is not None:
            values |= {"after_start": after[0], "after_id": after[1]}
        rows = await session.execute(_pages(instant, with_protected, after is not None), values)
        patients = (OnList(association, PersonRecord(person, number)) for association, person, number in rows)
        for contract_id, on_list in grouped(patients, lambda each: each.association.contract_id).items():
            found[PatientPage(contract_id, moment, with_protected, limit, after)] = on_list
    return found


@prepared_once
def _pages(instant: Instant, with_protected: bool, behind: bool) -> Select[PatientAssociation, Person, NationalId]:
    association = known_at(PatientAssociation, instant)
    person, number = known_at(Person, instant), known_at(PersonNationalId, instant)
    asked = func.unnest(bindparam("contract_id", type_=ARRAY(BigInteger))).table_valued("contract_id").render_derived()
    moment, most = bindparam("moment", type_=TIMESTAMP(timezone=True)), bindparam("most", type_=BigInteger)
    order = (association.valid_from, association.id)
    page = select(association).where(association.contract_id == asked.c.contract_id, valid_at(association, moment))
    if behind:
        start = bindparam("after_start", type_=TIMESTAMP(timezone=True))
        page = page.where(tuple_(*order) > tuple_(start, bindparam("after_id", type_=BigInteger)))
    if not with_protected:
        page = page.join(Person, Person.person_id == association.person_id).where(UNPROTECTED)
    on_list = aliased(PatientAssociation, page.order_by(*order).limit(most).lateral())
    return (
        select(on_list, person, number.national_id)
        .select_from(asked)
        .join(on_list, true())
        .join(person, person.person_id == on_list.person_id)
        .outerjoin(number, and_(number.person_id == on_list.person_id, number.current))
        .order_by(on_list.valid_from, on_list.id)
    )


def _alike(asked: Iterable[PatientPage]) -> dict[tuple[datetime, bool, int, PageKey | None], list[PatientPage]]:
    return grouped(asked, lambda page: (page.moment, page.with_protected, page.limit, page.after))


class PatientCount(NamedTuple):
    """How many patients a list has at a moment, asked for with or without protected persons."""

    contract_id: GpContractId
    moment: datetime
    with_protected: bool


async def counts(session: ReadSession, asked: Collection[PatientCount], *, instant: Instant) -> dict[PatientCount, int]:
    """Patients on each list at its moment; empty lists are absent."""
    association = known_at(PatientAssociation, instant)
    found: dict[PatientCount, int] = {}
    for with_protected, alike in grouped(asked, lambda each: each.with_protected).items():
        target = (
            func.unnest(
                literal([each.contract_id for each in alike], ARRAY(BigInteger)),
                literal([each.moment for each in alike], ARRAY(TIMESTAMP(timezone=True))),
            )
            .table_valued(column("contract_id", BigInteger), column("moment", TIMESTAMP(timezone=True)))
            .render_derived()
        )
        on_list = and_(
            association.contract_id == target.c.contract_id,
            association.valid_from <= target.c.moment,
            or_(association.valid_to.is_(None), association.valid_to > target.c.moment),
        )
        statement = select(target.c.contract_id, target.c.moment, func.count()).join(association, on_list)
        if not with_protected:
            statement = statement.join(Person, Person.person_id == association.person_id)
            statement = statement.where(UNPROTECTED)
        rows = await session.execute(statement.group_by(target.c.contract_id, target.c.moment))
        found.update({PatientCount(list_id, moment, with_protected): count for list_id, moment, count in rows})
    return found
