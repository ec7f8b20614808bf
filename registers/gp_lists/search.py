"""Searching GP contracts: those in force at the instant, conditions joined by AND, in the order of their ids."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber, OrganisationNumber
from registers.core.validity import Instant, valid_at
from registers.database.search import Key
from registers.database.sessions import ReadSession
from registers.database.versions import known_at
from registers.gp_lists.models import GP, OPEN, CoopMunicipality, DoctorCycle, GpContract, PatientAssociation


@dataclass(frozen=True, slots=True)
class ContractSearch:
    """What to look for; None = anything."""

    municipality: CodeKey | None = None
    office_number: OrganisationNumber | None = None
    hpr_number: HprNumber | None = None
    status: CodeKey | None = None
    has_free_places: bool | None = None
    vacant: bool | None = None
    common_list: bool | None = None

    @property
    def key_types(self) -> tuple[type, ...]:
        """Of the key that `find` gives each row."""
        return (int,)


async def find(
    session: ReadSession, asked: ContractSearch, *, instant: Instant, after: Key | None, limit: int
) -> list[tuple[GpContract, Key]]:
    """Contracts in force with the key each has in the order: the id."""
    contract = known_at(GpContract, instant)
    statement = select(contract).where(*_conditions(contract, asked, instant)).order_by(contract.id).limit(limit)
    if after is not None:
        statement = statement.where(contract.id > after[0])
    return [(row, (row.id,)) for row in await session.scalars(statement)]


async def count(session: ReadSession, asked: ContractSearch, *, instant: Instant) -> int:
    """How many contracts `find` would find in all."""
    contract = known_at(GpContract, instant)
    statement = select(func.count()).select_from(contract).where(*_conditions(contract, asked, instant))
    return await session.scalar(statement) or 0


def _conditions(contract: type[GpContract], asked: ContractSearch, instant: Instant) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [valid_at(contract, instant.valid_at)]
    cycle = known_at(DoctorCycle, instant)
    lists = select(cycle.contract_id).where(valid_at(cycle, instant.valid_at))
    if asked.municipality is not None:
        coop = known_at(CoopMunicipality, instant)
        co_operating = select(coop.contract_id).where(coop.municipality == asked.municipality)
        found.append(or_(contract.municipality == asked.municipality, contract.id.in_(co_operating)))
    if asked.hpr_number is not None:
        found.append(contract.id.in_(lists.where(cycle.hpr_number == asked.hpr_number)))
    if asked.vacant is not None:
        with_gp = contract.id.in_(lists.where(cycle.relationship == GP))
        found.append(~with_gp if asked.vacant else with_gp)
    if asked.has_free_places is not None:
        free = func.coalesce(and_(contract.status == OPEN, contract.max_patients > _patients(contract, instant)), False)
        found.append(free if asked.has_free_places else ~free)
    for name in ("office_number", "status", "common_list"):
        value = getattr(asked, name)
        if value is not None:
            found.append(getattr(contract, name) == value)
    return found


def _patients(contract: type[GpContract], instant: Instant) -> ScalarSelect[int]:
    association = known_at(PatientAssociation, instant)
    return (
        select(func.count())
        .select_from(association)
        .where(association.contract_id == contract.id, valid_at(association, instant.valid_at))
        .scalar_subquery()
    )
