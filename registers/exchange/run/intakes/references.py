"""Records of other registers that the records of a batch point at. Those that no source has reported yet are
announced: they are stored as references, so that nothing points at nothing."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from registers.code_systems.intake.codes import StoredCodes
from registers.communication_parties.intake import parties
from registers.editing.bulk_writes import Writes
from registers.gp_lists.intake import references as gp_lists
from registers.intake.record_set import ANNOUNCED
from registers.organisations.intake.organisations import OrganisationIntake, Reference
from registers.personnel.intake.professionals import ProfessionalIntake


async def organisations_of(
    session: AsyncSession,
    codes: StoredCodes,
    references: Iterable[parties.OrganisationReference | gp_lists.OrganisationReference],
) -> OrganisationIntake:
    """The organisations that these references name, to be written."""
    references = list(references)
    organisations = OrganisationIntake(codes)
    await organisations.load(session, {each.number for each in references})
    for each in references:
        reference = Reference(each.number, each.valid_from, each.name, each.check_digit_holds)
        if organisations.announce(reference):
            each.referred_by.announced += 1
            each.referred_by.flag(ANNOUNCED, "organisation_number", f"organisation {each.number} is not held yet")
    return organisations


async def professionals_of(
    session: AsyncSession, codes: StoredCodes, now: datetime, references: Iterable[gp_lists.ProfessionalReference]
) -> ProfessionalIntake:
    """The health professionals that these references name, to be written."""
    references = list(references)
    professionals = ProfessionalIntake(codes, now)
    await professionals.load(session, {each.number for each in references})
    for each in references:
        if professionals.announce(each.number):
            each.referred_by.announced += 1
            each.referred_by.flag(ANNOUNCED, each.path, f"HPR number {each.number} is not held yet")
    return professionals


async def write_references_of_lists(
    session: AsyncSession, writes: Writes, codes: StoredCodes, now: datetime, references: gp_lists.References
) -> None:
    """Writes the codes learned and what GP lists and teams point at, before the lists and teams themselves."""
    offices = await organisations_of(session, codes, references.organisations)
    doctors = await professionals_of(session, codes, now, references.professionals)
    codes.write(writes)
    offices.write(writes)
    doctors.write(writes)
