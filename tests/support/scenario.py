"""Offices, doctors, lists and patients to be written into the database for a test. All numbers are synthetic."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Table, insert

from registers.changelog import append
from registers.changelog.append import Register
from registers.core.codes import code_key
from registers.core.identifiers import (
    EntryNumber,
    GpContractId,
    HerId,
    HprNumber,
    NationalId,
    OrganisationNumber,
    organisation_check_digit,
)
from registers.core.national_id import check_digits_of_national_id
from registers.database.base import Base
from registers.database.database import Database
from tests.conftest import NOW

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LAST_YEAR, NEXT_YEAR = NOW - timedelta(days=365), NOW + timedelta(days=365)
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
TENOR_MONTH = 80  # added to the month of synthetic persons' numbers


def synthetic_national_id(number: int) -> NationalId:
    """The `number`-th of a series of synthetic national ids (Tenor); every number gives another one."""
    tries = itertools.count(number * 20)  # one in six beginnings has no check digits
    for each in itertools.islice(tries, 20):
        days, individual = divmod(each, 500)
        months, day = divmod(days, 28)
        years, month = divmod(months, 12)
        first_nine = f"{day + 1:02}{month + 1 + TENOR_MONTH:02}{40 + years:02}{individual:03}"
        digits = check_digits_of_national_id(first_nine)
        if digits is not None:
            return NationalId(first_nine + digits)
    raise ValueError("no national id in this part of the series")


def synthetic_organisation_number(number: int) -> OrganisationNumber:
    """The `number`-th of a series of synthetic organisation numbers."""
    for last in range(10):
        first_eight = f"3{number:06}{last}"
        digit = organisation_check_digit(first_eight)
        if digit is not None:
            return OrganisationNumber(first_eight + digit)
    raise ValueError("no organisation number in this part of the series")


class Office(NamedTuple):
    """A GP office: its organisation, and its organisation party in the address register."""

    number: OrganisationNumber
    her_id: HerId


class Person(NamedTuple):
    """A person under our own number, with the national id in use and the former ones."""

    person_id: int
    national_id: NationalId
    former: tuple[NationalId, ...]


@dataclass(frozen=True)
class Period:
    """[since, until); open when `until` is None."""

    since: datetime = LONG_AGO
    until: datetime | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {"valid_from": self.since, "valid_to": self.until}


ALWAYS = Period()
ENDED, COMING = Period(LAST_YEAR, JUNE), Period(NEXT_YEAR)


class Scenario:
    """What a test needs to be in the register. Each method adds a record and returns what names it; `write` puts all
    that was added into the database, under one entry of the log. Records are numbered upwards from `start`: two
    scenarios of one test need ranges of their own.
    """

    def __init__(self, *, start: int = 1) -> None:
        self._numbers = itertools.count(start)
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: str, **columns: Any) -> None:
        """Any row."""
        self._rows[table].append(columns)

    def office(self, *, name: str = "Legekontoret") -> Office:
        """An organisation with its organisation party."""
        number = synthetic_organisation_number(next(self._numbers))
        self.add(
            "organisations",
            organisation_number=number,
            check_digit_holds=True,
            reference_only=False,
            kind="underenhet",
            name=name,
            **ALWAYS.columns,
        )
        return Office(number, self._party("ORGANISATION", name=name, organisation_number=number))

    def party_of_doctor(
        self, office: Office, hpr_number: HprNumber, *, active: bool = True, valid: Period = ALWAYS
    ) -> HerId:
        """The party by which the doctor is written to at the office."""
        return self._party("PERSON", parent_her_id=office.her_id, hpr_number=hpr_number, active=active, valid=valid)

    def vacant_list_service(
        self, office: Office, *, system: str = "8666", active: bool = True, valid: Period = ALWAYS
    ) -> HerId:
        """The party by which the office is written to about its lists without a GP."""
        service_type = code_key(system, "KX17")
        return self._party(
            "SERVICE", parent_her_id=office.her_id, service_type=service_type, active=active, valid=valid
        )

    def _party(self, kind: str, *, active: bool = True, valid: Period = ALWAYS, **columns: Any) -> HerId:
        her_id = HerId(next(self._numbers))
        defaults = dict.fromkeys(("parent_her_id", "organisation_number", "hpr_number", "service_type"))
        self.add(
            "communication_parties",
            her_id=her_id,
            kind=kind,
            reference_only=False,
            active=active,
            messaging_valid=True,
            transport="INHERITED",
            **valid.columns,
            **{"name": f"Part {her_id}"} | defaults | columns,
        )
        return her_id

    def doctor(self) -> HprNumber:
        hpr_number = HprNumber(next(self._numbers))
        self.add("health_professionals", hpr_number=hpr_number, reference_only=False, last_name=f"Lege {hpr_number}")
        return hpr_number

    def contract(self, office: Office | None, *, valid: Period = ALWAYS, **columns: Any) -> GpContractId:
        """An open list of an Oslo GP for a thousand patients, unless `columns` say otherwise."""
        contract_id = GpContractId(next(self._numbers))
        self.add(
            "gp_contracts",
            id=contract_id,
            office_number=office.number if office else None,
            **valid.columns,
            **{
                "reference_only": False,
                "status": "7751/FAAA",
                "municipality": "3402/0301",
                "max_patients": 1000,
                "patients_on_waiting_list": 0,
                "common_list": False,
                "fixed_salary": False,
                "team_id": None,
            }
            | columns,
        )
        return contract_id

    def cycle(
        self,
        contract_id: GpContractId,
        hpr_number: HprNumber,
        relationship: str = "LPFL",
        *,
        valid: Period = ALWAYS,
        days: tuple[int, ...] = (),
        substitute_for: HprNumber | None = None,
    ) -> int:
        """A doctor on a list, by default as GP (LPFL)."""
        cycle_id = next(self._numbers)
        self.add(
            "doctor_cycles",
            id=cycle_id,
            contract_id=contract_id,
            hpr_number=hpr_number,
            relationship=code_key("7750", relationship),
            substitute_for=substitute_for,
            working_on_days=list(days),
            **valid.columns,
        )
        return cycle_id

    def person(self, *, protection: str = "none", former_numbers: int = 0) -> Person:
        """A person on no list, with so many former national ids."""
        person_id = next(self._numbers)
        self.add(
            "persons",
            person_id=person_id,
            first_name="Prøve",
            last_name=f"Person {person_id}",
            born_on=date(1980, 1, 1),
            protection=protection,
        )
        numbers = [synthetic_national_id(next(self._numbers)) for _ in range(former_numbers + 1)]
        for national_id in numbers:
            self.add(
                "person_national_ids",
                national_id=national_id,
                person_id=person_id,
                current=national_id == numbers[0],
                holds=True,
            )
        return Person(person_id, numbers[0], tuple(numbers[1:]))

    def on_list(self, person: Person, contract_id: GpContractId, *, valid: Period = ALWAYS) -> int:
        """The person's association with the list."""
        association_id = next(self._numbers)
        self.add(
            "patient_associations",
            id=association_id,
            contract_id=contract_id,
            person_id=person.person_id,
            **valid.columns,
        )
        return association_id

    async def write(self, database: Database, *, key: str = "scenario") -> EntryNumber:
        """Writes what was added since the last time. Returns its entry."""
        async with database.writing() as session:
            entry = await append.append(
                session, register=Register.GP_LISTS, key=key, action="GpContractCreated", caller="test"
            )
            for table in Base.metadata.sorted_tables:
                if self._rows[table.name]:
                    await session.execute(insert(table), self._rows[table.name])
        self._rows.clear()
        return entry


async def change(database: Database, table_name: str, where: dict[str, Any], **columns: Any) -> EntryNumber:
    """Changes one row under an entry of its own; without columns it is deleted."""
    table: Table = Base.metadata.tables[table_name]
    conditions = [table.c[name] == value for name, value in where.items()]
    async with database.writing() as session:
        entry = await append.append(
            session, register=Register.GP_LISTS, key="change", action="GpContractUpdated", caller="test"
        )
        statement = table.update().values(columns) if columns else table.delete()
        await session.execute(statement.where(*conditions))
    return entry
