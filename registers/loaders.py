"""Every edge of the graph: one batch function each, readable as a table.

A key carries the instant, so one request may ask for several. A batch reads rows of all valid times, and one that
depends on the valid time has it in its key: five hundred moments then cost the statements of one. Each batch opens
its own reading session; loaders live as long as one request, so nothing one caller may see is ever served to another.
"""

from asyncio import shield
from collections.abc import Awaitable, Callable, Hashable, Iterable
from itertools import chain
from typing import Any

from strawberry.dataloader import DataLoader

from registers.changelog import field_changes
from registers.changelog import repository as changelog
from registers.changelog.append import Register
from registers.code_systems import repository as code_systems
from registers.communication_parties import repository as parties
from registers.communication_parties.graph.parties import CommunicationParty, party_of
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.database.database import Database, Rehearsal
from registers.gp_lists.graph.contracts import GpContract
from registers.gp_lists.graph.doctors import GpOnContract
from registers.gp_lists.models import PatientAssociation
from registers.gp_lists.repository import contracts as gp_lists
from registers.gp_lists.repository import patients
from registers.gp_lists.repository.patients import OnList
from registers.impact.graph.impact import Impact
from registers.organisations import repository as organisations
from registers.organisations.graph.organisations import organisation_of
from registers.organisations.graph.resh_units import ReshUnit
from registers.personnel.graph.professionals import professional_of, surviving_of
from registers.personnel.repository import professionals as personnel

Key = tuple[Instant, Any]
Read = Callable[..., Awaitable[dict[Any, Any]]]

SIZES = {
    Register.CODE_SYSTEMS: code_systems.size,
    Register.ORGANISATIONS: organisations.size,
    Register.COMMUNICATION_PARTIES: parties.size,
    Register.PERSONNEL: personnel.size,
    Register.GP_LISTS: gp_lists.size,
}


async def _load(database: Database | Rehearsal, read: Read, keys: list[Key]) -> list[Any]:
    asked: dict[EntryNumber | None, dict[Hashable, Instant]] = {}
    for instant, key in keys:
        asked.setdefault(instant.entry, {})[key] = instant
    found: dict[tuple[EntryNumber | None, Hashable], Any] = {}
    async with database.reading() as session:
        for entry, group in asked.items():
            rows = await read(session, list(group), instant=next(iter(group.values())))
            found.update({(entry, key): row for key, row in rows.items()})
    return [found.get((instant.entry, key)) for instant, key in keys]


async def _sizes(session: Any, registers: list[Register], *, instant: Instant) -> dict[Register, int]:
    return {register: await SIZES[register](session, instant=instant) for register in registers if register in SIZES}


def _persons_on(associations: list[PatientAssociation]) -> set[int]:
    return {each.person_id for each in associations}


def _persons_on_page(page: list[OnList]) -> set[int]:
    return {association.person_id for association, _ in page}


class Loader(DataLoader[Key, Any]):
    """One row is awaited by many fields. When one of them is given up, since a field beside it has failed, the others
    still get it."""

    def load(self, key: Key) -> Awaitable[Any]:
        return shield(super().load(key))


class edge:
    """Its loader is made when a request first asks for it: most ask for a handful.

    An edge to patients tells whose rows were read, by `persons_of` a row.
    """

    def __init__(self, read: Read, *, persons_of: Callable[[Any], Iterable[int]] | None = None) -> None:
        self._read, self._persons_of = read, persons_of

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, loaders: "Loaders", owner: type) -> DataLoader[Key, Any]:
        database, persons_read = loaders.database, loaders.persons_read  # not `loaders`: it would hold itself alive

        async def load(keys: list[Key]) -> list[Any]:
            found = await _load(database, self._read, keys)
            if self._persons_of:
                persons = (self._persons_of(row) for row in found if row is not None)
                persons_read.update(chain.from_iterable(persons))
            return found

        loader = vars(loaders)[self._name] = Loader(load)  # found there before the edge from now on
        return loader


