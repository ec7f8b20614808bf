"""What successful edits of patients leave, one after the other, in plain Python."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple


class Made(NamedTuple):
    """An edit that succeeded: a patient leaves `former` (None = is on no list) for `chosen` (None = for none)."""

    entry: int
    person_id: int
    moment: datetime
    former: int | None
    chosen: int | None


class Association(NamedTuple):
    person_id: int
    contract_id: int
    start: datetime
    end: datetime | None


def left_by(made: Iterable[Made]) -> Iterator[Association]:
    """The associations that there are after all of these edits, taken in the order of their entries."""
    stored: dict[int, list[Association]] = {}
    for each in sorted(made):
        associations = stored.setdefault(each.person_id, [])
        end = None
        if each.former is not None:
            left = [it for it in associations if it.contract_id == each.former and _holds(it, each.moment)]
            for association in left:
                associations.remove(association)
                end = association.end
                if association.start < each.moment:
                    associations.append(association._replace(end=each.moment))
        if each.chosen is not None:
            associations.append(Association(each.person_id, each.chosen, each.moment, end))
        else:
            associations[:] = [association for association in associations if association.start < each.moment]
    for associations in stored.values():
        yield from associations


def _holds(association: Association, moment: datetime) -> bool:
    return association.start <= moment and (association.end is None or moment < association.end)
