"""Inputs of the mutations of GP contracts, their doctors and their other locations."""

from datetime import date

import strawberry

from registers.api.graph.period import PeriodInput
from registers.core.identifiers import FlrId, HprNumber, MunicipalityNumber, OrganisationNumber, PostalCode
from registers.gp_lists.editing.cycles import CycleTerms
from registers.gp_lists.editing.locations import AddressTerms, ContactTerms, LocationTerms
from registers.gp_lists.editing.opening import ContractTerms
from registers.gp_lists.graph.doctors import WEEK, Weekday


@strawberry.input(description="A doctor's period on a list.")
class DoctorCycleInput:
    hpr_number: HprNumber = strawberry.field(description="HPR number of the doctor.")
    relationship: str = strawberry.field(
        description="GP (LPFL), substitute (LPVI) or part-list doctor (LPDL): a value of 7750."
    )
    period: PeriodInput = strawberry.field(description="The period.")
    substitute_for: HprNumber | None = strawberry.field(
        default=None,
        description="HPR number of the GP whom a substitute stands in for; default: the list is vacant in the period.",
    )
    working_percentage: int | None = strawberry.field(
        default=None, description="1 to 100 per cent of a full position; default: not given."
    )
    working_on_days: list[Weekday] = strawberry.field(
        default_factory=list, description="Days at work, each once; default: not given."
    )

    def terms(self, cycle_id: FlrId | None = None) -> CycleTerms:
        return CycleTerms(
            cycle_id=cycle_id,
            hpr_number=self.hpr_number,
            relationship=self.relationship,
            substitute_for=self.substitute_for,
            working_percentage=self.working_percentage,
            working_on_days=[WEEK.index(day) for day in self.working_on_days],
            start=self.period.from_,
            end=self.period.to,
        )


@strawberry.input(description="A doctor's period to put on a list.")
class DoctorCycleAddInput(DoctorCycleInput):
    cycle_id: FlrId | None = strawberry.field(
        default=None, description="Number issued by FLO, at most ten digits; default: one of our own, below 0."
    )

    def new_terms(self) -> CycleTerms:
        return self.terms(self.cycle_id)


@strawberry.input(description="A GP contract to open.")
class GpContractOpenInput:
    status: str = strawberry.field(description="Open (FAAA), closed (LUKKET) or locked (LAAST): a value of 7751.")
    municipality: MunicipalityNumber = strawberry.field(description="The municipality whose contract it is.")
    office_number: OrganisationNumber = strawberry.field(description="Organisation number of the GP office.")
    max_patients: int = strawberry.field(description="Ceiling of the list, 0 or more.")
    period: PeriodInput = strawberry.field(description="Validity of the contract.")
    name: str | None = strawberry.field(default=None, description="Name of a common list.")
    agreed_on: date | None = strawberry.field(default=None, description="Day of the agreement.")
    coop_municipalities: list[MunicipalityNumber] = strawberry.field(
        default_factory=list, description="Municipalities that co-operate on the list, each once, never its own."
    )
    patients_on_waiting_list: int = strawberry.field(default=0, description="Persons waiting for a place, 0 or more.")
    common_list: bool = strawberry.field(default=False, description="Whether several GPs share the responsibility.")
    fixed_salary: bool = strawberry.field(default=False, description="Whether the GP is employed by the municipality.")
    requires_membership: str | None = strawberry.field(
        default=None, description="Who may be on the list: a value of 7755; default: it is open to all."
    )
    team_id: FlrId | None = strawberry.field(default=None, description="The team attached to the list.")
    doctor_cycles: list[DoctorCycleAddInput] = strawberry.field(
        default_factory=list, description="Its first doctors; none = the list is vacant."
    )

    def terms(self) -> ContractTerms:
        return ContractTerms(
            name=self.name,
            status=self.status,
            agreed_on=self.agreed_on,
            municipality=self.municipality,
            coop_municipalities=self.coop_municipalities,
            office_number=self.office_number,
            max_patients=self.max_patients,
            patients_on_waiting_list=self.patients_on_waiting_list,
            common_list=self.common_list,
            fixed_salary=self.fixed_salary,
            requires_membership=self.requires_membership,
            team_id=self.team_id,
            start=self.period.from_,
            end=self.period.to,
        )

    def doctors(self) -> list[CycleTerms]:
        return [each.new_terms() for each in self.doctor_cycles]


@strawberry.input(description="A physical address of an out-of-office location.")
class OutOfOfficeAddressInput:
    type: str = strawberry.field(description="Visiting address (RES) or postal address (PST): a value of 3401.")
    street: str | None = strawberry.field(default=None, description="Street.")
    postbox: str | None = strawberry.field(default=None, description="Postbox.")
    postal_code: PostalCode | None = strawberry.field(default=None, description="Postal code.")
    city: str | None = strawberry.field(default=None, description="Post town.")


@strawberry.input(description="An electronic address of an out-of-office location.")
class OutOfOfficeContactInput:
    type: str = strawberry.field(description="Type of address: a value of 9044.")
    address: str = strawberry.field(description="The address, e.g. a telephone number.")


@strawberry.input(description="Another place where the GP sees patients.")
class OutOfOfficeLocationInput:
    period: PeriodInput = strawberry.field(description="When it is in use.")
    description: str | None = strawberry.field(default=None, description="The place in words.")
    physical_addresses: list[OutOfOfficeAddressInput] = strawberry.field(
        default_factory=list, description="Physical addresses, one of each type."
    )
    electronic_addresses: list[OutOfOfficeContactInput] = strawberry.field(
        default_factory=list, description="Electronic addresses, one of each type."
    )

    def terms(self, location_id: FlrId | None = None) -> LocationTerms:
        return LocationTerms(
            location_id=location_id,
            description=self.description,
            addresses=[
                AddressTerms(
                    type=each.type,
                    street=each.street,
                    postbox=each.postbox,
                    postal_code=each.postal_code,
                    city=each.city,
                )
                for each in self.physical_addresses
            ],
            contacts=[ContactTerms(type=each.type, address=each.address) for each in self.electronic_addresses],
            start=self.period.from_,
            end=self.period.to,
        )


@strawberry.input(description="Another place where the GP sees patients, to add to a contract.")
class OutOfOfficeLocationAddInput(OutOfOfficeLocationInput):
    location_id: FlrId | None = strawberry.field(
        default=None, description="Number issued by FLO, at most ten digits; default: one of our own, below 0."
    )

    def new_terms(self) -> LocationTerms:
        return self.terms(self.location_id)
