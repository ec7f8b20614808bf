"""The synthetic patients and the lists they have been on. No number tells sex or date of birth."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from registers.core.identifiers import GpContractId, NationalId
from registers.seed.sources import codes, names, numbers
from registers.seed.sources.codes import Code
from registers.seed.sources.draw import share
from registers.seed.sources.gp_contract_cases import ENDED_ON, NEXT_YEAR, OFFICES
from registers.seed.sources.gp_contracts import PATIENTS_EACH
from registers.seed.sources.national_ids import FORMER, PATIENTS, SLOTS_EACH, national_id

CORE_PATIENTS = 2_000
CORE_LISTS = len(OFFICES) - 1  # lists still in force; the ended one comes last
ENDED_LIST = CORE_LISTS  # its index
NAMES_FROM = 2_000_000  # index of the first patient's names
BIRTHS_FROM, BIRTH_DAYS = date(1930, 1, 1), 35_000  # to the autumn of 2025
STRIDE = 1_081_559  # from one patient to the next among all slots of all days; each slot comes once
BIRTHS_OF_NEWBORNS_FROM, NEWBORN_DAYS = date(2026, 9, 1), 80
NEWBORN_ONE_IN = 100
EARLIEST = 2019 * 12  # month of the oldest association, counted from year 0
THIS_MONTH = 2026 * 12 + 10  # November
RESIDENT, EMIGRATED, DEAD = 1, 3, 5  # registration status
ORDINARY_ADDRESS, CLIENT_ADDRESS, STRICTLY_CONFIDENTIAL, CONFIDENTIAL = 0, 4, 6, 7  # PostalType


@dataclass(frozen=True, slots=True)
class Association:
    """[start, end) on a list, None = open."""

    contract: GpContractId
    start: date
    end: date | None = None
    end_code: Code | None = None


@dataclass(slots=True)
class Patient:
    index: int
    born_on: date
    national_id: NationalId
    former: list[NationalId] = field(default_factory=list)
    died_on: date | None = None
    status: int = RESIDENT
    postal_type: int = ORDINARY_ADDRESS
    associations: list[Association] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, str | None, str]:
        """First, middle and last name."""
        index = NAMES_FROM + self.index
        return names.first_name(index), names.middle_name(index), names.last_name(index)

    @property
    def sex(self) -> Code:
        return codes.WOMAN if share("patient's sex", self.index, 2) else codes.MAN

    @property
    def first_month(self) -> int:
        """The first month in which the patient may come to a list."""
        return max(EARLIEST, self.born_on.year * 12 + self.born_on.month)

    def drawn_month(self, what: str, first: int, last: int) -> int:
        """A month from `first` to `last`; `last` when `first` is later."""
        return first + share(what, self.index, last - first + 1) if first < last else last


def newborn(index: int) -> bool:
    return index % NEWBORN_ONE_IN == NEWBORN_ONE_IN - 1


def patient(index: int) -> Patient:
    """A person who is on no list yet."""
    if newborn(index):
        slot, day = divmod(index // NEWBORN_ONE_IN, NEWBORN_DAYS)
        born_on = BIRTHS_OF_NEWBORNS_FROM + timedelta(days=day)
    else:
        day, slot = divmod(index * STRIDE % (BIRTH_DAYS * SLOTS_EACH), SLOTS_EACH)
        born_on = BIRTHS_FROM + timedelta(days=day)
    return Patient(index, born_on, national_id(born_on, PATIENTS + slot))


def former_number(person: Patient, *, d_number: bool = False) -> NationalId:
    """A number that the current one has replaced: of the same date of birth, in slots of its own."""
    _, slot = divmod(person.index * STRIDE, SLOTS_EACH)
    return national_id(person.born_on, FORMER + slot, d_number=d_number)


def own_list(index: int) -> GpContractId:
    """The list the patient is on, or was on last."""
    if index < CORE_PATIENTS:
        return numbers.gp_contract_id(index % CORE_LISTS)
    return numbers.gp_contract_id(len(OFFICES) + (index - CORE_PATIENTS) // PATIENTS_EACH)


def other_list(index: int) -> GpContractId:
    """A list the patient has been on before, or will be on."""
    if index < CORE_PATIENTS:
        return numbers.gp_contract_id((index + 1 + share("other list", index, CORE_LISTS - 1)) % CORE_LISTS)
    neighbour = (index - CORE_PATIENTS) // PATIENTS_EACH
    return numbers.gp_contract_id(len(OFFICES) + (neighbour - 1 if neighbour else 1))


def stay(person: Patient) -> None:
    joined = person.drawn_month("joined", person.first_month, THIS_MONTH)
    person.associations = [Association(own_list(person.index), _first_of(joined))]


def begin_at_birth(person: Patient) -> None:
    person.associations = [Association(own_list(person.index), person.born_on)]


def move(person: Patient) -> None:
    """From another list to the present one, on the first of a month."""
    joined = person.drawn_month("joined", person.first_month, THIS_MONTH - 1)
    moved = _first_of(person.drawn_month("moved", joined + 1, THIS_MONTH))
    person.associations = [
        Association(other_list(person.index), _first_of(joined), moved),
        Association(own_list(person.index), moved),
    ]


def move_from_ended_list(person: Patient) -> None:
    """The list ended and its patients went to others; a patient who came later stays on one list."""
    last = ENDED_ON.year * 12 + ENDED_ON.month - 2
    if person.first_month > last:
        stay(person)
        return
    joined = _first_of(person.drawn_month("joined", person.first_month, last))
    person.associations = [
        Association(numbers.gp_contract_id(ENDED_LIST), joined, ENDED_ON),
        Association(own_list(person.index), ENDED_ON),
    ]


def leave(person: Patient, status: int) -> None:
    """Out of the scheme: emigrated or dead, on any day."""
    joined = person.drawn_month("joined", person.first_month, THIS_MONTH - 2)
    start = _first_of(joined)
    left_on = start + timedelta(days=20 + share("left", person.index, (_first_of(THIS_MONTH) - start).days - 20))
    person.status = status
    person.died_on = left_on if status == DEAD else None
    person.associations = [Association(own_list(person.index), start, left_on, codes.LEFT_THE_SCHEME)]


def move_next_year(person: Patient) -> None:
    stay(person)
    (today,) = person.associations
    person.associations = [
        Association(today.contract, today.start, NEXT_YEAR),
        Association(other_list(person.index), NEXT_YEAR),
    ]


def _first_of(month: int) -> date:
    year, number = divmod(month, 12)
    return date(year, number + 1, 1)
