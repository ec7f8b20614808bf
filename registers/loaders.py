"""Every edge of the graph: one batch function each, readable as a table.

A key carries the instant, so one request may ask for several. Each batch opens its own reading session; loaders
live as long as one request, so nothing one caller may see is ever served to another.
"""

from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from strawberry.dataloader import DataLoader

from registers.changelog import repository as changelog
from registers.changelog.service import Register
from registers.code_systems import repository as code_systems
from registers.communication_parties import repository as parties
from registers.core.database import Database
from registers.core.validity import Instant
from registers.organisations import repository as organisations

Key = tuple[Instant, Any]
Read = Callable[..., Awaitable[dict[Any, Any]]]

SIZES = {
    Register.CODE_SYSTEMS: code_systems.size,
    Register.ORGANISATIONS: organisations.size,
    Register.COMMUNICATION_PARTIES: parties.size,
}


class Loaders:
    """Loads rows by (instant, key); None where there is nothing."""

    def __init__(self, database: Database) -> None:
        def edge(read: Read) -> DataLoader[Key, Any]:
            return DataLoader(lambda keys: _load(database, read, keys))

        self.trail = edge(changelog.trails)
        self.trail_length = edge(changelog.trail_lengths)
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
        self.resh_unit = edge(organisations.resh_by_id)
        self.children_of_resh_unit = edge(organisations.resh_units_below)
        self.resh_units_of_organisation = edge(organisations.resh_units_of_organisations)

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


async def _load(database: Database, read: Read, keys: list[Key]) -> list[Any]:
    asked: dict[Instant, dict[Hashable, None]] = {}
    for instant, key in keys:
        asked.setdefault(instant, {})[key] = None
    found: dict[Key, Any] = {}
    async with database.reading() as session:
        for instant, group in asked.items():
            rows = await read(session, list(group), instant=instant)
            found.update({(instant, key): row for key, row in rows.items()})
    return [found.get(key) for key in keys]


async def _sizes(session: Any, registers: list[Register], *, instant: Instant) -> dict[Register, int]:
    return {register: await SIZES[register](session, instant=instant) for register in registers if register in SIZES}
