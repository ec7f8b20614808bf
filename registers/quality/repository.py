"""Every SELECT of the data quality rules: one for each kind of finding, over whole registers at once.

Each yields a row for each record that breaks the rule: `key`, its public key, and what its text is made of. No
national id and no name of a person is among the columns. "In use" is a party that is active, valid at the instant
and known by its own record.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, column, func, literal, or_, select, true, union, values
from sqlalchemy.dialects.postgresql import aggregate_order_by

from registers.changelog.models import Entry
from registers.code_systems.models import Code
from registers.communication_parties.models import (
    Certificate,
    CertificateUsage,
    CommunicationParty,
    ElectronicAddress,
    PartyCertificate,
    PhysicalAddress,
)
from registers.core.code_systems import ELECTRONIC_ADDRESS_TYPES, PHYSICAL_ADDRESS_TYPES
from registers.core.codes import CodeKey, code_key
from registers.core.validity import Instant, valid_at
from registers.database.database import known_at
from registers.gp_lists.models import GP, DoctorCycle, GpContract
from registers.gp_lists.repository.contracts import VACANT_LIST_SERVICES
from registers.organisations.models import Organisation

MESSAGE_ADDRESSES = (code_key(ELECTRONIC_ADDRESS_TYPES, "E_EDI"), code_key(ELECTRONIC_ADDRESS_TYPES, "E_SB_ASYNC"))
POSTAL_ADDRESSES = (code_key(PHYSICAL_ADDRESS_TYPES, "PST"),)
PUBLISHED_BY = "migration"  # caller of the entries under which the national lists came


def without_electronic_address(instant: Instant) -> Select:
    """Parties in use that have neither EDI address nor asynchronous queue, own or inherited."""
    return _without_address(ElectronicAddress, MESSAGE_ADDRESSES, instant)


def without_postal_address(instant: Instant) -> Select:
    """Parties in use without a postal address, own or inherited."""
    return _without_address(PhysicalAddress, POSTAL_ADDRESSES, instant)


def _without_address(model: type[Any], types: tuple[CodeKey, ...], instant: Instant) -> Select:
    party, below = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    own, hiding, above = (_rows(model, instant) for _ in range(3))

    def current(address: Any) -> ColumnElement[bool]:
        return and_(address.type.in_(types), valid_at(address, instant.valid_at))

    def given(address: Any) -> ColumnElement[bool]:
        return and_(current(address), address.address.is_not(None) if model is ElectronicAddress else true())

    inherits = (
        select(below.her_id)
        .select_from(below)
        .join(above, and_(above.her_id == below.parent_her_id, given(above)))
        .outerjoin(hiding, and_(hiding.her_id == below.her_id, hiding.type == above.type, current(hiding)))
        .where(hiding.her_id.is_(None))
    )
    reached = union(select(own.her_id).where(given(own)), inherits).subquery()
    return (
        select(party.her_id.label("key"), func.lower(party.kind).label("kind"))
        .select_from(party)
        .outerjoin(reached, reached.c.her_id == party.her_id)
        .where(_in_use(party, instant), reached.c.her_id.is_(None))
    )


def certificates_expired(instant: Instant) -> Select:
    """Parties in use whose own current certificate has ended."""
    _, certificate, statement = _certificates_in_use(instant)
    return statement.where(certificate.not_after <= instant.valid_at)


def certificates_ending(instant: Instant, *, after_days: int, until_days: int) -> Select:
    """Parties in use whose own certificate ends in more than `after_days` and at most `until_days`.

    One that another is registered to replace before it ends is left out.
    """
    use, certificate, statement = _certificates_in_use(instant)
    return statement.where(
        certificate.not_after > instant.valid_at + timedelta(days=after_days),
        certificate.not_after <= instant.valid_at + timedelta(days=until_days),
        or_(use.valid_to.is_(None), use.valid_to > certificate.not_after),
    )


def certificates_without_bytes(instant: Instant) -> Select:
    """Parties in use whose own current certificate has not arrived: only its thumbprint and dates are known."""
    _, certificate, statement = _certificates_in_use(instant)
    return statement.where(certificate.der.is_(None))


def _certificates_in_use(instant: Instant) -> tuple[Any, Any, Select]:
    """Current uses and their certificates, one row for each party in use."""
    party, use, certificate = (_rows(model, instant) for model in (CommunicationParty, PartyCertificate, Certificate))
    statement = (
        select(party.her_id.label("key"), func.min(certificate.not_after).label("ends"), _listed(use.usage, "usages"))
        .select_from(use)
        .join(certificate, certificate.thumbprint == use.thumbprint)
        .join(party, party.her_id == use.her_id)
        .where(_in_use(party, instant), valid_at(use, instant.valid_at))
        .group_by(party.her_id)
    )
    return use, certificate, statement


def without_certificate(instant: Instant) -> Select:
    """Parties in use and valid for messaging that lack a certificate for a usage, own or inherited."""
    party, below = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    own, above = _rows(PartyCertificate, instant), _rows(PartyCertificate, instant)
    usage = values(column("name", Text), name="usages").data([(each.value,) for each in CertificateUsage])
    inherits = (
        select(below.her_id, above.usage)
        .select_from(below)
        .join(above, above.her_id == below.parent_her_id)
        .where(_current(above, instant))
    )
    in_use = union(select(own.her_id, own.usage).where(_current(own, instant)), inherits).subquery()
    return (
        select(party.her_id.label("key"), func.lower(party.kind).label("kind"), _listed(usage.c.name, "usages"))
        .select_from(party)
        .join(usage, true())
        .outerjoin(in_use, and_(in_use.c.her_id == party.her_id, in_use.c.usage == usage.c.name))
        .where(_in_use(party, instant), party.messaging_valid, in_use.c.her_id.is_(None))
        .group_by(party.her_id, party.kind)
    )


def doctors_twice_at_an_office(instant: Instant) -> Select:
    """HPR numbers with several parties in use below one organisation, or one party where that has no number."""
    party, office = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    office_key = func.coalesce(office.organisation_number, cast(office.her_id, Text))
    return (
        select(party.hpr_number.label("key"), office_key.label("office"), _listed(party.her_id, "her_ids"))
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(_in_use(party, instant), party.hpr_number.is_not(None))
        .group_by(party.hpr_number, office_key)
        .having(func.count() > 1)
    )


def vacant_lists_without_service(instant: Instant) -> Select:
    """Lists in force without a GP whose office has no service for vacant lists."""
    contract, cycle = _rows(GpContract, instant), _rows(DoctorCycle, instant)
    _, office, services = _vacant_list_services(instant)
    offices = services.with_only_columns(office.organisation_number.label("number")).distinct().subquery()
    of_gp = and_(cycle.contract_id == contract.id, cycle.relationship == GP, _current(cycle, instant))
    why = func.coalesce("office " + contract.office_number + " has no service for it", "the list names no office")
    return (
        select(contract.id.label("key"), why.label("why"))
        .select_from(contract)
        .outerjoin(cycle, of_gp)
        .outerjoin(offices, offices.c.number == contract.office_number)
        .where(_in_force(contract, instant), cycle.id.is_(None), offices.c.number.is_(None))
    )


def offices_with_several_vacant_list_services(instant: Instant) -> Select:
    """Organisations with more than one service for vacant lists in use."""
    party, office, services = _vacant_list_services(instant)
    return (
        services.with_only_columns(office.organisation_number.label("key"), _listed(party.her_id, "her_ids"))
        .where(office.organisation_number.is_not(None))
        .group_by(office.organisation_number)
        .having(func.count() > 1)
    )


def _vacant_list_services(instant: Instant) -> tuple[Any, Any, Select]:
    """Services for vacant lists in use, with the organisation party above."""
    party, office = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    statement = (
        select(party.her_id)
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(party.service_type.in_(VACANT_LIST_SERVICES), _in_use(party, instant))
    )
    return party, office, statement


def gps_without_party(instant: Instant) -> Select:
    """GPs of lists in force who have no party in use at the list's office."""
    contract, cycle = _rows(GpContract, instant), _rows(DoctorCycle, instant)
    party, office = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    active_at_office = (
        select(office.organisation_number.label("number"), party.hpr_number)
        .select_from(party)
        .join(office, office.her_id == party.parent_her_id)
        .where(_in_use(party, instant), party.hpr_number.is_not(None))
        .distinct()
        .subquery()
    )
    at_office = and_(
        active_at_office.c.number == contract.office_number, active_at_office.c.hpr_number == cycle.hpr_number
    )
    return (
        select(contract.id.label("key"), cycle.hpr_number.label("hpr_number"), contract.office_number.label("office"))
        .select_from(contract)
        .join(cycle, and_(cycle.contract_id == contract.id, cycle.relationship == GP, _current(cycle, instant)))
        .outerjoin(active_at_office, at_office)
        .where(
            _in_force(contract, instant), contract.office_number.is_not(None), active_at_office.c.hpr_number.is_(None)
        )
    )


