"""A person of HPR from either interface; `parts` says how SOAP and REST differ.

What makes a person or a part of one raises Unreadable.
"""

from registers.core.code_systems import COUNTRIES, MUNICIPALITIES, PHYSICAL_ADDRESS_TYPES, SEXES
from registers.core.identifiers import NationalId, PostalCode
from registers.exchange.errors import Unreadable
from registers.exchange.formats.hpr.parts import (
    authorisation,
    code,
    code_of_any,
    country,
    education,
    reaction,
)
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import parts, reported
from registers.exchange.reading.times import birth_and_death, optional_instant
from registers.exchange.reading.values import national_id
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported
from registers.personnel.intake.snapshot import (
    AlternativeIdSnapshot,
    HealthProfessionalSnapshot,
    ProfessionalAddressSnapshot,
)

ALTERNATIVE_IDS = "alternativ_id"


def person(node: Node, position: str, *, interface: str, history_reported: bool) -> HealthProfessionalSnapshot:
    """`history_reported`: the source carries what has ended too, not only what is valid at a moment."""
    hpr_number = values.hpr_number(node, "HPRNummer")
    if hpr_number is None:
        raise Unreadable("hpr-number", "the person has no readable HPR number")
    replaced_by = reported(node, "ErstattetAvHprNummer", values.hpr_number)
    if replaced_by == hpr_number:
        node.refuse("own-replacement", "ErstattetAvHprNummer", "is replaced by its own number")
        replaced_by = None
    missing = node.truth("ManglerNIN")
    number, holds = _national_id(node, missing)
    born_on, died_on = birth_and_death(node, "Fødselsdato", "Dødsdato")
    return HealthProfessionalSnapshot(
        interface=interface,
        position=position,
        changed_at=optional_instant(node, "SistOppdatert"),
        hpr_number=hpr_number,
        replaced_by=replaced_by,
        national_id=number,
        national_id_holds=holds,
        missing_national_id=NOT_REPORTED if missing is None else missing,
        first_name=reported(node, "Fornavn", Node.text),
        middle_name=reported(node, "Mellomnavn", Node.text),
        last_name=reported(node, "Etternavn", Node.text),
        born_on=born_on,
        died_on=died_on,
        sex=reported(node, "Kjønn", lambda inner, key: code(inner, key, SEXES)),
        citizenship=country(node, "Statsborgerskap"),
        authorisations=parts(node, "Godkjenninger", authorisation),
        history_reported=history_reported,
        reactions=parts(node, "AdministrativeReaksjoner", reaction),
        educations=parts(node, "Utdannelser", education),
        alternative_ids=parts(node, "AlternativeIder", _alternative_id),
        addresses=parts(node, "FysiskeAdresser", _address),
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _national_id(node: Node, missing: bool | None) -> tuple[NationalId | NotReported | None, bool | None]:
    """The number and whether it keeps the rules. No number is reported as None only where HPR says that there is
    none: in other answers it may be hidden."""
    found = national_id(node, "NIN")
    if found is None:
        return (None if missing and node.text("NIN") is None else NOT_REPORTED), None
    if missing:
        node.flag("national-id-not-missing", "ManglerNIN", "says that there is no national id beside one")
    return found


def _alternative_id(node: Node) -> AlternativeIdSnapshot:
    value = node.text("Verdi")
    if value is None:
        raise Unreadable("alternative-id-empty", "the id has no value")
    return AlternativeIdSnapshot(type=code_of_any(node, "Type", ALTERNATIVE_IDS), value=value)


def _address(node: Node) -> ProfessionalAddressSnapshot:
    address_type = code(node, "Type", PHYSICAL_ADDRESS_TYPES)
    if address_type is None:
        node.flag("address-without-type", "Type", "an address without type")
    return ProfessionalAddressSnapshot(
        type=address_type,
        street=node.text("Gateadresse") or node.text("Postboks"),
        postal_code=_postal_code(node),
        city=node.text("Poststed"),
        municipality=_municipality(node),
        country=code(node, "Land", COUNTRIES),
    )


def _postal_code(node: Node) -> PostalCode | None:
    return values.postal_code(node, "Postkode" if "Postkode" in node else "Postnummer")


def _municipality(node: Node) -> CodeValue | None:
    found = code(node, "Kommune", MUNICIPALITIES)
    return values.municipality_code(node, "Kommune", found.value, found.display) if found else None
