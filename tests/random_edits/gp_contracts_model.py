"""Lists and their doctors as a plain model knows them. Time is counted in months of 2026, which it ticks off."""

from dataclasses import dataclass, field
from typing import Any

LISTS = """query ($ids: [GpContractId!]!) { gpContracts(ids: $ids) { outcome gpContract {
  contractId status { value } maxPatients municipality { value } coopMunicipalities { value } commonList lastEntry
  doctorCycles { cycleId hprNumber relationship { value } substituteForHprNumber workingPercentage valid { from to } }
} } }"""


@dataclass(frozen=True)
class Cycle:
    """[since, until) in months of 2026; until = 12 is open."""

    doctor: int
    relationship: str
    substitute_for: int | None
    percentage: int | None
    since: int
    until: int

    def as_input(self) -> dict[str, Any]:
        return {
            "hprNumber": self.doctor,
            "relationship": self.relationship,
            "substituteFor": self.substitute_for,
            "workingPercentage": self.percentage,
            "period": {"from": moment(self.since), "to": moment(self.until)},
        }


@dataclass
class List:
    status: str
    ceiling: int
    municipality: str
    coop: list[str]
    common: bool
    entry: int
    cycles: dict[str, Cycle] = field(default_factory=dict)


def moment(month: int) -> str | None:
    return None if month == 12 else f"2026-{month:02}-01T00:00:00+00:00"


def gps_in(cycles: dict[str, Cycle], month: int) -> list[int]:
    return [each.doctor for each in cycles.values() if each.relationship == "LPFL" and each.since <= month < each.until]


def staffing(cycles: dict[str, Cycle], edited: str | None, *, common: bool) -> set[str]:
    """Rules that these doctors break, `edited` being the cycle that an edit is about."""
    broken = set()
    if not common and any(len(gps_in(cycles, month)) > 1 for month in range(1, 12)):
        broken.add("R-FLR-020")
    for own_id, cycle in cycles.items():
        if cycle.relationship == "LPVI":
            gps = {gp for month in range(cycle.since, cycle.until) for gp in gps_in(cycles, month)}
            if cycle.substitute_for is None and gps:
                broken.add("R-FLR-021" if own_id == edited else "R-FLR-025")
            if cycle.substitute_for is not None and cycle.substitute_for not in gps:
                broken.add("R-FLR-022" if own_id == edited else "R-FLR-025")
    return broken


def of_itself(cycle: Cycle) -> set[str]:
    """Rules that a cycle breaks by itself."""
    names_somebody = cycle.substitute_for is not None
    return {
        number
        for number, broken in {
            "R-FLR-017": cycle.relationship == "LPXX",
            "R-FLR-018": cycle.percentage == 0,
            "R-FLR-023": cycle.substitute_for == cycle.doctor,
            "R-FLR-024": names_somebody and cycle.relationship != "LPVI",
        }.items()
        if broken
    }


def as_list(answer: dict[str, Any]) -> List:
    cycles = {
        each["cycleId"]: Cycle(
            each["hprNumber"],
            each["relationship"]["value"],
            each["substituteForHprNumber"],
            each["workingPercentage"],
            int(each["valid"]["from"][5:7]),
            int(each["valid"]["to"][5:7]) if each["valid"]["to"] else 12,
        )
        for each in answer["doctorCycles"]
    }
    coop = [each["value"] for each in answer["coopMunicipalities"]]
    municipality, common = answer["municipality"]["value"], answer["commonList"]
    return List(
        answer["status"]["value"],
        answer["maxPatients"],
        municipality,
        coop,
        common,
        answer["lastEntry"],
        cycles,
    )
