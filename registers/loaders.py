"""Every edge of the graph: one batch function each, readable as a table.

A key carries the instant, so one request may ask for several. A batch reads rows of all valid times, and one that
depends on the valid time has it in its key: five hundred moments then cost the statements of one. Each batch opens
its own reading session; loaders live as long as one request, so nothing one caller may see is ever served to another.
"""

from asyncio import shield
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Any

from strawberry.dataloader import DataLoader

from registers.changelog import field_changes
from registers.changelog import repository as changelog
from registers.changelog.service import Register
from registers.code_systems import repository as code_systems
from registers.communication_parties import repository as parties
from registers.communication_parties.types import CommunicationParty, party_of
from registers.core.database import Database, Rehearsal
from registers.core.identifiers import EntryNumber
from registers.core.validity import Instant
from registers.gp_lists import patient_records
from registers.gp_lists import repository as gp_lists
from registers.gp_lists.doctors import GpOnContract
from registers.gp_lists.models import PatientAssociation
from registers.gp_lists.types import GpContract
from registers.impact.types import Impact
from registers.organisations import repository as organisations
from registers.organisations.types import organisation_of
from registers.organisations.types_resh import ReshUnit
from registers.personnel import repository as personnel
from registers.personnel.types import professional_of, surviving_of

Key = tuple[Instant, Any]
Read = Callable[..., Awaitable[dict[Any, Any]]]

SIZES = {
    Register.CODE_SYSTEMS: code_systems.size,
    Register.ORGANISATIONS: organisations.size,
    Register.COMMUNICATION_PARTIES: parties.size,
    Register.PERSONNEL: personnel.size,
    Register.GP_LISTS: gp_lists.size,
}


class Edge(DataLoader[Key, Any]):
    """One row is awaited by many fields. When one of them is given up, since a field beside it has failed, the others
    still get it."""

    def load(self, key: Key) -> Awaitable[Any]:
        return shield(super().load(key))


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

    def reading_from(self, source: Database | Rehearsal) -> "Loaders":
        """Fresh loaders of the same request over another source."""
        return Loaders(source, self.persons_read)

    def __init__(self, database: Database | Rehearsal, persons_read: set[int] | None = None) -> None:
        self.persons_read = set() if persons_read is None else persons_read
        """Patients of whom any row was read: what the access log says an operation was about."""

        def edge(read: Read) -> DataLoader[Key, Any]:
            return Edge(lambda keys: _load(database, read, keys))

        def edge_to_patients(read: Read, persons_of: Callable[[Any], Iterable[int]]) -> DataLoader[Key, Any]:
            async def load(keys: list[Key]) -> list[Any]:
                found = await _load(database, read, keys)
                self.persons_read.update(person for row in found if row is not None for person in persons_of(row))
                return found

            return Edge(load)

        self.trail = edge(changelog.trails)
        self.trail_length = edge(changelog.trail_lengths)
        self.newest_entry = edge(changelog.newest_of_records)
        self.changes_of_entry = edge_to_patients(field_changes.of_entries, lambda told: told.persons)
        self.register_size = edge(_sizes)

        self.code = edge(code_systems.by_key)
        self.code_system = edge(code_systems.systems)
        self.codes_of_system = edge(code_systems.codes_of)

        self.organisation = edge(organisations.by_number)
        self.sub_units_of_organisation = edge(organisations.sub_units_of)
        self.addresses_of_organisation = edge(organisations.addresses_of)
        self.industry_codes_of_organisation = edge(organisations.industry_codes_of)
        self.opening_hours_of_organisation = edge(organisations.opening_hours_of)
        self.properties_of_organisation = edge(organisations.properties_of)
        self.ways_from_organisation = edge(organisations.ways_from)
        self.ways_to_organisation = edge(organisations.ways_to)
        self.resh_unit = edge(organisations.resh_by_id)
        self.children_of_resh_unit = edge(organisations.resh_units_below)
        self.resh_units_of_organisation = edge(organisations.resh_units_of_organisations)
        self.ways_from_resh_unit = edge(organisations.resh_ways_from)
        self.ways_to_resh_unit = edge(organisations.resh_ways_to)

        self.party = edge(parties.by_her_id)
        self.children_of_party = edge(parties.children_of)
        self.parties_of_organisation = edge(parties.of_organisations)
        self.parties_of_professional = edge(parties.of_professionals)
        self.electronic_addresses_of_party = edge(parties.electronic_addresses_of)
        self.physical_addresses_of_party = edge(parties.physical_addresses_of)
        self.certificates_of_party = edge(parties.certificates_of)
        self.certificate = edge(parties.certificates_by_thumbprint)
        self.users_of_certificate = edge(parties.users_of_certificates)
        self.coverage_of_party = edge(parties.covered_by)
        self.properties_of_party = edge(parties.properties_of)

        self.professional = edge(personnel.by_hpr_number)
        self.surviving_professional = edge(personnel.surviving)
        self.replaced_by_professional = edge(personnel.replaced_by)
        self.former_numbers_of_professional = edge(personnel.former_numbers)
        self.merger_of_professional = edge(personnel.mergers)
        self.record_of_professional = edge(personnel.records)
        self.educations_of_professional = edge(personnel.educations_of)
        self.alternative_ids_of_professional = edge(personnel.alternative_ids_of)
        self.addresses_of_professional = edge(personnel.addresses_of)

        self.gp_contract = edge(gp_lists.contracts)
        self.gp_contracts_of_office = edge(gp_lists.contracts_of_offices)
        self.coop_municipalities_of_contract = edge(gp_lists.coop_municipalities)
        self.doctor_cycles_of_contract = edge(gp_lists.cycles_of_contracts)
        self.doctor_cycles_of_professional = edge(gp_lists.cycles_of_professionals)
        self.parties_at_office = edge(gp_lists.parties_at_offices)
        self.gp_office = edge(gp_lists.offices)
        self.team = edge(gp_lists.teams)
        self.members_of_team = edge(gp_lists.members_of_teams)
        self.locations_of_contract = edge(gp_lists.locations_of_contracts)
        self.addresses_of_location = edge(gp_lists.addresses_of_locations)
        self.contacts_of_location = edge(gp_lists.contacts_of_locations)
        self.patient = edge_to_patients(patient_records.by_national_id, lambda record: [record.person_id])
        self.person = edge_to_patients(patient_records.persons, lambda found: [found[0].person_id])
        self.associations_of_person = edge_to_patients(patient_records.associations_of, _persons_on)
        self.patients_of_contract = edge_to_patients(patient_records.pages, _persons_on)
        self.patient_count = edge(patient_records.counts)


def _persons_on(associations: list[PatientAssociation]) -> set[int]:
    return {each.person_id for each in associations}


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
