"""Reads primary health care teams (PrimaryHealthCareTeam of FLR): JSON and XML."""

from collections.abc import Iterator, Set

from registers.core.code_systems import PROFESSIONS
from registers.exchange.errors import Unreadable
from registers.exchange.formats.flr.values import contract_id, own_id, percentage, validity
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import parts
from registers.exchange.reading.records import documents, records
from registers.exchange.reading.times import optional_instant
from registers.gp_lists.intake.snapshot import TeamContractSnapshot, TeamMemberSnapshot, TeamSnapshot

INTERFACE = "flr-team"
WITHIN = frozenset({"people", "contracts"})  # elements that belong to the team around them


def is_team(keys: Set[str]) -> bool:
    return "primaryhealthcareleaderhprnumber" in keys


def read(source: Source) -> Iterator[TeamSnapshot | Broken]:
    return records(documents(source, is_team, within=WITHIN), _team)


def _team(document: Document) -> TeamSnapshot:
    node = document.node
    number, holds = values.organisation_number(node, "OrganizationNumber")
    return TeamSnapshot(
        interface=INTERFACE,
        position=document.position,
        changed_at=optional_instant(node, "UpdatedOn"),
        id=own_id(node, "Id"),
        organisation_number=number,
        check_digit_holds=holds,
        leader_hpr_number=values.hpr_number(node, "PrimaryHealthCareLeaderHprNumber"),
        members=parts(node, "People", _member),
        contracts=parts(node, "Contracts", _contract),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _member(node: Node) -> TeamMemberSnapshot:
    hpr_number = values.hpr_number(node, "HprNumber")
    if hpr_number is None:
        raise Unreadable("hpr-number", "the member has no readable HPR number")
    valid_from, valid_to = validity(node, "MembershipPeriod")
    return TeamMemberSnapshot(
        id=own_id(node, "Id"),
        hpr_number=hpr_number,
        role=values.code(node, "Role", PROFESSIONS),
        substitute=node.truth("IsSubstitute") or False,
        working_percentage=percentage(node, "WorkingPercentage"),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _contract(node: Node) -> TeamContractSnapshot:
    """`Id` is that of the membership; `FlrId` is the contract."""
    number = contract_id(node, "FlrId")
    if number is None:
        raise Unreadable("contract-id", "names no contract")
    valid_from, valid_to = validity(node, "MembershipPeriod")
    return TeamContractSnapshot(contract_id=number, valid_from=valid_from, valid_to=valid_to)
