"""Changes of what a communication party is. How it is reached is changed elsewhere.

Each change checks everything first and then writes; all of them raise Refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from registers.code_systems.editing.codes import usable, usable_or_none
from registers.communication_parties.editing.party import expected_party, expected_service, write_update
from registers.communication_parties.editing.rules import (
    COVERS_NO_ORGANISATION,
    NAMED_TWICE,
    PARTY_UNKNOWN,
    PERSONS_ONLY,
)
from registers.communication_parties.editing.services import ServiceTerms, name_of_type, validated_service
from registers.communication_parties.editing.uniqueness import PartyInUse, check_one_in_use
from registers.communication_parties.models import CoverageArea, PartyKind, PartyProperty
from registers.communication_parties.repository import current
from registers.core.code_systems import BUSINESS_TYPES, MUNICIPALITIES
from registers.core.codes import CodeKey, code_key
from registers.core.identifiers import EntryNumber, HerId, MunicipalityNumber
from registers.editing.rules import NOTHING_TO_CHANGE
from registers.editing.texts import validated_text, validated_text_or_none
from registers.editing.transaction import EditTransaction


async def change_names(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, name: str, display_name: str | None
) -> str:
    """`display_name` None = none, the official name is shown."""
    party = await expected_party(transaction, her_id, expected_entry)
    name = validated_text(transaction.problems, name, "input", "name")
    display_name = validated_text_or_none(transaction.problems, display_name, "input", "displayName")
    if (name, display_name) == (party.name, party.display_name):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    await write_update(transaction, her_id)
    party.name, party.display_name = name, display_name
    return str(her_id)


async def change_service_type(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, terms: ServiceTerms
) -> str:
    """A service that is named as its type gets the name of the new one."""
    party = await expected_service(transaction, her_id, expected_entry)
    target = await validated_service(transaction, terms, stored=party.service_type)
    if target == (party.service_type, party.service_specification, party.location_description):
        transaction.problems.add(NOTHING_TO_CHANGE, "input")
    if party.active and target.service_type != party.service_type:
        in_use = PartyInUse(her_id, party.parent_her_id, party.period, service_type=target.service_type)
        await check_one_in_use(transaction, in_use, "input", "serviceType")
    former_name = await name_of_type(transaction, party.service_type)
    new_name = await name_of_type(transaction, target.service_type)
    await write_update(transaction, her_id)
    if party.name == former_name:
        party.name = new_name or party.name
    party.service_type, party.service_specification, party.location_description = target
    return str(her_id)


@dataclass(frozen=True, slots=True)
class Details:
    """What a party is, beside its names, its type and how it is reached; codes as values of their systems."""

    business_type: str | None
    municipality: MunicipalityNumber | None
    title: str | None
    messaging_valid: bool


async def change_details(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, details: Details
) -> str:
    """Replaces all details: those that are None are removed."""
    party = await expected_party(transaction, her_id, expected_entry)
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
    await write_update(transaction, her_id)
    party.business_type, party.municipality, party.title, party.messaging_valid = target
    return str(her_id)


async def change_properties(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, properties: Sequence[tuple[str, str]]
) -> str:
    """Replaces all coded properties, each given as system and value. A stored one may stay even where its code is
    retired."""
    await expected_party(transaction, her_id, expected_entry)
    stored = await current.properties_of(transaction.session, her_id)
    target: set[CodeKey] = set()
    for index, (system, value) in enumerate(properties):
        key = code_key(system, value)
        if key in target:
            transaction.problems.add(NAMED_TWICE, "properties", str(index), value=key)
        elif key not in stored:
            key = await usable(transaction, system, value, "properties", str(index))
        target.add(key)
    if target == stored.keys():
        transaction.problems.add(NOTHING_TO_CHANGE, "properties")
    await write_update(transaction, her_id)
    for key in stored.keys() - target:
        await transaction.session.delete(stored[key])
    transaction.session.add_all(PartyProperty(her_id=her_id, code=key) for key in sorted(target - stored.keys()))
    return str(her_id)


async def change_coverage_areas(
    transaction: EditTransaction, her_id: HerId, expected_entry: EntryNumber, *, covered: Sequence[HerId]
) -> str:
    """Replaces all municipalities that an inter-municipal service covers, each given by its organisation party."""
    await expected_service(transaction, her_id, expected_entry)
    kinds = await current.kinds(transaction.session, covered)
    stored = await current.coverage_areas_of(transaction.session, her_id)
    target: set[HerId] = set()
    for index, each in enumerate(covered):
        if each in target:
            transaction.problems.add(NAMED_TWICE, "coverageAreas", str(index), value=each)
        elif kinds.get(each) != PartyKind.ORGANISATION.value:
            rule = COVERS_NO_ORGANISATION if each in kinds else PARTY_UNKNOWN
            transaction.problems.add(rule, "coverageAreas", str(index), value=each)
        target.add(each)
    if target == stored.keys():
        transaction.problems.add(NOTHING_TO_CHANGE, "coverageAreas")
    await write_update(transaction, her_id)
    for each in stored.keys() - target:
        await transaction.session.delete(stored[each])
    new = sorted(target - stored.keys())
    transaction.session.add_all(CoverageArea(her_id=her_id, covered_her_id=each) for each in new)
    return str(her_id)


async def _stored_or_usable(
    transaction: EditTransaction, stored: CodeKey | None, system: str, value: str | None, field: str
) -> CodeKey | None:
    """A party's stored code may stay even where it is retired."""
    if value is not None and stored == code_key(system, value):
        return stored
    return await usable_or_none(transaction, system, value, "input", field)
