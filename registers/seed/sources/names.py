"""Names of persons and enterprises that nobody has: put together from nature, light and weather."""

from registers.seed.sources.draw import pick, share, words

FIRST_STEMS = words(
    "Eldgnist Frøspir Grønnske Havskum Isglans Kvitveis Lyngdott Mosedott Nordlys Regndråpe "
    "Solgløtt Torvmyk Ulvemåne Vindkast Ærlighet Østavind Åskam Bjørkesus Doggperle Fjellsus "
    "Čuovga Násti Giđđa Muohta"
)
FIRST_ENDINGS = ("rika", "unn", "mund", "ine", "varg", "dis", "jar", "leiva", "bert", "ny")
LAST_STEMS = words(
    "Blåklokke Tyttebær Multemyr Rognebær Snøkrone Granbar Elvesus Kråkebolle Tiurfjær Reinlav "
    "Nøtteskrike Kveldssol Åkerbær Ørekyt Ærfugl Fjellrype Måneskinn Tåkeheim Vassarv Lyngbrann "
    "Beaivváš Čáhppes Guovssu Ruovdi Ŋuolla Šattu Ŧuovla"
)
LAST_ENDINGS = ("stad", "vik", "haug", "lund", "sen", "moen", "bakk", "nes")
PLACE_ENDINGS = words("stad vik haug lia fjord dalen øya neset tangen åsen sundet myra")
QUALIFIERS = words("Nedre Øvre Søndre Ytre Indre")
ODD_NAMES_REPEAT_AFTER = 24  # enterprises


def first_name(index: int) -> str:
    """One of 240; every twelfth is double."""
    name = pick("first", index, FIRST_STEMS) + pick("first ending", index, FIRST_ENDINGS)
    if share("double first", index, 12):
        return name
    return f"{name}-{pick('second first', index, FIRST_STEMS)}{pick('end', index, FIRST_ENDINGS)}"


def middle_name(index: int) -> str | None:
    """A last name used as middle name; four in five have none."""
    return None if share("middle", index, 5) else _last("middle name", index)


def last_name(index: int) -> str:
    """One of 216; every fifteenth is double."""
    name = _last("last", index)
    return name if share("double last", index, 15) else f"{name}-{_last('second last', index)}"


def _last(what: str, index: int) -> str:
    return pick(what, index, LAST_STEMS) + pick(f"{what} ending", index, LAST_ENDINGS)


def place_name(index: int) -> str:
    """A small place that is on no map; one of 1,944."""
    name = pick("place", index, LAST_STEMS) + pick("place ending", index, PLACE_ENDINGS)
    if share("qualified", index, 4):
        return name
    return f"{pick('qualifier', index, QUALIFIERS)} {name}"


def enterprise_name(index: int, pattern: str, municipality: str) -> str:
    """Name of an enterprise: `pattern` with an invented place name in it.

    Four in 24 are long or have an ampersand or quotation marks in them: names that break careless programs.
    """
    name = pattern.format(place_name(index))
    match index % ODD_NAMES_REPEAT_AFTER:
        case 0:
            return f"{name} & {last_name(index)}"
        case 1:
            return f'{name} "{pick("nickname", index, FIRST_STEMS)} og vel"'
        case 2:
            return (
                f"{name}, tidligere {place_name(index + 1)} og {place_name(index + 2)} forente "
                f"helsevirksomheter i {municipality} med omegn, nabokommuner og øyene utenfor"
            )
        case 3:
            return f"{name} avd. O'{last_name(index)}"
        case _:
            return name
