"""GP lists and the parties that receive their messages: the GP's own, or the office's service for vacant lists."""

from sqlalchemy import Select, Text, and_, cast, func, literal, select

from registers.communication_parties.models import CommunicationParty
from registers.core.code_systems import VACANT_LIST_SERVICES
from registers.core.validity import Instant
from registers.gp_lists.models import GP, DoctorCycle, GpContract
from registers.quality.repository.conditions import current, in_force, in_use, listed, rows


def doctors_twice_at_an_office(instant: Instant) -> Select:
    """HPR numbers with several parties in use below one organisation, or one party where that has no number."""
    party, office = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    office_key = func.coalesce(office.organisation_number, cast(office.her_id, Text))
    return (
        select(party.hpr_number.label("key"), office_key.label("office"), listed(party.her_id, "her_ids"))
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(in_use(party, instant), party.hpr_number.is_not(None))
        .group_by(party.hpr_number, office_key)
        .having(func.count() > 1)
    )


def vacant_lists_without_service(instant: Instant) -> Select:
    """Lists in force without a GP whose office has no service for vacant lists."""
    contract, cycle = rows(GpContract, instant), rows(DoctorCycle, instant)
    _, office, services = _vacant_list_services(instant)
    offices = services.with_only_columns(office.organisation_number.label("number")).distinct().subquery()
    of_gp = and_(cycle.contract_id == contract.id, cycle.relationship == GP, current(cycle, instant))
    without_service = literal("office ") + contract.office_number + " has no service for it"
    why = func.coalesce(without_service, "the list names no office")
    return (
        select(contract.id.label("key"), why.label("why"))
        .select_from(contract)
        .outerjoin(cycle, of_gp)
        .outerjoin(offices, offices.c.number == contract.office_number)
        .where(in_force(contract, instant), cycle.id.is_(None), offices.c.number.is_(None))
    )


def offices_with_several_vacant_list_services(instant: Instant) -> Select:
    """Organisations with more than one service for vacant lists in use."""
    party, office, services = _vacant_list_services(instant)
    return (
        services.with_only_columns(office.organisation_number.label("key"), listed(party.her_id, "her_ids"))
        .where(office.organisation_number.is_not(None))
        .group_by(office.organisation_number)
        .having(func.count() > 1)
    )


def _vacant_list_services(instant: Instant) -> tuple[type[CommunicationParty], type[CommunicationParty], Select]:
    """Services for vacant lists, their organisation parties, and a SELECT over both of the services in use."""
    party, office = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    statement = (
        select(party.her_id)
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(party.service_type.in_(VACANT_LIST_SERVICES), in_use(party, instant))
    )
    return party, office, statement


def gps_without_party(instant: Instant) -> Select:
    """GPs of lists in force who have no party in use at the list's office."""
    contract, cycle = rows(GpContract, instant), rows(DoctorCycle, instant)
    party, office = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    active_at_office = (
        select(office.organisation_number.label("number"), party.hpr_number)
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(in_use(party, instant), party.hpr_number.is_not(None))
        .distinct()
        .subquery()
    )
    at_office = and_(
        active_at_office.c.number == contract.office_number, active_at_office.c.hpr_number == cycle.hpr_number
    )
    return (
        select(contract.id.label("key"), cycle.hpr_number.label("hpr_number"), contract.office_number.label("office"))
        .select_from(contract)
        .join(cycle, and_(cycle.contract_id == contract.id, cycle.relationship == GP, current(cycle, instant)))
        .outerjoin(active_at_office, at_office)
        .where(
            in_force(contract, instant), contract.office_number.is_not(None), active_at_office.c.hpr_number.is_(None)
        )
    )


def parties_of_doctors_who_left(instant: Instant) -> Select:
    """Person parties in use at an office whose lists the doctor has left, with none now or to come."""
    contract, cycle = rows(GpContract, instant), rows(DoctorCycle, instant)
    party, office = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    end = func.least(cycle.valid_to, contract.valid_to, type_=cycle.valid_to.type)  # of null and a time, the time
    left = (
        select(contract.office_number, cycle.hpr_number, func.max(end).label("on"))
        .select_from(cycle)
        .join(contract, contract.id == cycle.contract_id)
        .group_by(contract.office_number, cycle.hpr_number)
        .having(func.bool_and(func.coalesce(end <= instant.valid_at, False)))
        .subquery()
    )
    same = and_(left.c.office_number == office.organisation_number, left.c.hpr_number == party.hpr_number)
    return (
        select(
            party.her_id.label("key"), party.hpr_number, left.c.office_number.label("office"), left.c.on.label("left")
        )
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .join(left, same)
        .where(in_use(party, instant))
    )
