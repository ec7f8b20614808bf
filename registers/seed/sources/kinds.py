"""Kinds of enterprise in the health service and what each of them looks like in the registers."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class CodeText(NamedTuple):
    """A code with its name."""

    value: str
    name: str


class ServiceType(NamedTuple):
    system: int  # 8658, 8660, 8663, 8664, 8666 or 8668
    value: str
    name: str


class Profession(NamedTuple):
    category: str  # 9060
    titles: tuple[str, ...]


SPECIALIST = Profession("LE", ("Spesialist",))


class Kind(Enum):
    """What an enterprise with a communication party does."""

    HEALTH_AUTHORITY = "rhf"
    HEALTH_TRUST = "hf"
    MUNICIPALITY = "kommune"
    GP_OFFICE_WITH_VACANT_LIST = "legesenter"
    GP_OFFICE = "legekontor"
    PHARMACY = "apotek"
    DENTIST = "tannklinikk"
    LABORATORY = "laboratorium"
    RADIOLOGY = "rontgen"
    INTER_MUNICIPAL = "iks"
    STATE = "etat"
    PHYSIOTHERAPY = "fysioterapi"
    PRIVATE = "rehabilitering"
    OTHER = "forsikring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Everything that follows from the kind."""

    business_type: CodeText  # 9040
    name: str  # pattern, for a place name
    legal_suffix: str = ""
    form: CodeText
    sector: CodeText
    industry: CodeText  # SN2007, of the main unit
    sub_units: tuple[tuple[str, CodeText], ...]  # name pattern and industry of each sub-unit
    party_of_sub_unit: bool = True  # the party belongs to the first sub-unit, else to the main unit
    services: tuple[ServiceType, ...]
    profession: Profession = SPECIALIST
    employees: int  # about so many
