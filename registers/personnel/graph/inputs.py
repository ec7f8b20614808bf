"""Inputs of the mutations of health personnel."""

from collections.abc import Mapping
from datetime import date, datetime

import strawberry
from strawberry import UNSET

from registers.api.graph.inputs import given_fields
from registers.api.graph.period import PeriodInput
from registers.code_systems.graph.codes import CodeInput, system_of
from registers.core.identifiers import HprPartId, NationalId, OrganisationNumber
from registers.core.validity import Period
from registers.personnel.editing import authorisations, restrictions, rights

LIFT = "True = takes back an ended status that was set by mistake."
WITHIN = "Its period, within that of the authorisation; an open end is that of the authorisation."


def _period(period: PeriodInput | None) -> Period | None:
    return None if period is None else Period(period.from_, period.to)


def _code(code: CodeInput | None) -> authorisations.CodeUse | None:
    return None if code is None else authorisations.CodeUse(system_of(code.system), code.value)


@strawberry.input(description="A person to register as a health professional.")
class HealthProfessionalRegisterInput:
    last_name: str = strawberry.field(description="Last name.")
    first_name: str | None = strawberry.field(default=None, description="First name.")
    middle_name: str | None = strawberry.field(default=None, description="Middle name.")
    born_on: date | None = strawberry.field(default=None, description="Date of birth.")
    died_on: date | None = strawberry.field(default=None, description="Date of death.")
    sex: str | None = strawberry.field(default=None, description="Sex, a value of 3101.")
    citizenship: str | None = strawberry.field(default=None, description="Citizenship, a value of 9043, e.g. NO.")
    national_id: NationalId | None = strawberry.field(
        default=None, description="National id; a considerable share have none. No answer tells it."
    )

    def given(self) -> Mapping[str, object]:
        """The person's columns."""
        return vars(self)


@strawberry.input(description="What changes of a person. A field left out stays; null = not known, or none.")
class HealthProfessionalPersonInput:
    first_name: str | None = strawberry.field(default=UNSET, description="First name.")
    middle_name: str | None = strawberry.field(default=UNSET, description="Middle name.")
    last_name: str | None = strawberry.field(default=UNSET, description="Last name; never null.")
    born_on: date | None = strawberry.field(default=UNSET, description="Date of birth.")
    died_on: date | None = strawberry.field(default=UNSET, description="Date of death.")
    sex: str | None = strawberry.field(default=UNSET, description="Sex, a value of 3101.")
    citizenship: str | None = strawberry.field(default=UNSET, description="Citizenship, a value of 9043, e.g. NO.")
    national_id: NationalId | None = strawberry.field(
        default=UNSET, description="National id, e.g. in place of a D-number. No answer tells it."
    )

    def given(self) -> Mapping[str, object]:
        """The columns that change."""
        return given_fields(self)


@strawberry.input(description="A condition: at least one of the two.")
class AuthorisationConditionInput:
    text: str | None = strawberry.field(default=None, description="The condition in words, at most 1,000 characters.")
    type: CodeInput | None = strawberry.field(default=None, description="Type of the condition.")

    def to_terms(self) -> authorisations.ConditionTerms:
        return authorisations.ConditionTerms(self.text, _code(self.type))


@strawberry.input(description="An authorisation or licence to grant.")
class AuthorisationInput:
    profession: str = strawberry.field(description="Profession, a value of 9060, e.g. LE.")
    kind: str = strawberry.field(description="Authorisation (1) or a kind of licence, a value of 7704.")
    period: PeriodInput = strawberry.field(description="Its period.")
    internship_approved_on: date | None = strawberry.field(default=None, description="Day the internship was approved.")
    converted_from_country: str | None = strawberry.field(
        default=None, description="Country it was converted from, a value of 9043."
    )
    conditions: list[AuthorisationConditionInput] = strawberry.field(
        default_factory=list, description="Conditions it is valid on."
    )

    def to_terms(self) -> authorisations.Granted:
        return authorisations.Granted(
            profession=self.profession,
            kind=self.kind,
            start=self.period.from_,
            end=self.period.to,
            internship_approved_on=self.internship_approved_on,
            converted_from_country=self.converted_from_country,
            conditions=[each.to_terms() for each in self.conditions],
        )


