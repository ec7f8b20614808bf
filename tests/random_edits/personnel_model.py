"""What the registers must say of health personnel, as plain Python keeps it."""

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int | None]
"""Years; None = open."""


def instant(year: int | None) -> str | None:
    return None if year is None else f"{year}-01-01T00:00:00+00:00"


def overlap(one: Span, other: Span) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


@dataclass
class Authorisation:
    kind: str
    span: Span
    ended: str | None = None
    rights: dict[str, Span] = field(default_factory=dict)
    suspensions: list[Span] = field(default_factory=list)


@dataclass
class Professional:
    last_name: str
    entry: int
    replaced_by: int | None = None
    authorisations: dict[str, Authorisation] = field(default_factory=dict)


def period_of(span: Span) -> dict[str, str | None]:
    return {"from": instant(span[0]), "to": instant(span[1])}


def answered(person: dict[str, Any]) -> list[Any]:
    authorisations = {
        each["partId"]: (
            each["kind"]["value"],
            each["period"],
            each["endedStatus"] and each["endedStatus"]["value"],
            {right["partId"]: right["period"] for right in each["requisitionRights"]},
            sorted(suspension["period"]["from"] for suspension in each["suspensions"]),
        )
        for each in person["authorisations"]
    }
    return [person["path"], person["lastName"], person["lastEntry"], authorisations]


def stored(path: list[int], professional: Professional) -> list[Any]:
    authorisations = {
        part: (
            each.kind,
            period_of(each.span),
            each.ended,
            {right: period_of(span) for right, span in each.rights.items()},
            sorted(instant(span[0]) or "" for span in each.suspensions),
        )
        for part, each in professional.authorisations.items()
    }
    return [path, professional.last_name, professional.entry, authorisations]
