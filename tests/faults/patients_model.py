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


class Place(NamedTuple):
    person_id: int
    contract_id: int
    start: datetime
    end: datetime | None


def as_answered(made: Iterable[Made]) -> Iterator[Place]:
    """The places that there are after all of these edits, taken in the order of their entries."""
    stored: dict[int, list[Place]] = {}
    for each in sorted(made):
        places = stored.setdefault(each.person_id, [])
        end = None
        if each.former is not None:
            left = [place for place in places if place.contract_id == each.former and _holds(place, each.moment)]
            for place in left:
                places.remove(place)
                end = place.end
                if place.start < each.moment:
                    places.append(place._replace(end=each.moment))
        if each.chosen is not None:
            places.append(Place(each.person_id, each.chosen, each.moment, end))
        else:
            places[:] = [place for place in places if place.start < each.moment]
    for places in stored.values():
        yield from places


def _holds(place: Place, moment: datetime) -> bool:
    return place.start <= moment and (place.end is None or moment < place.end)
