"""The professions of a bulk load, with their rights and specialities: shares, and codes of HPR."""

from bisect import bisect_right
from functools import cache
from itertools import accumulate

from registers.seed.bulk.copy import text
from registers.seed.sources.draw import share
from registers.seed.sources.scale import Scale
from registers.seed.sources.traits import TRAITS

DOCTOR, NURSE, MIDWIFE = "LE", "SP", "JO"
WITH_FULL_RIGHT = (DOCTOR, "TL")
WITH_INTERNSHIP = (DOCTOR, "FT", "KI")

# Of 1,000 professionals without a communication party
SHARES = {
    **{NURSE: 348, "HP": 165, "HF": 120, DOCTOR: 85, "VP": 45, "OA": 30, "FT": 28, "HE": 26, "BI": 18},
    **{"PS": 18, MIDWIFE: 16, "TL": 14, "ET": 14, "RA": 12, "TH": 12, "AA": 10, "FA1": 9, "OP": 7, "TP": 6},
    **{"FO": 5, "KI": 3, "TT": 3, "KE": 2, "FA2": 2, "AU": 1, "OI": 1},
}
NEXT_PROFESSION = {"HP": NURSE, "HF": NURSE, "OA": "HF", "HE": NURSE, "TH": "TP", "FA2": "FA1"}
NURSES_WITH_LIMITED_RIGHT = 20  # of 1,000
DOCTORS_IN_GENERAL_PRACTICE, DOCTORS_IN_ORTHOPAEDICS = 330, 180  # specialists, of 1,000
PARTIES_IN_GENERAL_PRACTICE = 600  # the same of doctors with a communication party, who are mostly GPs

FULL_RIGHT, LIMITED_RIGHT = text("7701/1"), text("7701/2")
GENERAL_PRACTICE, ORTHOPAEDICS = text("7426/1"), text("7426/152")

_ends = list(accumulate(SHARES.values()))
_codes = list(SHARES)


def profession(index: int, scale: Scale) -> str:
    """Value of 9060: that of the person's party, else drawn."""
    firsts, categories = _of_parties(scale)
    if index < firsts[-1]:
        return categories[bisect_right(firsts, index) - 1]
    return _codes[bisect_right(_ends, share("profession", index, 1000))]


def has_party(index: int, scale: Scale) -> bool:
    return index < _of_parties(scale)[0][-1]


def right(index: int, of: str) -> bytes | None:
    """Type of the right to prescribe (7701) of an authorisation in the profession `of`."""
    if of in WITH_FULL_RIGHT:
        return FULL_RIGHT
    if of == MIDWIFE or (of == NURSE and share("limited right", index, 1000) < NURSES_WITH_LIMITED_RIGHT):
        return LIMITED_RIGHT
    return None


def speciality(index: int, of: str, scale: Scale) -> bytes | None:
    """Speciality (7426) of an authorisation in the profession `of`."""
    if of != DOCTOR:
        return None
    chance = share("speciality", index, 1000)
    if has_party(index, scale):
        return GENERAL_PRACTICE if chance < PARTIES_IN_GENERAL_PRACTICE else None
    if chance < DOCTORS_IN_GENERAL_PRACTICE:
        return GENERAL_PRACTICE
    return ORTHOPAEDICS if chance < DOCTORS_IN_GENERAL_PRACTICE + DOCTORS_IN_ORTHOPAEDICS else None


@cache
def _of_parties(scale: Scale) -> tuple[list[int], list[str]]:
    """The first index of each group of persons and the end of the last; the category of each group."""
    firsts = [0, *accumulate(group.persons for group in scale.groups)]
    return firsts, [TRAITS[group.kind].profession.category for group in scale.groups]
