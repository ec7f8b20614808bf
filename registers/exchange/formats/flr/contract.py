"""A GP contract of FLR, with its office, its doctors and its patients."""

from registers.core.code_systems import CITY_DISTRICTS, END_REASONS, LIST_MEMBERSHIPS, LIST_STATUSES, MUNICIPALITIES
from registers.core.identifiers import GpContractId, OrganisationNumber
from registers.exchange.errors import Unreadable
from registers.exchange.formats.flr.doctors import doctor_cycles, out_of_office
from registers.exchange.formats.flr.patient import association
from registers.exchange.formats.flr.values import (
    contract_id,
    count,
    is_historic,
    office_number,
    optional_id,
    truth,
    validity,
)
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import part, parts, reported
from registers.exchange.reading.times import optional_date, optional_instant
from registers.gp_lists.intake.snapshot import GpContractSnapshot, OfficeSnapshot
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported


def contract(node: Node, position: str, *, interface: str) -> GpContractSnapshot:
    """Raises Unreadable when it has no readable id or period."""
    own_id = contract_id(node, "Id")
    if own_id is None:
        raise Unreadable("contract-id", "the contract has no id")
    valid_from, valid_to = validity(node, "Valid")
    number, holds = _office_number(node)
    municipality = reported(node, "Municipality", values.municipality)
    return GpContractSnapshot(
        interface=interface,
        position=position,
        changed_at=optional_instant(node, "UpdatedOn"),
        id=own_id,
        name=reported(node, "Name", Node.text),
        status=_code(node, "Status", LIST_STATUSES),
        valid_from=valid_from,
        valid_to=valid_to,
        agreement_date=reported(node, "AgreementDate", optional_date),
        municipality=municipality,
        coop_municipalities=_coop_municipalities(node, municipality),
        office_number=number,
        office_check_digit_holds=holds,
        office=_office(node, number),
        max_patients=count(node, "MaxPatients"),
        patients_on_waiting_list=count(node, "PatientsOnWaitingList"),
        common_list=truth(node, "ParticipatesOnCommonList"),
        fixed_salary=truth(node, "IsFixedSalary"),
        requires_membership=_code(node, "RequiresMembership", LIST_MEMBERSHIPS),
        end_reason=_code(node, "EndReason", END_REASONS),
        team_id=reported(node, "PrimaryHealthCareTeamId", optional_id),
        doctor_cycles=doctor_cycles(node, "DoctorCycles", own_id),
        out_of_office=out_of_office(node, "OutOfOfficeOffices", own_id),
        patients=parts(
            node,
            "PatientList",
            # a record of its own, with remarks of its own
            lambda each: association(Node(each.values), f"{position}/{each.path}", interface=interface, of=own_id),
        ),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def nested_contract(node: Node, position: str, *, interface: str, of: GpContractId) -> GpContractSnapshot | None:
    """The contract that an association shows; None, with a remark at `node`, when it cannot be read."""
    shown = node.node("GPContract")
    if not shown:
        return None
    found = part(shown, lambda each: contract(Node(each.values), f"{position}/GPContract", interface=interface))
    if found and found.id != of:
        shown.refuse("contract-ids-differ", "Id", "is another contract than the one the association names")
        return None
    return found


def _code(node: Node, key: str, system: str) -> CodeValue | NotReported | None:
    return reported(node, key, lambda inner, key: values.code(inner, key, system))


def _coop_municipalities(node: Node, own: CodeValue | NotReported | None) -> list[CodeValue] | NotReported:
    found = parts(node, "CoopMunicipalities", _municipality)
    if found is NOT_REPORTED:
        return NOT_REPORTED
    others = values.unique((each for each in found if not _is_same(each, own)), lambda each: each.key)
    if any(_is_same(each, own) for each in found):
        node.flag("own-municipality", "CoopMunicipalities", "names the contract's own municipality, which was left out")
    return others


def _municipality(node: Node) -> CodeValue | None:
    found = values.code_of(node, MUNICIPALITIES)
    return values.municipality_code(node, "", found.value, found.display) if found else None


def _is_same(municipality: CodeValue, own: CodeValue | NotReported | None) -> bool:
    return isinstance(own, CodeValue) and own.key == municipality.key


def _office_number(node: Node) -> tuple[OrganisationNumber | NotReported | None, bool]:
    if "GPOfficeOrganizationNumber" in node:
        return office_number(node, "GPOfficeOrganizationNumber")
    office = node.node("GPOffice")
    return office_number(office, "OrganizationNumber") if office else (NOT_REPORTED, True)


def _office(node: Node, stated: OrganisationNumber | NotReported | None) -> OfficeSnapshot | NotReported:
    office = node.node("GPOffice")
    if not office or is_historic(office, "OrganizationNumber"):
        return NOT_REPORTED
    number, holds = values.organisation_number(office, "OrganizationNumber")
    number = number or (None if stated is NOT_REPORTED else stated)
    if number is None:
        office.refuse("office-without-number", "OrganizationNumber", "the office has no organisation number")
        return NOT_REPORTED
    if number != stated and stated is not NOT_REPORTED:
        office.flag("office-numbers-differ", "OrganizationNumber", "is not the number that the contract names")
    period = part(office, lambda each: validity(each, "Valid")) if office.node("Valid") else None
    return OfficeSnapshot(
        organisation_number=number,
        check_digit_holds=holds,
        name=office.text("Name"),
        display_name=reported(office, "DisplayName", Node.text),
        municipality=reported(office, "Municipality", values.municipality),
        group_office=truth(office, "IsGroupOffice"),
        district=_code(office, "District", CITY_DISTRICTS),
        team_id=reported(office, "PrimaryHealthCareTeamId", optional_id),
        valid_from=period[0] if period else None,
        valid_to=period[1] if period else None,
    )
