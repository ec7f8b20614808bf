"""Taking authorisations in, with the rights, specialities and all else that hangs on them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from registers.code_systems.intake.codes import ReportedCode, StoredCodes
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
from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber
from registers.database.versions import Versioned
from registers.intake.aggregate import Aggregate
from registers.intake.record_set import Outcome, Row
from registers.intake.snapshot import NOT_REPORTED, CodeValue, NotReported, reported
from registers.personnel.intake.matching import Id, IntakeContext, Parts
from registers.personnel.intake.snapshot import (
    AuthorisationSnapshot,
    CompetenceSnapshot,
    EducationSnapshot,
    HealthProfessionalSnapshot,
    Periodic,
    ReactionSnapshot,
    RequisitionRightSnapshot,
    SpecialitySnapshot,
    SuspensionSnapshot,
)
from registers.personnel.models import (
    AdditionalCompetence,
    AdministrativeReaction,
    Authorisation,
    Condition,
    Education,
    RequisitionRight,
    Speciality,
    Suspension,
)

P = TypeVar("P", bound=Periodic)
Hanging = RequisitionRightSnapshot | SpecialitySnapshot | CompetenceSnapshot


def codes_of_authorisation(authorisation: AuthorisationSnapshot, path: str) -> Iterator[ReportedCode]:
    yield f"{path}/profession", authorisation.profession, PROFESSIONS
    yield f"{path}/kind", authorisation.kind, AUTHORISATION_KINDS
    yield f"{path}/ended_status", authorisation.ended_status, ENDED_STATUSES
    yield f"{path}/converted_from_country", authorisation.converted_from_country, COUNTRIES
    yield from reaction_codes(authorisation.reactions, path)
    for part_path, hanging, system in _hanging(authorisation, path):
        yield f"{part_path}/type", hanging.type, system
        yield f"{part_path}/ended_status", hanging.ended_status, ENDED_STATUSES
        if not isinstance(hanging, CompetenceSnapshot):
            yield from reaction_codes(hanging.reactions, part_path)
        if isinstance(hanging, SpecialitySnapshot):
            yield f"{part_path}/converted_from_country", hanging.converted_from_country, COUNTRIES
    for condition in reported(authorisation.conditions, ()):
        yield f"{path}/conditions", condition.type, None
    yield from education_codes(authorisation.educations, path)


def _hanging(authorisation: AuthorisationSnapshot, path: str) -> Iterator[tuple[str, Hanging, str]]:
    for index, right in enumerate(reported(authorisation.requisition_rights, ())):
        yield f"{path}/requisition_rights[{index}]", right, REQUISITION_RIGHTS
    for index, speciality in enumerate(reported(authorisation.specialities, ())):
        yield f"{path}/specialities[{index}]", speciality, SPECIALITIES
    for index, competence in enumerate(reported(authorisation.competences, ())):
        yield f"{path}/competences[{index}]", competence, ADDITIONAL_COMPETENCES


def reaction_codes(reactions: Iterable[ReactionSnapshot] | NotReported, path: str) -> Iterator[ReportedCode]:
    for reaction in reported(reactions, ()):
        yield f"{path}/reactions", reaction.type, REACTIONS


def education_codes(educations: Iterable[EducationSnapshot] | NotReported, path: str) -> Iterator[ReportedCode]:
    for education in reported(educations, ()):
        yield f"{path}/educations/type", education.type, None
        yield f"{path}/educations/country", education.country, COUNTRIES


class AuthorisationIntake:
    """The authorisations of one professional, and the reactions and educations of the person."""

    def __init__(
        self,
        records: Aggregate[HprNumber],
        codes: StoredCodes,
        outcome: Outcome[HealthProfessionalSnapshot],
        context: IntakeContext,
    ) -> None:
        self._codes = codes
        self._outcome = outcome
        self._number = outcome.snapshot.hpr_number
        self._parts = Parts(records, self._number, context)

    def take(self) -> None:
        snapshot = self._outcome.snapshot
        person = {"hpr_number": self._number}
        self._take_reactions(person, snapshot.reactions, "reactions")
        self._take_educations(None, snapshot.educations)
        if snapshot.authorisations is NOT_REPORTED:
            return
        usable = list(self._usable(snapshot.authorisations, "authorisations", ("profession", "kind")))
        rows = [self._row(each) for _, each in usable]
        ids = self._parts.replace(Authorisation, person, rows, ("profession", "kind", "valid_from"))
        for (path, each), own_id in zip(usable, ids, strict=True):
            self._take_below(path, each, own_id)

    def _row(self, authorisation: AuthorisationSnapshot) -> Row:
        return _reported(
            **_period(authorisation),
            profession=self._codes.key(authorisation.profession, PROFESSIONS),
            kind=self._codes.key(authorisation.kind, AUTHORISATION_KINDS),
            ended_status=self._key(authorisation.ended_status, ENDED_STATUSES),
            internship_approved_on=authorisation.internship_approved_on,
            converted_from_country=self._key(authorisation.converted_from_country, COUNTRIES),
        )

    def _take_below(self, path: str, authorisation: AuthorisationSnapshot, own_id: Id) -> None:
        above = {"authorisation_id": own_id}
        self._take_suspensions(above, authorisation.suspensions)
        self._take_reactions(above, authorisation.reactions, path)
        self._take_educations(own_id, authorisation.educations)
        if authorisation.conditions is not NOT_REPORTED:
            rows = [{"type": self._codes.key(each.type), "text": each.text} for each in authorisation.conditions]
            whole = [row for row in rows if row["type"] or row["text"]]
            self._parts.replace(Condition, above, whole, ("type",))
        for kind, name, system in (
            (RequisitionRight, "requisition_rights", REQUISITION_RIGHTS),
            (Speciality, "specialities", SPECIALITIES),
            (AdditionalCompetence, "competences", ADDITIONAL_COMPETENCES),
        ):
            hanging = getattr(authorisation, name)
            if hanging is not NOT_REPORTED:
                self._take_hanging(kind, hanging, system, above, f"{path}/{name}")

    def _take_hanging(
        self, kind: type[Versioned], hanging: Sequence[Hanging], system: str, above: Row, path: str
    ) -> None:
        usable = list(self._usable(hanging, path, ("type",)))
        rows = [
            _reported(
                **_period(each),
                type=self._codes.key(each.type, system),
                ended_status=self._key(each.ended_status, ENDED_STATUSES),
                converted_from_country=self._key(getattr(each, "converted_from_country", NOT_REPORTED), COUNTRIES),
            )
            for _, each in usable
        ]
        ids = self._parts.replace(kind, above, rows, ("type", "valid_from"))
        for (part_path, each), own_id in zip(usable, ids, strict=True):
            if not isinstance(each, CompetenceSnapshot):
                column = "speciality_id" if kind is Speciality else "requisition_right_id"
                self._take_suspensions({column: own_id}, each.suspensions)
                self._take_reactions({column: own_id}, each.reactions, part_path)

    def _take_suspensions(self, above: Row, reported: Iterable[SuspensionSnapshot] | NotReported) -> None:
        if reported is not NOT_REPORTED:
            self._parts.replace(Suspension, above, [_period(each) for each in reported], ("valid_from",))

    def _take_reactions(self, above: Row, reported: Iterable[ReactionSnapshot] | NotReported, path: str) -> None:
        if reported is not NOT_REPORTED:
            usable = self._usable(reported, f"{path}/reactions", ("type",))
            rows = [{**_period(each), "type": self._codes.key(each.type, REACTIONS)} for _, each in usable]
            self._parts.replace(AdministrativeReaction, above, rows, ("type", "valid_from"))

    def _take_educations(self, authorisation: Id | None, reported: Iterable[EducationSnapshot] | NotReported) -> None:
        if reported is NOT_REPORTED:
            return
        rows = [
            {
                "type": self._codes.key(each.type),
                "country": self._codes.key(each.country, COUNTRIES),
                "diploma_on": each.diploma_on,
                "institution": each.institution or None,
                "institution_number": each.institution_number,
            }
            for each in reported
        ]
        above = {"hpr_number": self._number, "authorisation_id": authorisation}
        self._parts.replace(Education, above, rows, ("type", "institution"))

    def _usable(self, reported: Iterable[P], path: str, needed: tuple[str, ...]) -> Iterator[tuple[str, P]]:
        """The parts that have the codes they need, each with its path. The others are refused in the outcome."""
        for index, each in enumerate(reported):
            part_path = f"{path}[{index}]"
            missing = [name for name in needed if self._codes.key(getattr(each, name)) is None]
            if missing:
                self._outcome.refuse_part("without-its-code", part_path, f"was left out with its {missing[0]}")
            else:
                yield part_path, each

    def _key(self, code: CodeValue | NotReported | None, system: str) -> CodeKey | NotReported | None:
        return code if code is NOT_REPORTED else self._codes.key(code, system)


def _period(each: Periodic) -> Row:
    return {"valid_from": each.valid_from, "valid_to": each.valid_to}


def _reported(**columns: Any) -> Row:
    """The columns that the source reports."""
    return {name: value for name, value in columns.items() if value is not NOT_REPORTED}
