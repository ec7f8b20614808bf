"""What HPR and FLR tell of a person in the same way."""

from datetime import date

from registers.exchange.formats.parts import reported
from registers.exchange.reading.node import Node
from registers.exchange.reading.times import optional_date
from registers.intake.snapshot import NOT_REPORTED, NotReported

Day = date | NotReported | None


def birth_and_death(node: Node, born_key: str, died_key: str) -> tuple[Day, Day]:
    """The two dates; a death before the birth is refused."""
    born_on = reported(node, born_key, optional_date)
    died_on = reported(node, died_key, optional_date)
    if isinstance(born_on, date) and isinstance(died_on, date) and died_on < born_on:
        node.refuse("died-before-birth", died_key, "lies before the date of birth")
        return born_on, NOT_REPORTED
    return born_on, died_on