@strawberry.input(description="What changes of an authorisation. A field left out stays.")
class AuthorisationChangeInput:
    kind: str | None = strawberry.field(default=None, description="Another kind, a value of 7704.")
    period: PeriodInput | None = strawberry.field(
        default=None, description="Another period. What hangs on it is cut where it would outlast it."
    )
    lift_ending: bool = strawberry.field(default=False, description=LIFT)
    internship_approved_on: date | None = strawberry.field(
        default=UNSET, description="Day the internship was approved; null = it was not, or there is none."
    )
    converted_from_country: str | None = strawberry.field(
        default=UNSET, description="Country it was converted from, a value of 9043; null = none."
    )

    def to_terms(self) -> authorisations.Changed:
        others = given_fields(self, "internship_approved_on", "converted_from_country")
        return authorisations.Changed(
            kind=self.kind, period=_period(self.period), lift_ending=self.lift_ending, others=others
        )


@strawberry.input(description="How something ends: with a status, at a time, or both.")
class EndInput:
    ended_status: str | None = strawberry.field(
        default=None,
        description="Withdrawn (1), annulled (2), renounced (3) or historic (99): a value of avsluttet_status. It "
        "counts at every moment, past ones too.",
    )
    to: datetime | None = strawberry.field(default=None, description="First instant after it, no later than it was.")


@strawberry.input(description="A right to prescribe or an additional competence to grant.")
class HeldInput:
    type: str = strawberry.field(description="Of rights a value of 7701, of competences of 7702.")
    period: PeriodInput = strawberry.field(description=WITHIN)

    def to_terms(self) -> rights.Granted:
        return rights.Granted(type=self.type, start=self.period.from_, end=self.period.to)


@strawberry.input(description="A speciality to grant.")
class SpecialityInput:
    type: str = strawberry.field(description="A value of 7426.")
    period: PeriodInput = strawberry.field(description=WITHIN)
    converted_from_country: str | None = strawberry.field(
        default=None, description="Country it was converted from, a value of 9043."
    )

    def to_terms(self) -> rights.Granted:
        country = self.converted_from_country
        return rights.Granted(
            type=self.type, start=self.period.from_, end=self.period.to, converted_from_country=country
        )


@strawberry.input(description="What changes of a right, speciality or competence. A field left out stays.")
class HeldChangeInput:
    period: PeriodInput | None = strawberry.field(default=None, description=WITHIN)
    lift_ending: bool = strawberry.field(default=False, description=LIFT)

    def to_terms(self) -> Period | None:
        return _period(self.period)


@strawberry.input(description="A suspension.")
class SuspensionInput:
    period: PeriodInput = strawberry.field(description="When. It begins while what it suspends is in force.")


@strawberry.input(description="A reaction of the supervisory authority.")
class AdministrativeReactionInput:
    type: str = strawberry.field(description="A value of administrativ_reaksjon; 1, 5 and 8 suspend.")
    period: PeriodInput = strawberry.field(description="When it is in force.")


@strawberry.input(description="An education: at least one field beside the authorisation.")
class EducationInput:
    authorisation: HprPartId | None = strawberry.field(default=None, description="The authorisation it led to.")
    type: CodeInput | None = strawberry.field(default=None, description="Kind of education.")
    country: str | None = strawberry.field(default=None, description="Country, a value of 9043.")
    diploma_on: date | None = strawberry.field(default=None, description="Date of the diploma.")
    institution: str | None = strawberry.field(default=None, description="Name of the school.")
    institution_number: OrganisationNumber | None = strawberry.field(
        default=None, description="Organisation number of the school."
    )

    def to_terms(self) -> restrictions.EducationTerms:
        return restrictions.EducationTerms(
            authorisation=self.authorisation,
            type=_code(self.type),
            country=self.country,
            diploma_on=self.diploma_on,
            institution=self.institution,
            institution_number=self.institution_number,
        )


@strawberry.input(description="Another id of a professional, e.g. a foreign one.")
class AlternativeIdInput:
    type: str = strawberry.field(description="Kind of id, a value of 8116, e.g. SEF.")
    value: str = strawberry.field(description="The id, at most 100 characters.")
