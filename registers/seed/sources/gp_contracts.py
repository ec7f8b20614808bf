"""The synthetic GP contracts, each a list: the facts, which `flr` puts into FLR's shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from registers.core.identifiers import GpContractId, HprNumber
from registers.seed.sources import codes, numbers
from registers.seed.sources.codes import Code
from registers.seed.sources.draw import share
from registers.seed.sources.health_personnel import Span
from registers.seed.sources.kinds import Kind
from registers.seed.sources.locations import CORE, Municipality, municipalities
from registers.seed.sources.parties import GP_OFFICES, professional_index
from registers.seed.sources.scale import Scale, Unit, units

WEEKDAYS = (1, 2, 3, 4, 5)  # 0 = Sunday
CEILING = 160  # patients; about a sixth of a real one, as the lists are
PATIENTS_EACH = 130  # on a list of the bulk
SINCE = Span(date(2024, 2, 1))  # later than anybody's authorisation


class Cycle(NamedTuple):
    """One doctor's cycle on a list."""

    hpr_number: HprNumber
    relationship: Code = codes.GP
    valid: Span = SINCE
    percentage: int = 100
    days: tuple[int, ...] = WEEKDAYS
    substitute_for: HprNumber | None = None


class OutOfOffice(NamedTuple):
    """An out-of-office location where the GP sees patients."""

    description: str
    valid: Span


@dataclass(slots=True, kw_only=True)
class Contract:
    id: GpContractId
    unit: Unit
    valid: Span
    cycles: Sequence[Cycle] = ()
    status: Code = codes.OPEN
    name: str | None = None
    ceiling: int = CEILING
    waiting: int = 0
    coop: tuple[Municipality, ...] = ()
    common: bool = False
    fixed_salary: bool = False
    membership: Code | None = None
    end_reason: Code | None = None
    team_id: int | None = None
    out_of_office: list[OutOfOffice] = field(default_factory=list)


def doctor(unit: Unit, index: int) -> HprNumber:
    """The HPR number of the office's person with this index."""
    return numbers.hpr_number(professional_index(unit, unit.persons[index]))


def begun_on(index: int) -> date:
    """2010 to 2018, before the oldest association."""
    return date(2010 + index % 9, 1 + index % 12, 1)


def of_bulk(scale: Scale, first: int) -> list[Contract]:
    """One contract for each GP office outside the core, the first with index `first`."""
    offices = [unit for kind in GP_OFFICES for unit in units(scale, kind) if not unit.in_core]
    return [_drawn(index, unit) for index, unit in enumerate(sorted(offices, key=lambda unit: unit.index), first)]


def _drawn(index: int, unit: Unit) -> Contract:
    contract = Contract(id=numbers.gp_contract_id(index), unit=unit, valid=Span(begun_on(index)))
    gp, other = Cycle(doctor(unit, 0)), doctor(unit, 1)
    chance = share("list", index, 100)
    if unit.kind is Kind.GP_OFFICE_WITH_VACANT_LIST:
        substitutes = chance % 3
        contract.cycles = [Cycle(doctor(unit, each), codes.SUBSTITUTE) for each in range(substitutes)]
    elif chance < 10:
        contract.common, contract.name = True, "Fellesliste"
        contract.cycles = [gp._replace(percentage=50), Cycle(other, percentage=50)]
    elif chance < 15:
        contract.cycles = [gp, Cycle(other, codes.SUBSTITUTE, substitute_for=gp.hpr_number)]
    elif chance < 20:
        contract.cycles = [gp._replace(percentage=60, days=(1, 2, 3)), part_list_doctor(other)]
    else:
        contract.cycles = [gp]
    contract.fixed_salary = share("employed", index, 5) == 0
    if share("closed", index, 8) == 0:
        contract.status, contract.ceiling, contract.waiting = codes.CLOSED, PATIENTS_EACH, share("waiting", index, 60)
    elif share("locked", index, 40) == 0:
        contract.status = codes.LOCKED
    if share("co-operating", index, 20) == 0:
        first = len(CORE) + share("neighbours", index, len(municipalities()) - len(CORE) - 1)
        contract.coop = municipalities()[first : first + 2]
    return contract


def part_list_doctor(hpr_number: HprNumber) -> Cycle:
    return Cycle(hpr_number, codes.PART_LIST_DOCTOR, percentage=40, days=(4, 5))
