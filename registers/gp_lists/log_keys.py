"""Keys of the GP lists in the log. A contract has its bare id; other keys begin with a word: numbers overlap."""

from registers.core.identifiers import OrganisationNumber
from registers.intake.record_set import Unnumbered


def association_key(association_id: int | Unnumbered) -> str:
    return f"association:{_number(association_id)}"


def person_key(person_id: int | Unnumbered) -> str:
    """By our own number, never by a national id."""
    return f"person:{_number(person_id)}"


def person_of(key: str) -> int:
    return int(key.removeprefix("person:"))


def office_key(number: OrganisationNumber) -> str:
    return f"office:{number}"


def office_of(key: str) -> OrganisationNumber:
    return OrganisationNumber(key.removeprefix("office:"))


def team_key(team_id: int) -> str:
    return f"team:{team_id}"


def team_number_of(key: str) -> int:
    return int(key.removeprefix("team:"))


def _number(row_id: int | Unnumbered) -> int | None:
    return row_id.number if isinstance(row_id, Unnumbered) else row_id