def parties_of_doctors_who_left(instant: Instant) -> Select:
    """Person parties in use at an office whose lists the doctor has left, with none now or to come."""
    contract, cycle = _rows(GpContract, instant), _rows(DoctorCycle, instant)
    party, office = _rows(CommunicationParty, instant), _rows(CommunicationParty, instant)
    end = func.least(
        cycle.valid_to, contract.valid_to, type_=cycle.valid_to.type
    )  # the earlier of those that are given
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
        .where(_in_use(party, instant))
    )


def organisation_numbers_that_fail(instant: Instant) -> Select:
    """Organisations in force whose number fails its check digit."""
    organisation = _rows(Organisation, instant)
    return select(organisation.organisation_number.label("key")).where(
        ~organisation.check_digit_holds, _current(organisation, instant)
    )


def codes_of_no_national_list(instant: Instant) -> Select:
    """Codes that came with a file and that nobody has confirmed; those of the lists we publish are none of them."""
    code = _rows(Code, instant)
    return (
        select(code.key.label("key"), Entry.number.label("entry"), Entry.recorded_at.label("seen"))
        .select_from(code)
        .join(Entry, Entry.number == code.since_entry)
        .where(~code.confirmed, Entry.caller != PUBLISHED_BY)
    )


def _rows(model: type[Any], instant: Instant) -> Any:
    return known_at(model, instant, again=True)


def _current(rows: Any, instant: Instant) -> ColumnElement[bool]:
    return valid_at(rows, instant.valid_at)


def _in_use(party: Any, instant: Instant) -> ColumnElement[bool]:
    return and_(party.active, ~party.reference_only, _current(party, instant))


def _in_force(contract: Any, instant: Instant) -> ColumnElement[bool]:
    return and_(~contract.reference_only, _current(contract, instant))


def _listed(values_: Any, name: str) -> Any:
    """The values of a group in their order, as one text."""
    return func.string_agg(cast(values_, Text), aggregate_order_by(literal(", "), values_)).label(name)
