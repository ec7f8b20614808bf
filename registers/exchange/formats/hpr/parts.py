"""Parts of a person of HPR: authorisations, and what belongs to these.

SOAP and REST have slightly different names for the same: `Gyldig` is `periode`, `Spesialiteter` is
`spesialistgodkjenninger`, a code is {OID, Verdi, Beskrivelse} or {kodeverk.id, verdi, navn}. Case does not
matter, so one reading serves both. Functions that make a part raise Unreadable.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict, TypeVar

from registers.core.code_systems import (
    ADDITIONAL_COMPETENCES,
    AUTHORISATION_KINDS,
    COUNTRIES,
    ENDED_STATUSES,
    PROFESSIONS,
    REACTIONS,
    REQUISITION_RIGHTS,
    SPECIALITIES,
)
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.node import Node
from registers.exchange.reading.parts import parts, reported
from registers.exchange.reading.times import optional_date, period
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported
from registers.personnel.intake.snapshot import (
    AuthorisationSnapshot,
    CompetenceSnapshot,
    ConditionSnapshot,
    EducationSnapshot,
    ReactionSnapshot,
    RequisitionRightSnapshot,
    SpecialitySnapshot,
    SuspensionSnapshot,
)

CONDITIONS = "vilkar"
EDUCATIONS = "utdanning"

_NONE = {"", "0", "-1"}
T = TypeVar("T")


class Period(TypedDict):
    valid_from: datetime
    valid_to: datetime | None


def code(node: Node, key: str, system: str) -> CodeValue | None:
    """The code under `key`, which must be of `system`; else it is refused.

    The numbers of systems that we know by name alone are not public: any number is accepted for these.
    """
    inner = node.node(key)
    value = inner.text("Verdi")
    if value is None:
        return None
    stated = _system(inner)
    if stated is not None and stated != system and system.isdigit():
        inner.refuse("code-of-other-system", "", "the code is of another system")
        return None
    return CodeValue(system, value, inner.text("Beskrivelse") or inner.text("navn"))


def code_of_any(node: Node, key: str, otherwise: str) -> CodeValue | None:
    """The code under `key`, of the system that it names, or of `otherwise` when it names none."""
    return code(node, key, _system(node.node(key)) or otherwise)


def _system(inner: Node) -> str | None:
    number = inner.text("OID") or inner.node("kodeverk").text("id") or ""
    number = number.removeprefix(values.NATIONAL_CODE_SYSTEMS)
    return number if number.isascii() and number.isdigit() and number not in _NONE else None


def validity(node: Node) -> Period:
    start, end = period(node.node("Gyldig") or node.node("Periode"), "Fra", "Til", year_1_is_unset=True)
    return Period(valid_from=start, valid_to=end)


def listed(node: Node, key: str, make: Callable[[Node], T | None]) -> tuple[T, ...] | NotReported:
    found = parts(node, key, make)
    return NOT_REPORTED if found is NOT_REPORTED else tuple(found)


def authorisation(node: Node) -> AuthorisationSnapshot:
    specialities = "Spesialiteter" if "Spesialiteter" in node else "spesialistgodkjenninger"
    internship = "GodkjentTurnus" if "GodkjentTurnus" in node else "godkjentTurnusDato"
    return AuthorisationSnapshot(
        profession=needed(node, "Helsepersonellkategori", PROFESSIONS),
        kind=needed(node, "Autorisasjon", AUTHORISATION_KINDS),
        **validity(node),
        ended_status=ended_status(node),
        internship_approved_on=reported(node, internship, optional_date),
        converted_from_country=country(node, "KonvertertFraLand"),
        requisition_rights=listed(node, "Rekvisisjonsretter", requisition_right),
        specialities=listed(node, specialities, speciality),
        competences=listed(node, "Tilleggskompetanser", _competence),
        suspensions=suspensions(node),
        reactions=reactions(node),
        conditions=listed(node, "Vilkår", _condition),
        educations=listed(node, "Utdannelser", education),
    )


def needed(node: Node, key: str, system: str) -> CodeValue:
    found = code(node, key, system)
    if found is None:
        raise Unreadable("code-missing", f"tells no {key} and was left out")
    return found


def ended_status(node: Node) -> CodeValue | NotReported | None:
    return reported(node, "AvsluttetStatus", lambda inner, key: code(inner, key, ENDED_STATUSES))


def country(node: Node, key: str) -> CodeValue | NotReported | None:
    return reported(node, key, lambda inner, key: code(inner, key, COUNTRIES))


def suspensions(node: Node) -> tuple[SuspensionSnapshot, ...] | NotReported:
    return listed(node, "Suspensjonsperioder", lambda each: SuspensionSnapshot(**validity(each)))


def reactions(node: Node) -> tuple[ReactionSnapshot, ...] | NotReported:
    return listed(node, "AdministrativeReaksjoner", reaction)


def reaction(node: Node) -> ReactionSnapshot:
    return ReactionSnapshot(type=needed(node, "Type", REACTIONS), **validity(node))


def requisition_right(node: Node) -> RequisitionRightSnapshot:
    return RequisitionRightSnapshot(
        type=needed(node, "Type", REQUISITION_RIGHTS),
        **validity(node),
        ended_status=ended_status(node),
        suspensions=suspensions(node),
        reactions=reactions(node),
    )


def speciality(node: Node) -> SpecialitySnapshot:
    return SpecialitySnapshot(
        type=needed(node, "Type", SPECIALITIES),
        **validity(node),
        ended_status=ended_status(node),
        converted_from_country=country(node, "KonvertertFraLand"),
        suspensions=suspensions(node),
        reactions=reactions(node),
    )


def _competence(node: Node) -> CompetenceSnapshot:
    kind = needed(node, "Type", ADDITIONAL_COMPETENCES)
    return CompetenceSnapshot(type=kind, **validity(node), ended_status=ended_status(node))


def _condition(node: Node) -> ConditionSnapshot:
    condition = ConditionSnapshot(type=code_of_any(node, "Type", CONDITIONS), text=node.text("Fritekst"))
    if condition == ConditionSnapshot():
        raise Unreadable("condition-empty", "the condition has neither code nor text")
    return condition


def education(node: Node) -> EducationSnapshot:
    institution = node.node("Institution")
    number, holds = values.organisation_number(institution, "Organisasjonsnummer")
    return EducationSnapshot(
        type=code_of_any(node, "Type", EDUCATIONS),
        country=code(node, "Land", COUNTRIES),
        diploma_on=optional_date(node, "Vitnemålsdato"),
        institution=institution.text("Navn"),
        institution_number=number,
        check_digit_holds=holds,
    )
