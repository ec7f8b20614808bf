"""Certificates that have ended, will end, or are not there."""

from datetime import timedelta

from sqlalchemy import Select, Text, and_, column, func, or_, select, true, union, values

from registers.communication_parties.models import Certificate, CertificateUsage, CommunicationParty, PartyCertificate
from registers.core.validity import Instant
from registers.quality.repository.conditions import current, in_use, listed, rows


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


def _certificates_in_use(instant: Instant) -> tuple[type[PartyCertificate], type[Certificate], Select]:
    """Current uses and their certificates, and a SELECT over both that gives one row for each party in use."""
    party = rows(CommunicationParty, instant)
    use, certificate = rows(PartyCertificate, instant), rows(Certificate, instant)
    statement = (
        select(party.her_id.label("key"), func.min(certificate.not_after).label("ends"), listed(use.usage, "usages"))
        .select_from(use)
        .join(certificate, certificate.thumbprint == use.thumbprint)
        .join(party, party.her_id == use.her_id)
        .where(in_use(party, instant), current(use, instant))
        .group_by(party.her_id)
    )
    return use, certificate, statement


def without_certificate(instant: Instant) -> Select:
    """Parties in use and valid for messaging that lack a certificate for a usage, own or inherited."""
    party, below = rows(CommunicationParty, instant), rows(CommunicationParty, instant)
    own, above = rows(PartyCertificate, instant), rows(PartyCertificate, instant)
    usage = values(column("name", Text), name="usages").data([(each.value,) for each in CertificateUsage])
    inherits = (
        select(below.her_id, above.usage)
        .select_from(below)
        .join(above, above.her_id == below.parent_her_id)
        .where(current(above, instant))
    )
    certified = union(select(own.her_id, own.usage).where(current(own, instant)), inherits).subquery()
    return (
        select(party.her_id.label("key"), func.lower(party.kind).label("kind"), listed(usage.c.name, "usages"))
        .select_from(party)
        .join(usage, true())
        .outerjoin(certified, and_(certified.c.her_id == party.her_id, certified.c.usage == usage.c.name))
        .where(in_use(party, instant), party.messaging_valid, certified.c.her_id.is_(None))
        .group_by(party.her_id, party.kind)
    )
