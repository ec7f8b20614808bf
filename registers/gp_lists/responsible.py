"""Who is responsible for a list at a moment, and which party of the address register to write to.

Pure rules over rows of all times: a question about a moment gets the same answer wherever and whenever it is asked. The
steps of `her_id_at` are FLR's for GPHerId, which FLR itself only gives for the present.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from registers.core.codes import CodeKey
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.gp_lists.models import GP, OPEN, PART_LIST, SUBSTITUTE, DoctorCycle, OfficeParty


@dataclass(frozen=True, slots=True)
class Responsible:
    """Cycles of the doctors active on a list. `overruled` are GPs beyond the one that a list may have that is not
    common: an error of the data."""

    gps: tuple[DoctorCycle, ...]
    substitutes: tuple[DoctorCycle, ...]
    part_list: tuple[DoctorCycle, ...]
    overruled: tuple[DoctorCycle, ...] = ()

    @property
    def vacant(self) -> bool:
        return not self.gps


def responsible_at(cycles: Iterable[DoctorCycle], moment: datetime, *, common_list: bool) -> Responsible:
    """The doctors of a list at `moment`, latest start first. Of several GPs on a list that is not common the
    latest start wins, then the highest id of the cycle."""
    active = [cycle for cycle in cycles if cycle.period.holds(moment)]
    active.sort(key=lambda cycle: (cycle.valid_from, cycle.id), reverse=True)
    gps, substitutes, part_list = (
        tuple(cycle for cycle in active if cycle.relationship == each) for each in (GP, SUBSTITUTE, PART_LIST)
    )
    answering = gps if common_list else gps[:1]
    return Responsible(answering, substitutes, part_list, overruled=gps[len(answering) :])


Parties = Mapping[HprNumber | None, Sequence[OfficeParty]]
"""Parties below the office by the doctor's HPR number; under None the services for vacant lists."""


class HerIdRule(Enum):
    """The step that found the party."""

    GP_OF_THE_LIST = "GP_OF_THE_LIST"
    ONLY_SUBSTITUTE = "ONLY_SUBSTITUTE"
    VACANT_LIST_SERVICE = "VACANT_LIST_SERVICE"
    NONE = "NONE"


class NoParty(Enum):
    """Why there is no party to write to."""

    NO_OFFICE = "NO_OFFICE"
    GP_WITHOUT_PARTY = "GP_WITHOUT_PARTY"
    SUBSTITUTE_WITHOUT_PARTY = "SUBSTITUTE_WITHOUT_PARTY"
    NO_VACANT_LIST_SERVICE = "NO_VACANT_LIST_SERVICE"


@dataclass(frozen=True, slots=True)
class GpHerId:
    """The answer. `ambiguous`: the doctor, or the office for its vacant lists, has several parties in use where one
    is allowed; the lowest HER-id is taken. `candidates` are all that the step could choose from, the choice first."""

    rule: HerIdRule
    her_id: HerId | None = None
    reason: NoParty | None = None
    ambiguous: bool = False
    candidates: tuple[HerId, ...] = ()


def doctors_asked_for(responsible: Responsible) -> list[HprNumber | None]:
    """Whose parties `her_id_at` looks at: the GPs', else the only substitute's, else None for the vacant service."""
    if responsible.gps:
        return list(dict.fromkeys(cycle.hpr_number for cycle in responsible.gps))
    substitutes = {cycle.hpr_number for cycle in responsible.substitutes}
    return list(substitutes) if len(substitutes) == 1 else [None]


def her_id_at(
    responsible: Responsible, office_number: OrganisationNumber | None, parties: Parties, moment: datetime
) -> GpHerId:
    """Whom to write to about a patient of the list: 1 the GP, 2 the only substitute, 3 the service for vacant lists.

    The first step that applies decides. A doctor without a party in use is never replaced by another party: the answer
    is then none, with the reason. The doctors of a common list share it, so any of them with a party will do; the one
    with the latest start is taken.
    """
    if office_number is None:
        return GpHerId(HerIdRule.NONE, reason=NoParty.NO_OFFICE)
    rule, missing = HerIdRule.VACANT_LIST_SERVICE, NoParty.NO_VACANT_LIST_SERVICE
    asked_for = doctors_asked_for(responsible)
    if responsible.gps:
        rule, missing = HerIdRule.GP_OF_THE_LIST, NoParty.GP_WITHOUT_PARTY
    elif asked_for != [None]:
        rule, missing = HerIdRule.ONLY_SUBSTITUTE, NoParty.SUBSTITUTE_WITHOUT_PARTY
    found = [
        sorted(party.her_id for party in parties.get(doctor, ()) if party.in_use_at(moment)) for doctor in asked_for
    ]
    candidates = tuple(her_id for her_ids in found for her_id in her_ids)
    if not candidates:
        return GpHerId(HerIdRule.NONE, reason=missing)
    ambiguous = any(len(her_ids) > 1 for her_ids in found)
    return GpHerId(rule, candidates[0], ambiguous=ambiguous, candidates=candidates)


def places_available(status: CodeKey | None, max_patients: int, patients: int) -> int:
    """How many more patients the list can take: its ceiling less its patients while it is open, else 0; never
    negative."""
    return max(0, max_patients - patients) if status == OPEN else 0
