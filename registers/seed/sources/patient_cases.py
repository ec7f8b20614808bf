"""The history of each patient: of the first patients by their index, of all others by chance.

The first patients of the core have a fixed meaning: one on each list, then one for each case.
"""

from collections.abc import Iterator
from enum import IntEnum

from registers.seed.sources.draw import share
from registers.seed.sources.gp_contracts import PATIENTS_EACH
from registers.seed.sources.patients import (
    CLIENT_ADDRESS,
    CONFIDENTIAL,
    CORE_LISTS,
    CORE_PATIENTS,
    DEAD,
    EMIGRATED,
    STRICTLY_CONFIDENTIAL,
    Patient,
    begin_at_birth,
    former_number,
    leave,
    move,
    move_from_ended_list,
    move_next_year,
    newborn,
    patient,
    stay,
)
from registers.seed.sources.scale import Scale


class Case(IntEnum):
    """Index of the patient who is this case."""

    MOVED = CORE_LISTS
    MOVED_FROM_ENDED_LIST = CORE_LISTS + 1
    EMIGRATED = CORE_LISTS + 2
    DEAD = CORE_LISTS + 3
    WITH_FUTURE_LIST = CORE_LISTS + 4
    WITHOUT_LIST = CORE_LISTS + 5
    CLIENT_ADDRESS = CORE_LISTS + 6
    CONFIDENTIAL = CORE_LISTS + 7
    STRICTLY_CONFIDENTIAL = CORE_LISTS + 8
    PROTECTED_AND_MOVED = CORE_LISTS + 9
    CHANGED_NATIONAL_ID = CORE_LISTS + 10
    WITH_FORMER_D_NUMBER = CORE_LISTS + 11
    WITH_TWO_FORMER_NUMBERS = CORE_LISTS + 12
    NEWBORN = 99


CASES: dict[int, Case] = {case.value: case for case in Case}


def patients(scale: Scale) -> Iterator[Patient]:
    """Everybody of this scale, the core first."""
    bulk = 0 if scale is Scale.SMALL else PATIENTS_EACH * scale.bulk_gp_offices
    for index in range(CORE_PATIENTS + bulk):
        person = patient(index)
        if case := CASES.get(index):
            _known_case(person, case)
        elif index < CORE_LISTS:
            stay(person)
        else:
            _drawn_history(person)
            _drawn_traits(person)
        yield person


def _known_case(person: Patient, case: Case) -> None:
    match case:
        case Case.MOVED | Case.PROTECTED_AND_MOVED:
            move(person)
        case Case.MOVED_FROM_ENDED_LIST:
            move_from_ended_list(person)
        case Case.EMIGRATED:
            leave(person, EMIGRATED)
        case Case.DEAD:
            leave(person, DEAD)
        case Case.WITH_FUTURE_LIST:
            move_next_year(person)
        case Case.NEWBORN:
            begin_at_birth(person)
        case Case.WITHOUT_LIST:
            pass
        case _:
            stay(person)
    match case:
        case Case.CLIENT_ADDRESS:
            person.postal_type = CLIENT_ADDRESS
        case Case.CONFIDENTIAL:
            person.postal_type = CONFIDENTIAL
        case Case.STRICTLY_CONFIDENTIAL | Case.PROTECTED_AND_MOVED:
            person.postal_type = STRICTLY_CONFIDENTIAL
        case Case.CHANGED_NATIONAL_ID:
            person.former = [former_number(person)]
        case Case.WITH_FORMER_D_NUMBER:
            person.former = [former_number(person, d_number=True)]
        case Case.WITH_TWO_FORMER_NUMBERS:
            person.former = [former_number(person), former_number(person, d_number=True)]


def _drawn_history(person: Patient) -> None:
    chance = share("course", person.index, 1000)
    if newborn(person.index):
        begin_at_birth(person)
    elif chance < 100:
        move(person)
    elif chance < 130 and person.index < CORE_PATIENTS:
        move_from_ended_list(person)
    elif chance < 150:
        leave(person, EMIGRATED)
    elif chance < 170:
        leave(person, DEAD)
    elif chance < 190:
        move_next_year(person)
    elif chance >= 200:  # from 190 to 199 they are on no list
        stay(person)


def _drawn_traits(person: Patient) -> None:
    protected = share("protection", person.index, 200)
    grades = {0: STRICTLY_CONFIDENTIAL, 1: CONFIDENTIAL, 2: CLIENT_ADDRESS, 3: CLIENT_ADDRESS}
    person.postal_type = grades.get(protected, person.postal_type)
    if not newborn(person.index) and not share("changed number", person.index, 50):
        person.former = [former_number(person, d_number=not share("from D-number", person.index, 2))]
