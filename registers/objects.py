"""The objects one register gives another, and those that can be fetched again by their global id.

This file alone knows all registers. `app.py` puts `RegisterObjects` into the context of every request.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, TypeVar

from registers.all_tables import LOGGED
from registers.api.graph import links
from registers.api.graph.context import Info, Link
from registers.api.graph.edges import Edge
from registers.changelog import field_changes
from registers.changelog.append import Register
from registers.changelog.change import Entries
from registers.changelog.field_changes import Asked, FieldChanges
from registers.changelog.graph.entries import CHANGES_OF_ENTRY
from registers.changelog.graph.queries import REGISTER_SIZE
from registers.code_systems import repository as code_systems
from registers.communication_parties import edges as party_edges
from registers.communication_parties.graph.parties import CommunicationParty, party_of
from registers.communication_parties.repository import parties
from registers.core.identifiers import (
    HprNumber,
    NationalId,
    OrganisationNumber,
    parse_gp_contract_id,
    parse_her_id,
    parse_hpr_number,
    parse_organisation_number,
    parse_resh_id,
)
from registers.core.validity import Instant
from registers.database.sessions import ReadSession
from registers.gp_lists import edges as gp_list_edges
from registers.gp_lists.graph.contracts import GpContract, gp_contract_of
from registers.gp_lists.graph.doctors import GpOnContract
from registers.gp_lists.repository import contracts as gp_lists
from registers.impact.graph.impact import Impact
from registers.organisations import edges as organisation_edges
from registers.organisations.graph.organisations import organisation_of
from registers.organisations.graph.resh_units import ReshUnit, resh_unit_of
from registers.organisations.repository import organisations
from registers.personnel.graph.professionals import professional_of, surviving_of
from registers.personnel.repository import professionals as personnel

K = TypeVar("K")
V = TypeVar("V")
Load = Callable[[Info, K, Instant], Awaitable[V]]


async def parties_of_organisation(info: Info, number: OrganisationNumber, instant: Instant) -> list[CommunicationParty]:
    """Oldest HER-id first."""
    rows = await info.context.load(party_edges.PARTIES_OF_ORGANISATION, instant, number) or []
    return [CommunicationParty.of(row, instant) for row in rows]


async def parties_of_professional(
    info: Info, numbers: Sequence[HprNumber], instant: Instant
) -> list[CommunicationParty]:
    """Oldest HER-id first. `numbers` are all that lead to one professional."""
    found = await info.context.load_many(party_edges.PARTIES_OF_PROFESSIONAL, instant, numbers)
    rows = sorted((row for rows in found for row in rows or []), key=lambda row: row.her_id)
    return [CommunicationParty.of(row, instant) for row in rows]


async def resh_units_of_organisation(info: Info, number: OrganisationNumber, instant: Instant) -> list[ReshUnit]:
    """By RESH-id."""
    rows = await info.context.load(organisation_edges.RESH_UNITS_OF_ORGANISATION, instant, number) or []
    return [ReshUnit.of(row, instant) for row in rows]


async def gp_contracts_of_office(info: Info, number: OrganisationNumber, instant: Instant) -> list[GpContract]:
    """By id, ended and coming ones too."""
    rows = await info.context.load(gp_list_edges.GP_CONTRACTS_OF_OFFICE, instant, number) or []
    return [GpContract.of(row, instant) for row in rows]


async def gp_on_contracts(info: Info, numbers: Sequence[HprNumber], instant: Instant) -> list[GpOnContract]:
    """Latest start first. `numbers` are all that lead to one professional."""
    found = await info.context.load_many(gp_list_edges.DOCTOR_CYCLES_OF_PROFESSIONAL, instant, numbers)
    rows = (row for rows in found for row in rows or [])
    latest_first = sorted(rows, key=lambda row: (row.valid_from, row.id), reverse=True)
    return [GpOnContract.of(row, instant) for row in latest_first]


async def person_id_of(info: Info, national_id: NationalId, instant: Instant) -> int | None:
    record = await info.context.load(gp_list_edges.PATIENT, instant, national_id)
    return record.person_id if record else None


async def impact_of(info: Info, entries: Entries, instant: Instant) -> Impact:
    return Impact(made=entries)


async def _sizes(session: ReadSession, registers: Collection[Register], *, instant: Instant) -> dict[Register, int]:
    return {register: await SIZES[register](session, instant=instant) for register in registers if register in SIZES}


SIZES = {
    Register.CODE_SYSTEMS: code_systems.size,
    Register.ORGANISATIONS: organisations.size,
    Register.COMMUNICATION_PARTIES: parties.size,
    Register.PERSONNEL: personnel.size,
    Register.GP_LISTS: gp_lists.size,
}


async def _changes(session: ReadSession, asked: Collection[Asked], *, instant: Instant) -> dict[Asked, FieldChanges]:
    return await field_changes.of_entries(session, asked, LOGGED)


SIZE = Edge(_sizes)
CHANGES = Edge(_changes, persons_of=lambda changes: changes.persons)


async def size_of(info: Info, register: Register, instant: Instant) -> int | None:
    return await info.context.load(SIZE, instant, register)


async def changes_of(info: Info, asked: Asked, instant: Instant) -> FieldChanges:
    changes = await info.context.load(CHANGES, instant, asked)
    assert changes is not None  # an entry that has changed no row has them too
    return changes


def _leads(link: Link[K, V], load: Load[K, V]) -> tuple[Link[Any, Any], Load[Any, Any]]:
    """One row of the table: its key and what it gives are those of the link."""
    return link, load


LOADS = dict(
    (
        _leads(links.PARTY, party_of),
        _leads(links.PARTIES_OF_ORGANISATION, parties_of_organisation),
        _leads(links.PARTIES_OF_PROFESSIONAL, parties_of_professional),
        _leads(links.ORGANISATION, organisation_of),
        _leads(links.RESH_UNIT, resh_unit_of),
        _leads(links.RESH_UNITS_OF_ORGANISATION, resh_units_of_organisation),
        _leads(links.PROFESSIONAL, professional_of),
        _leads(links.SURVIVING_PROFESSIONAL, surviving_of),
        _leads(links.GP_CONTRACT, gp_contract_of),
        _leads(links.GP_CONTRACTS_OF_OFFICE, gp_contracts_of_office),
        _leads(links.GP_ON_CONTRACTS, gp_on_contracts),
        _leads(links.PERSON_ID, person_id_of),
        _leads(links.IMPACT, impact_of),
        _leads(CHANGES_OF_ENTRY, changes_of),
        _leads(REGISTER_SIZE, size_of),
    )
)

NODES = {
    "CommunicationParty": (parse_her_id, links.PARTY),
    "Organisation": (parse_organisation_number, links.ORGANISATION),
    "ReshUnit": (parse_resh_id, links.RESH_UNIT),
    "HealthProfessional": (parse_hpr_number, links.PROFESSIONAL),
    "GpContract": (parse_gp_contract_id, links.GP_CONTRACT),
}
"""By name of the GraphQL type: how the key in a global id is read, and where it leads."""


class RegisterObjects:
    """Fulfils `Objects` of the context."""

    def load(self, info: Info, link: Link[K, V], key: K, instant: Instant) -> Awaitable[V]:
        return LOADS[link](info, key, instant)
