"""Patients of lists in the graph. Every field here needs a purpose: `access.policy` closes these types without one."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedGpContract
from registers.api.graph.pagination import Connection, connection, page_size, read_cursor
from registers.api.graph.period import Period
from registers.changelog.append import Register
from registers.changelog.graph.entries import LAST_ENTRY, last_entry_of
from registers.code_systems.graph.codes import Code, code_of
from registers.core.errors import BadInput
from registers.core.identifiers import EntryNumber, NationalId
from registers.core.validity import Instant
from registers.database.search import Key
from registers.gp_lists import edges, models
from registers.gp_lists.log_keys import person_key
from registers.gp_lists.repository.patients import PageKey, PatientCount, PatientPage, PersonRecord

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

described(
    models.Protection,
    "How a person's address is protected.",
    {
        models.Protection.NONE: "Not at all.",
        models.Protection.CLIENT: "Client address: lives in an institution; no threat.",
        models.Protection.CONFIDENTIAL: "Confidential (fortrolig): hidden from private parties.",
        models.Protection.STRICTLY_CONFIDENTIAL: "Strictly confidential (strengt fortrolig): hidden from nearly all.",
    },
    name="AddressProtection",
)


@strawberry.type(description="A person who is or was on a GP list.")
class Patient:
    first_name: str | None = strawberry.field(description="First name; null = not given.")
    middle_name: str | None = strawberry.field(description="Middle name; null = none.")
    last_name: str | None = strawberry.field(description="Last name; null = not given.")
    born_on: date | None = strawberry.field(description="From the register's own field, never from a number.")
    died_on: date | None = strawberry.field(description="Day of death; null = none known.")
    address_protection: models.Protection = strawberry.field(description="How the address is protected.")
    row: strawberry.Private[models.Person]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.Person, instant: Instant) -> Patient:
        return cls(
            first_name=row.first_name,
            middle_name=row.middle_name,
            last_name=row.last_name,
            born_on=row.born_on,
            died_on=row.died_on,
            address_protection=models.Protection(row.protection),
            row=row,
            instant=instant,
        )

    @strawberry.field(description=LAST_ENTRY)
    async def last_entry(self, info: Info) -> EntryNumber:
        key = person_key(self.row.person_id)
        return await last_entry_of(info, Register.GP_LISTS, key, self.instant, self.row.since_entry)

    @strawberry.field(description="Sex (3101), never from a number; null = not given.")
    async def sex(self, info: Info) -> Code | None:
        return await code_of(info, self.row.sex, self.instant)


async def patient_of(info: Info, person_id: int, instant: Instant) -> Patient | None:
    """The person with a number, which is our own."""
    found = await info.context.load(edges.PERSON, instant, person_id)
    return Patient.of(found.person, instant) if found else None


async def national_id_of(info: Info, person_id: int, instant: Instant) -> NationalId | None:
    """The national id that this person has now."""
    found = await info.context.load(edges.PERSON, instant, person_id)
    return found.national_id if found else None


@strawberry.type(description="One patient's period on a list. Source: FLR, PatientToGPContractAssociation.")
class PatientOnContract:
    valid: Period = strawberry.field(description="The period.")
    active: bool = strawberry.field(description="Whether it holds at the instant asked for.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of the association.")
    row: strawberry.Private[models.PatientAssociation]
    instant: strawberry.Private[Instant]
    person: strawberry.Private[PersonRecord | None]
    """None = not read yet. A page of a list is read with its persons: 400 edges, each a task of its own, would take a
    third of the time."""

    @classmethod
    def of(
        cls, row: models.PatientAssociation, instant: Instant, person: PersonRecord | None = None
    ) -> PatientOnContract:
        period = row.period
        return cls(
            valid=Period.of(period),
            active=period.holds(instant.valid_at),
            last_entry=row.since_entry,
            row=row,
            instant=instant,
            person=person,
        )

    @strawberry.field(description="The list.")
    async def contract(self, info: Info) -> LinkedGpContract | None:
        return await info.context.objects.load(info, links.GP_CONTRACT, self.row.contract_id, self.instant)

    @strawberry.field(description="The patient.", graphql_type=Patient | None)
    def patient(self, info: Info) -> Patient | Awaitable[Patient | None]:
        if self.person is not None:
            return Patient.of(self.person.person, self.instant)
        return patient_of(info, self.row.person_id, self.instant)

    @strawberry.field(
        description="The national id in use; null when the person has none.", graphql_type=NationalId | None
    )
    def national_id(self, info: Info) -> NationalId | Awaitable[NationalId | None] | None:
        if self.person is not None:
            return self.person.national_id
        return national_id_of(info, self.row.person_id, self.instant)

    @strawberry.field(description="Why it began (7754); null = not given.")
    async def begin_code(self, info: Info) -> Code | None:
        return await code_of(info, self.row.begin_code, self.instant)

    @strawberry.field(description="Why it ended (7753); null unless the person left the scheme.")
    async def end_code(self, info: Info) -> Code | None:
        return await code_of(info, self.row.end_code, self.instant)


async def patients_of(
    info: Info, row: models.GpContract, instant: Instant, *, with_protected: bool, first: int, after: str | None
) -> Connection[PatientOnContract]:
    """Patients of a list at the instant, longest on it first."""
    size = page_size(first)
    page = PatientPage(row.id, instant.valid_at, with_protected, size + 1, read_page_key(after))
    rows = await info.context.load(edges.PATIENTS_OF_CONTRACT, instant, page) or []

    async def count() -> int:
        key = PatientCount(row.id, instant.valid_at, with_protected)
        return await info.context.load(edges.PATIENT_COUNT, instant, key) or 0

    found = [(PatientOnContract.of(each, instant, person), page_key_of(each)) for each, person in rows]
    return connection(found, first=size, count=count)


def associations_page(
    rows: list[models.PatientAssociation], instant: Instant, *, first: int, after: str | None
) -> Connection[PatientOnContract]:
    """A page of one person's associations, newest first."""
    size, last_key = page_size(first), read_page_key(after)
    newest_first = sorted(rows, key=lambda row: (row.valid_from, row.id), reverse=True)
    behind = [row for row in newest_first if last_key is None or (row.valid_from, row.id) < last_key]

    async def count() -> int:
        return len(rows)

    found = [(PatientOnContract.of(row, instant), page_key_of(row)) for row in behind[: size + 1]]
    return connection(found, first=size, count=count)


def page_key_of(row: models.PatientAssociation) -> Key:
    """What a cursor holds: start in microseconds since 1970, id of the association; nothing of the person."""
    return ((row.valid_from - EPOCH) // MICROSECOND, row.id)


def read_page_key(after: str | None) -> PageKey | None:
    """The key in a cursor; None for none. Raises BadInput."""
    key = read_cursor(after, int, int)
    if key is None:
        return None
    try:
        return EPOCH + int(key[0]) * MICROSECOND, int(key[1])
    except OverflowError:
        raise BadInput("after: not a cursor of this list") from None
