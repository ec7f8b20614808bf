"""GP offices, and primary health care teams."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from registers.core.code_systems import CITY_DISTRICTS, PROFESSIONS
from registers.core.codes import CodeReference, of_system
from registers.core.identifiers import HerId, HprNumber, OrganisationNumber
from registers.core.validity import Period, Valid, not_empty_period
from registers.database.base import Base
from registers.database.versions import Versioned


class GpOffice(Versioned, Base):
    """What FLR adds to the organisation that is a GP office."""

    __tablename__ = "gp_offices"
    __table_args__ = (of_system("district", CITY_DISTRICTS), {"comment": "FLR's additions to organisations."})

    organisation_number: Mapped[OrganisationNumber] = mapped_column(
        ForeignKey("organisations.organisation_number"), primary_key=True
    )
    group_office: Mapped[bool] = mapped_column()
    district: Mapped[CodeReference | None] = mapped_column(comment="3403.")


class PrimaryHealthCareTeam(Versioned, Base):
    """A team attached to lists. FLR: PrimaryHealthCareTeam."""

    __tablename__ = "primary_health_care_teams"
    __table_args__ = ({"comment": "Primary health care teams."},)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reference_only: Mapped[bool] = mapped_column(comment="True = known only because a contract points at it.")
    organisation_number: Mapped[OrganisationNumber | None] = mapped_column(
        ForeignKey("organisations.organisation_number"), index=True
    )
    leader_hpr_number: Mapped[HprNumber | None] = mapped_column(ForeignKey("health_professionals.hpr_number"))


class TeamMember(Valid, Versioned, Base):
    """A member of a team."""

    __tablename__ = "team_members"
    __table_args__ = (
        not_empty_period(),
        CheckConstraint("working_percentage BETWEEN 1 AND 100", name="working_percentage"),
        of_system("role", PROFESSIONS),
        {"comment": "Members of primary health care teams."},
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    team_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("primary_health_care_teams.id"), index=True)
    hpr_number: Mapped[HprNumber] = mapped_column(ForeignKey("health_professionals.hpr_number"), index=True)
    role: Mapped[CodeReference | None] = mapped_column(comment="9060.")
    substitute: Mapped[bool] = mapped_column()
    working_percentage: Mapped[int | None] = mapped_column(Integer)


@dataclass(frozen=True, slots=True)
class OfficeParty:
    """What is read of a party of the address register below an office: a person's, or the service for vacant lists."""

    her_id: HerId
    active: bool
    period: Period

    def in_use_at(self, moment: datetime) -> bool:
        return self.active and self.period.holds(moment)
