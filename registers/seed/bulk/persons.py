"""Persons, their national ids and their associations with GP lists, as rows ready to COPY.

Everything about a person follows from an index: birth and number by counting (`birthdays`), the rest
from one hash. Patients change lists on the first of a month, and the next association begins where the last one
ended: nobody is on two lists at an instant.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from registers.core.codes import code_key
from registers.gp_lists.models import Protection
from registers.seed.bulk.birthdays import Born, born
from registers.seed.bulk.copy import NULL, Rows, bigint, day, instant, row, text, truth
from registers.seed.bulk.lists import GpList, gp_lists
from registers.seed.bulk.size import NEXT_MONTH, THIS_MONTH, CoreNumbers, Size, first_day
from registers.seed.sources import names
from registers.seed.sources.dates import utc

PERSONS = (
    *("person_id", "first_name", "middle_name", "last_name"),
    *("born_on", "died_on", "sex", "protection", "since_entry"),
)
NATIONAL_IDS = ("national_id", "person_id", "current", "holds", "since_entry")
ASSOCIATIONS = ("id", "contract_id", "person_id", "since_entry", "valid_from", "valid_to", "end_code")
FIRST_ASSOCIATION = 100_000_000  # beyond those of the core
ASSOCIATION_IDS_EACH = 8  # of a person; more than anybody has

# Of 1,000 persons
AT_MOST_LISTS = (450, 750, 910)  # have had one, two, three so far; the others four
ARRIVED_LATER = 150  # not on a list from birth or the scheme's beginning
WITH_MIDDLE_NAME = 200
WITH_FORMER_NUMBER = 20
MOVING_NEXT_MONTH = 8
EMIGRATED = 250  # of the departed; the others are dead
PROTECTED = {Protection.STRICTLY_CONFIDENTIAL: 1, Protection.CONFIDENTIAL: 6, Protection.CLIENT: 3}

NEIGHBOURS = 40  # lists to either side from which a patient may have come

PERSON_HEAD = Struct(">hiq").pack
ASSOCIATION_HEAD = Struct(">hiqiqiqiq").pack
NATIONAL_ID_HEAD = row(len(NATIONAL_IDS))
TRUE, FALSE = truth(True), truth(False)
SEX = text(code_key("3101", "2")), text(code_key("3101", "1"))  # by Born.man
LEFT_THE_SCHEME = text(code_key("7753", "OHID"))
FIRST_NAMES = [text(stem + ending) for stem in names.FIRST_STEMS for ending in names.FIRST_ENDINGS]
LAST_NAMES = [text(stem + ending) for stem in names.LAST_STEMS for ending in names.LAST_ENDINGS]
PROTECTION = [text(kind.value) for kind, persons in PROTECTED.items() for _ in range(persons)]
PROTECTION += [text(Protection.NONE.value)] * (1000 - len(PROTECTION))
FIRST_OF_MONTH = [instant(utc(first_day(month))) for month in range(NEXT_MONTH + 1)]


class Draws(NamedTuple):
    """The draws of a person, 0 to 65,535 each."""

    first_name: int
    middle_name: int
    last_name: int
    has_middle_name: int
    protection: int
    former_number: int
    arrived: int
    arrival: int
    lists: int
    moves: tuple[int, ...]  # when
    origins: tuple[int, ...]  # from where
    departure: int
    emigrated: int
    death: int
    moving: int


WORDS = Struct(">20H").unpack
MOVES = len(AT_MOST_LISTS)


def _draws(index: int) -> Draws:
    words = WORDS(blake2b(b"person/%d" % index, digest_size=40).digest())
    a, b, c, d, e, f, g, h, i, *_ = words
    return Draws(a, b, c, d, e, f, g, h, i, words[9:12], words[12:16], *words[16:20])


class Association(NamedTuple):
    """Months from `start` until `end` on the list with this index; open when `end` is None."""

    list_index: int
    start: int
    end: int | None


def person_rows(size: Size, existing: CoreNumbers, indices: Sequence[int], first_entry: int) -> list[Rows]:
    """The persons of the lists with these indices; list n is loaded under entry `first_entry` + n.

    A person whose number is taken has a D-number instead.
    """
    lists = gp_lists(size)
    persons: list[bytes] = []
    national_ids: list[bytes] = []
    associations: list[bytes] = []
    taken = {text(number) for number in existing.national_ids}
    for gp_list in (lists[index] for index in indices):
        entry = bigint(8, first_entry + gp_list.index)
        for index in gp_list.people:
            person_id, who, chance = existing.last_person + index + 1, born(index), _draws(index)
            departed = index - gp_list.people.start >= gp_list.patients and who.day.first_month < THIS_MONTH
            history = _associations_of(lists, gp_list, who.day.first_month, chance, departed=departed)
            died_on = _died_on(history[0], chance) if departed else NULL
            persons.append(_person(person_id, who, chance, died_on) + entry)
            number = who.national_id
            if number in taken:
                number = who.d_number
            elif chance.former_number % 1000 < WITH_FORMER_NUMBER:
                national_ids.append(_national_id(person_id, who.d_number, FALSE) + entry)
            national_ids.append(_national_id(person_id, number, TRUE) + entry)
            for position, each in enumerate(history):
                end_code = LEFT_THE_SCHEME if departed and position == 0 else NULL
                associations.append(_association(person_id, position, each, lists, gp_list, first_entry) + end_code)
    return [
        Rows("persons", PERSONS, persons),
        Rows("person_national_ids", NATIONAL_IDS, national_ids),
        Rows("patient_associations", ASSOCIATIONS, associations),
    ]


def _person(person_id: int, who: Born, chance: Draws, died_on: bytes) -> bytes:
    """The fields of PERSONS but the last."""
    has_middle_name = chance.has_middle_name % 1000 < WITH_MIDDLE_NAME
    return b"".join(
        (
            PERSON_HEAD(len(PERSONS), 8, person_id),
            FIRST_NAMES[chance.first_name % len(FIRST_NAMES)],
            LAST_NAMES[chance.middle_name % len(LAST_NAMES)] if has_middle_name else NULL,
            LAST_NAMES[chance.last_name % len(LAST_NAMES)],
            who.day.field,
            died_on,
            SEX[who.man],
            PROTECTION[chance.protection % 1000],
        )
    )


def _national_id(person_id: int, number: bytes, current: bytes) -> bytes:
    """The fields of NATIONAL_IDS but the last."""
    return NATIONAL_ID_HEAD + number + bigint(8, person_id) + current + TRUE


def _association(
    person_id: int, position: int, association: Association, lists: tuple[GpList, ...], own: GpList, first_entry: int
) -> bytes:
    """The fields of ASSOCIATIONS but the last.

    An association with another list than the person's `own` comes under the later of the two entries, so that
    nothing refers to what is not yet known.
    """
    list_index, start, end = association
    head = ASSOCIATION_HEAD(
        *(len(ASSOCIATIONS), 8, FIRST_ASSOCIATION + person_id * ASSOCIATION_IDS_EACH + position),
        *(8, lists[list_index].contract_id, 8, person_id, 8, first_entry + max(list_index, own.index)),
    )
    return head + FIRST_OF_MONTH[start] + (NULL if end is None else FIRST_OF_MONTH[end])


def _associations_of(
    lists: tuple[GpList, ...], gp_list: GpList, first_month: int, chance: Draws, *, departed: bool
) -> list[Association]:
    """The association with `gp_list`, then those before it backwards in time, then a future one. No two that follow
    each other are with the same list."""
    latest = THIS_MONTH - 1 if departed else THIS_MONTH
    begun = first_month
    if chance.arrived % 1000 < ARRIVED_LATER:
        begun += chance.arrival % (latest - begun + 1)
    moves = bisect_right(AT_MOST_LISTS, chance.lists % 1000)
    apart = (latest - begun) // moves if moves else 0  # months; each move falls into its own part of the time
    starts = [begun]
    if apart:
        starts += [begun + apart * move + 1 + chance.moves[move] % apart for move in range(moves)]
    starts[-1] = max(starts[-1], gp_list.since)
    end, moving = None, chance.moving % 1000 < MOVING_NEXT_MONTH
    if departed:
        end = starts[-1] + 1 + chance.departure % (THIS_MONTH - starts[-1])
    elif moving:
        end = NEXT_MONTH
    history = [Association(gp_list.index, starts[-1], end)]
    for move in range(len(starts) - 2, -1, -1):
        start, end = starts[move], starts[move + 1]
        origin = _neighbour(lists, history[-1].list_index, chance.origins[move], start, end)
        history.append(Association(origin, start, end))
    if moving and not departed:
        next_list = _neighbour(lists, gp_list.index, chance.origins[MOVES], NEXT_MONTH, None)
        history.append(Association(next_list, NEXT_MONTH, None))
    return history


def _neighbour(lists: tuple[GpList, ...], index: int, chance: int, start: int, end: int | None) -> int:
    """Another list near the one with this index, in force from `start` until `end`."""
    at = index - NEIGHBOURS + chance % (2 * NEIGHBOURS)
    while True:
        at = (at + 1) % len(lists)
        other = lists[at]
        if at != index and other.since <= start and (other.until is None or (end is not None and end <= other.until)):
            return at


def _died_on(last: Association, chance: Draws) -> bytes:
    """In the month before the last association ended; NULL of the emigrated."""
    if chance.emigrated % 1000 < EMIGRATED or last.end is None:
        return NULL
    return day(first_day(last.end) - timedelta(days=1 + chance.death % 28))
