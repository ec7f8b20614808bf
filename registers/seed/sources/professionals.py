"""The synthetic health professionals, whom the person parties are about."""

from datetime import date, timedelta
from typing import NamedTuple

from registers.core.identifiers import HprNumber, NationalId
from registers.seed.sources import names, numbers
from registers.seed.sources.draw import share
from registers.seed.sources.national_ids import PROFESSIONALS, SLOTS_EACH, national_id

OLDEST = date(1956, 1, 1)
AGES_DAYS = 15_000  # spread of dates of birth: 1956 to early 1997
STRIDE_DAYS = 9_271  # from one index to the next: every day comes once before any comes again
WOMAN, MAN = ("2", "Kvinne"), ("1", "Mann")  # 3101


class Professional(NamedTuple):
    ordinal: int
    hpr_number: HprNumber
    first_name: str
    middle_name: str | None
    last_name: str
    born_on: date
    sex: tuple[str, str]  # 3101: value and name; not derived from the name, as in the registers

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.middle_name, self.last_name)))

    @property
    def national_id(self) -> NationalId:
        return national_id(self.born_on, PROFESSIONALS + self.ordinal // AGES_DAYS % SLOTS_EACH)


def professional(index: int) -> Professional:
    return Professional(
        ordinal=index,
        hpr_number=numbers.hpr_number(index),
        first_name=names.first_name(index),
        middle_name=names.middle_name(index),
        last_name=names.last_name(index),
        born_on=OLDEST + timedelta(days=index * STRIDE_DAYS % AGES_DAYS),
        sex=WOMAN if share("sex", index, 2) else MAN,
    )
