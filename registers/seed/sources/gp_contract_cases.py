"""The fifteen GP contracts of the core: one for each way in which a list can be staffed or agreed."""

from datetime import date

from registers.core.identifiers import GpContractId
from registers.seed.sources import codes, known, numbers
from registers.seed.sources.codes import SUBSTITUTE
from registers.seed.sources.gp_contracts import (
    SINCE,
    Contract,
    Cycle,
    OutOfOffice,
    begun_on,
    doctor,
    of_bulk,
    part_list_doctor,
)
from registers.seed.sources.health_personnel import Span
from registers.seed.sources.locations import municipalities
from registers.seed.sources.scale import Scale, Unit, unit

OFFICES = {
    known.ORDINARY_LIST: 23,
    known.COMMON_LIST: 28,
    known.PART_LIST: 26,
    known.VACANT_WITH_ONE_SUBSTITUTE: 22,
    known.VACANT_WITH_TWO_SUBSTITUTES: 15,
    known.VACANT_WITH_NOBODY: 33,
    known.CLOSED_LIST: 27,
    known.LOCKED_LIST: 25,
    known.EMPLOYED_GP_LIST: 20,
    known.MEMBERS_LIST: 31,
    known.LIST_WITH_FUTURE_GP: 29,
    known.LIST_WITH_SUBSTITUTES_FOR_GP: 24,
    known.LIST_WITH_COOP_MUNICIPALITIES: 19,
    known.LIST_WITH_OUT_OF_OFFICE: 30,
    known.ENDED_LIST: 34,
}  # index of the enterprise
ENDED_ON = date(2026, 1, 1)  # the first of a month, the day after its office closed
NEXT_YEAR = date(2027, 1, 1)
PAST = Span(date(2022, 3, 1), date(2024, 2, 1))


def contracts(scale: Scale) -> list[Contract]:
    """All contracts of this scale, the core's first."""
    core = [_core(contract, unit(Scale.SMALL, index)) for contract, index in OFFICES.items()]
    return core if scale is Scale.SMALL else core + of_bulk(scale, first=len(core))


def _core(number: GpContractId, office: Unit) -> Contract:
    since = begun_on(number - numbers.FIRST_GP_CONTRACT)
    contract = Contract(id=number, unit=office, valid=Span(since), cycles=[Cycle(doctor(office, 0))])
    _served(contract, *(doctor(office, index) for index in range(3)))
    _agreed(contract)
    return contract


def _served(contract: Contract, first: int, second: int, third: int) -> None:
    """The cycles, where they are others than that of the first doctor alone."""
    one, two, three = contract.cycles[0], *(contract.cycles[0]._replace(hpr_number=each) for each in (second, third))
    match contract.id:
        case known.COMMON_LIST:
            contract.common, contract.name, contract.team_id = True, "Fellesliste Eldgnist", 81_001
            contract.cycles = [one._replace(percentage=50), two._replace(percentage=50)]
        case known.PART_LIST:
            contract.cycles = [one._replace(percentage=60, days=(1, 2, 3)), part_list_doctor(three.hpr_number)]
        case known.VACANT_WITH_ONE_SUBSTITUTE:
            contract.cycles = [
                one._replace(valid=PAST),
                two._replace(relationship=SUBSTITUTE, valid=Span(date(2026, 2, 1))),
            ]
        case known.VACANT_WITH_TWO_SUBSTITUTES:
            contract.cycles = [each._replace(relationship=SUBSTITUTE, percentage=50) for each in (one, two)]
        case known.VACANT_WITH_NOBODY:
            contract.cycles = [one._replace(valid=PAST)]
        case known.LIST_WITH_FUTURE_GP:
            today = contract.cycles[0]._replace(hpr_number=doctor(contract.unit, 3))
            contract.cycles = [
                today._replace(valid=Span(SINCE.start, NEXT_YEAR)),
                two._replace(valid=Span(NEXT_YEAR)),
            ]
        case known.LIST_WITH_SUBSTITUTES_FOR_GP:
            gp = one._replace(hpr_number=known.DOCTOR_AT_TWO_OFFICES, percentage=60, days=(1, 2, 3))
            stand_in = gp._replace(relationship=SUBSTITUTE, substitute_for=gp.hpr_number)
            contract.cycles = [
                gp,
                stand_in._replace(hpr_number=second, valid=Span(date(2024, 9, 1), date(2025, 3, 1)), percentage=100),
                stand_in._replace(hpr_number=third, valid=Span(date(2026, 8, 1)), percentage=40, days=(4, 5)),
            ]
        case known.LIST_WITH_COOP_MUNICIPALITIES:
            contract.cycles = [one._replace(valid=Span(date(2026, 9, 1)), percentage=40, days=(4, 5))]
        case known.ENDED_LIST:
            contract.cycles = [one._replace(valid=PAST), two._replace(valid=Span(SINCE.start, ENDED_ON))]


def _agreed(contract: Contract) -> None:
    """What is out of the ordinary beside the cycles."""
    match contract.id:
        case known.CLOSED_LIST:
            contract.status, contract.ceiling, contract.waiting = codes.CLOSED, 120, 42
        case known.LOCKED_LIST:
            contract.status = codes.LOCKED
        case known.EMPLOYED_GP_LIST:
            contract.fixed_salary = True
        case known.MEMBERS_LIST:
            contract.membership = codes.STUDENTS
        case known.LIST_WITH_COOP_MUNICIPALITIES:
            contract.coop = tuple(each for each in municipalities() if each.number in ("3203", "3224"))
        case known.LIST_WITH_OUT_OF_OFFICE:
            contract.out_of_office = [
                OutOfOffice("Utekontor Lyngdott", Span(date(2019, 1, 1), date(2024, 6, 1))),
                OutOfOffice("Utekontor Regndråpe", Span(date(2024, 6, 1))),
            ]
        case known.ENDED_LIST:
            contract.valid, contract.end_reason = Span(contract.valid.start, ENDED_ON), codes.AGREEMENT_ENDED
