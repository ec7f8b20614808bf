"""Identifiers say what the field says: none of the words that only this project would understand."""

from pathlib import Path

import pytest

from tests.architecture.identifiers import identifiers_in, identifiers_of, words_of
from tests.architecture.layout import python_files

ROOT = Path(__file__).parents[2]

WORDS = {
    "told": "validated, reported, to_terms",
    "said": "reported",
    "lane": "slot",
    "lanes": "slots",
    "spell": "interval, Dated",
    "spells": "intervals",
    "heir": "inheritor",
    "heirs": "inheritors",
    "judge": "check_deferred_constraints",
    "songs": "reports",
    "laid": "scenario",
}
"""Words of identifiers, with what to say."""

IDENTIFIERS = {
    **dict.fromkeys(("held", "Held", "Holding"), "stored, RecordSet, HeldRights"),
    "wanted": "target",
    **dict.fromkeys(("Turn", "take_turn", "TurnLost"), "EditTransaction, lock_log, SerializationFailed"),
    **dict.fromkeys(("NOT_SAID", "SaidCode", "SAID_AS_HELD"), "NOT_REPORTED, CodeUse"),
    "Moment": "IntakeContext",
    "place": "cursor, index, position, address, association or location",
    **dict.fromkeys(("kept", "made_once"), "prepared"),
    **dict.fromkeys(("Readers", "Reading", "Plan", "Part"), "DirectPool, ReadSession, PreparedStatement"),
    **dict.fromkeys(("away", "give_up"), "unavailable, discard"),
    **dict.fromkeys(("Named", "named", "load_named"), "references, PatientRef"),
    **dict.fromkeys(("way", "ways", "ways_from", "turned"), "chain, successors_of, reversed"),
    **dict.fromkeys(("ASKED", "AskedWith", "AboutTheRequest"), "EditOptions"),
    **dict.fromkeys(("World", "ground", "Ground", "sing"), "Scenario, scenario, report"),
}
"""Whole identifiers, with what to say."""

EXCEPTIONS: dict[str, str] = {}
"""Identifiers that may stand, each with its reason: others gave the name."""


def instead_of(identifier: str) -> str | None:
    """What to say instead; None when the identifier may stand."""
    if identifier in EXCEPTIONS:
        return None
    words = [WORDS[word] for word in sorted(words_of(identifier)) if word in WORDS]
    return IDENTIFIERS.get(identifier) or "; ".join(words) or None


FILES = [path for top in ("registers", "tests") for path in python_files(ROOT / top)]


def test_no_identifier_speaks_a_language_of_its_own():
    found = {
        str(path.relative_to(ROOT)): replaced
        for path in FILES
        if (replaced := {name: say for name in identifiers_of(path) if (say := instead_of(name))})
    }

    assert found == {}


def test_every_exception_is_in_use():
    assert EXCEPTIONS.keys() <= {name for path in FILES for name in identifiers_of(path)}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("told = 1", ["told"]),
        ("x.told_period()", ["told_period"]),
        ("def all_told(): ...", ["all_told"]),
        ("async def f(*, told): ...", ["told"]),
        ("class PatientsTold: ...", ["PatientsTold"]),
        ("f(place=1)", ["place"]),
        ("from a import b as kept", ["kept"]),
        ("from a import Reading", ["Reading"]),
        ("import a.ground", ["ground"]),
        ("from a.ground import b", ["ground"]),
        ("try: ...\nexcept E as held: ...", ["held"]),
        ("match x:\n    case C(place=[a, *way]) as wanted: ...", ["place", "wanted", "way"]),
        ("NEVER_TOLD = HTTPLane", ["HTTPLane", "NEVER_TOLD"]),
    ],
)
def test_a_word_is_found_wherever_an_identifier_may_stand(source, found):
    assert sorted(name for name in identifiers_in(source) if instead_of(name)) == found


@pytest.mark.parametrize(
    "name", ["threshold", "spelling", "spelled", "placed", "Places", "withheld", "partition", "fold"]
)
def test_a_word_that_only_holds_another_one_may_stand(name):
    assert instead_of(name) is None


def test_a_text_and_a_comment_may_say_what_they_like():
    assert list(identifiers_in('"""told"""  # said')) == []