class Loaders:
    """Loads rows by (instant, key); None where there is nothing.

    `…_object` and `…_of_row` lead from one register into another: only here both are known.
    """

    organisation_object = staticmethod(organisation_of)
    party_object = staticmethod(party_of)
    professional_object = staticmethod(professional_of)
    surviving_professional_object = staticmethod(surviving_of)
    resh_unit_of_row = staticmethod(ReshUnit.of)
    party_of_row = staticmethod(CommunicationParty.of)
    gp_contract_of_row = staticmethod(GpContract.of)
    gp_on_contract_of_row = staticmethod(GpOnContract.of)
    impact_of = staticmethod(Impact.of)

    def __init__(self, database: Database | Rehearsal, persons_read: set[int] | None = None) -> None:
        self.database = database
        self.persons_read = set() if persons_read is None else persons_read
        """Patients of whom any row was read: what the access log says an operation was about."""

    def reading_from(self, source: Database | Rehearsal) -> "Loaders":
        """Fresh loaders of the same request over another source."""
        return Loaders(source, self.persons_read)

    trail = edge(changelog.trails)
    trail_length = edge(changelog.trail_lengths)
    newest_entry = edge(changelog.newest_of_records)
    changes_of_entry = edge(field_changes.of_entries, persons_of=lambda persons: persons.persons)
    register_size = edge(_sizes)

    code = edge(code_systems.by_key)
    code_system = edge(code_systems.systems)
    codes_of_system = edge(code_systems.codes_of)

    organisation = edge(organisations.by_number)
    sub_units_of_organisation = edge(organisations.sub_units_of)
    addresses_of_organisation = edge(organisations.addresses_of)
    industry_codes_of_organisation = edge(organisations.industry_codes_of)
    opening_hours_of_organisation = edge(organisations.opening_hours_of)
    properties_of_organisation = edge(organisations.properties_of)
    successors_of_organisation = edge(organisations.successors_of)
    predecessors_of_organisation = edge(organisations.predecessors_of)
    resh_unit = edge(organisations.resh_by_id)
    children_of_resh_unit = edge(organisations.resh_units_below)
    resh_units_of_organisation = edge(organisations.resh_units_of_organisations)
    successors_of_resh_unit = edge(organisations.resh_successors_of)
    predecessors_of_resh_unit = edge(organisations.resh_predecessors_of)

    party = edge(parties.by_her_id)
    children_of_party = edge(parties.children_of)
    parties_of_organisation = edge(parties.of_organisations)
    parties_of_professional = edge(parties.of_professionals)
    electronic_addresses_of_party = edge(parties.electronic_addresses_of)
    physical_addresses_of_party = edge(parties.physical_addresses_of)
    certificates_of_party = edge(parties.certificates_of)
    certificate = edge(parties.certificates_by_thumbprint)
    users_of_certificate = edge(parties.users_of_certificates)
    coverage_of_party = edge(parties.covered_by)
    properties_of_party = edge(parties.properties_of)

    professional = edge(personnel.by_hpr_number)
    surviving_professional = edge(personnel.surviving)
    replaced_by_professional = edge(personnel.replaced_by)
    former_numbers_of_professional = edge(personnel.former_numbers)
    merger_of_professional = edge(personnel.mergers)
    rights_of_professional = edge(personnel.holdings)
    educations_of_professional = edge(personnel.educations_of)
    alternative_ids_of_professional = edge(personnel.alternative_ids_of)
    addresses_of_professional = edge(personnel.addresses_of)

    gp_contract = edge(gp_lists.contracts)
    gp_contracts_of_office = edge(gp_lists.contracts_of_offices)
    coop_municipalities_of_contract = edge(gp_lists.coop_municipalities)
    doctor_cycles_of_contract = edge(gp_lists.cycles_of_contracts)
    doctor_cycles_of_professional = edge(gp_lists.cycles_of_professionals)
    parties_at_office = edge(gp_lists.parties_at_offices)
    gp_office = edge(gp_lists.offices)
    team = edge(gp_lists.teams)
    members_of_team = edge(gp_lists.members_of_teams)
    locations_of_contract = edge(gp_lists.locations_of_contracts)
    addresses_of_location = edge(gp_lists.addresses_of_locations)
    contacts_of_location = edge(gp_lists.contacts_of_locations)
    patient = edge(patients.by_national_id, persons_of=lambda record: [record.person_id])
    person = edge(patients.persons, persons_of=lambda found: [found.person.person_id])
    associations_of_person = edge(patients.associations_of, persons_of=_persons_on)
    patients_of_contract = edge(patients.pages, persons_of=_persons_on_page)
    patient_count = edge(patients.counts)
