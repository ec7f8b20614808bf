"""Every change of what a communication party is. How it is reached has files of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from registers.changelog.append import Change, Register
from registers.code_systems.editing.codes import usable, usable_or_none
from registers.communication_parties.editing.addresses import expected
from registers.communication_parties.editing.inheritors import UPDATED
from registers.communication_parties.editing.references import name_of_type, usable_service_type
from registers.communication_parties.editing.rules import (
    COVERS_NO_ORGANISATION,
    NAMED_TWICE,
    PARTY_UNKNOWN,
    PERSONS_ONLY,
    SERVICES_ONLY,
)
from registers.communication_parties.editing.uniqueness import check_one_in_use
from registers.communication_parties.models import CommunicationParty, CoverageArea, PartyKind, PartyProperty
from registers.core.code_systems import BUSINESS_TYPES, MUNICIPALITIES
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, HerId, MunicipalityNumber
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction
from registers.intake.record_set import any_of


async def change_names(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, name: str, display_name: str | None
) -> str:
    """`display_name` None = none, the official name is shown. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    name = validated_text(transaction.problems, name, "input", "name")
    display_name = validated_text_or_none(transaction.problems, display_name, "input", "displayName")
    if (name, display_name) == (party.name, party.display_name):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await updating(transaction, party)
    party.name, party.display_name = name, display_name
    return str(her_id)


async def change_service_type(
    transaction: EditTransaction,
    her_id: HerId,
    expected_entry: EntryNumber,
    *,
    system: str,
    value: str,
    specification: str | None,
    location: str | None,
) -> str:
    """A service that is called as its type is, is called as the new one. Raises Refused."""
    party = await _service(transaction, her_id, expected_entry)
    service_type = party.service_type
    if service_type != code_key(system, value):
        service_type = await usable_service_type(transaction, system, value, "input", "serviceType")
    specification = validated_text_or_none(transaction.problems, specification, "input", "serviceSpecification")
    location = validated_text_or_none(transaction.problems, location, "input", "locationDescription")
    target = (service_type, specification, location)
    if target == (party.service_type, party.service_specification, party.location_description):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    if party.active and service_type != party.service_type:
        await check_one_in_use(
            transaction, her_id, party.parent_her_id, None, service_type, party.period, "input", "serviceType"
        )
    former_name, new_name = [await name_of_type(transaction, each) for each in (party.service_type, service_type)]
    await updating(transaction, party)
    if party.name == former_name:
        party.name = new_name or party.name
    party.service_type, party.service_specification, party.location_description = target
    return str(her_id)


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a party beside its names, its type and how it is reached; codes as values of their systems."""

    business_type: str | None
    municipality: MunicipalityNumber | None
    title: str | None
    messaging_valid: bool


async def change_details(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, details: Details
) -> str:
    """What is None is taken away. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    title = validated_text_or_none(transaction.problems, details.title, "input", "title")
    if title is not None and party.kind != PartyKind.PERSON.value:
        transaction.problems.add(PERSONS_ONLY, "input", "title", value=party.kind)
    business_type = await _stored_or_usable(
        transaction, party.business_type, BUSINESS_TYPES, details.business_type, "businessType"
    )
    municipality = await _stored_or_usable(
        transaction, party.municipality, MUNICIPALITIES, details.municipality, "municipality"
    )
    target = (business_type, municipality, title, details.messaging_valid)
    if target == (party.business_type, party.municipality, party.title, party.messaging_valid):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await updating(transaction, party)
    party.business_type, party.municipality, party.title, party.messaging_valid = target
    return str(her_id)


async def change_properties(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, properties: Sequence[tuple[str, str]]
) -> str:
    """The coded properties, each as system and value, all of them. One that is held stays even where its code is
    retired. Raises Refused."""
    party = await expected(transaction, her_id, expected_entry)
    stored = {row.code: row for row in await transaction.session.scalars(_properties_of(her_id))}
    target: set[CodeKey] = set()
    for terms, (system, value) in enumerate(properties):
        key = code_key(system, value)
        if key in target:
            transaction.problems.add(NAMED_TWICE, "properties", str(terms), value=key)
        elif key not in stored:
            key = await usable(transaction, system, value, "properties", str(terms))
        target.add(key)
    if target == stored.keys():
        transaction.problems.add(NOTHING_TO_CHANGE, "properties")
    await updating(transaction, party)
    for key in stored.keys() - target:
        await transaction.session.delete(stored[key])
    transaction.session.add_all(PartyProperty(her_id=her_id, code=key) for key in sorted(target - stored.keys()))
    return str(her_id)


async def change_coverage_areas(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, covered: Sequence[HerId]
) -> str:
    """The municipalities that an inter-municipal service covers, all of them. Raises Refused."""
    await _service(transaction, her_id, expected_entry)
    target = set(covered)
    kinds = await _kinds(transaction, target)
    seen: set[HerId] = set()
    for terms, each in enumerate(covered):
        if each in seen:
            transaction.problems.add(NAMED_TWICE, "coverageAreas", str(terms), value=each)
        elif kinds.get(each) != PartyKind.ORGANISATION.value:
            rule = COVERS_NO_ORGANISATION if each in kinds else PARTY_UNKNOWN
            transaction.problems.add(rule, "coverageAreas", str(terms), value=each)
        seen.add(each)
    stored = (await transaction.session.scalars(select(CoverageArea).where(CoverageArea.her_id == her_id))).all()
    if {area.covered_her_id for area in stored} == target:
        transaction.problems.add(NOTHING_TO_CHANGE, "coverageAreas")
    await transaction.write(Change(Register.COMMUNICATION_PARTIES, str(her_id), UPDATED))
    for area in stored:
        if area.covered_her_id not in target:
            await transaction.session.delete(area)
    new = target - {area.covered_her_id for area in stored}
    transaction.session.add_all(CoverageArea(her_id=her_id, covered_her_id=each) for each in sorted(new))
    return str(her_id)


async def updating(transaction: EditTransaction, party: CommunicationParty) -> None:
    """Appends the entry of a change of the party. Raises Refused when there are problems."""
    await transaction.write(Change(Register.COMMUNICATION_PARTIES, str(party.her_id), UPDATED))


async def _stored_or_usable(
    transaction: EditTransaction, stored: CodeKey | None, system: str, value: str | None, field: str
) -> CodeKey | None:
    """A party's own code stays even where it is retired."""
    if value is not None and stored == code_key(system, value):
        return stored
    return await usable_or_none(transaction, system, value, "input", field)


def _properties_of(her_id: HerId) -> Select[PartyProperty]:
    return select(PartyProperty).where(PartyProperty.her_id == her_id)


async def _service(transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber) -> CommunicationParty:
    party = await expected(transaction, her_id, expected_entry)
    if party.kind != PartyKind.SERVICE.value:
        transaction.problems.add(SERVICES_ONLY, "herId", value=party.kind)
        raise transaction.problems.refusal()
    return party


async def _kinds(transaction: EditTransaction, her_ids: Collection[HerId]) -> dict[HerId, str]:
    """Kind of each party that is held."""
    party = CommunicationParty
    rows = await transaction.session.execute(select(party.her_id, party.kind).where(any_of(party.her_id, her_ids)))
    return {row.her_id: row.kind for row in rows}
