"""What an import remembers of its sources, as databases have it stored."""

from pathlib import Path
from typing import Any, get_args

import pytest

from registers.exchange.recognise import Record
from registers.exchange.run.identity import identity
from registers.exchange.run.intakes.by_kind import INTAKES
from registers.exchange.run.source_memory import digest_of
from registers.intake.record_set import Outcome
from tests.support.files import one
from tests.support.records_ar import legacy, rest, unit
from tests.support.records_flr import NIN, association, contract
from tests.support.records_hpr import soap_person

DIGESTS = {
    "unit": (unit(), "21fece9e0f588d3fde5095bd394db10bdfeddb3f42e00c6a552fbfbfef10a2d3"),
    "legacy": (legacy(), "3d0387dcc63180069a6d44ed0c02db0c3a3b412bc82087d86b943b2910d71fa3"),
    "rest": (rest(), "7b9034173f22d8f64716b5d6469d2ac3bb8a5249c5f969d1f6db23ed670d8da2"),
    "person": (soap_person(), "7e84f7c87175373a69fedb647cfb791b0daee3529ad7f6eb3096df8dad55581b"),
    "contract": (contract(), "e2d842cec6019b7f9840b1ee7a7ffc151097ce638e96fcf41a2060034384970d"),
    "association": (association(), "30ca953f248cf6e3c714c3612e83d7e73471f99b1a01ad4be41d5a9f3daa93b1"),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_record_has_the_digest_that_earlier_releases_stored(tmp_path: Path, name: str):
    """Another field of a snapshot changes its digests: every record is then compared with its rows once more."""
    body, digest = DIGESTS[name]

    assert digest_of(Outcome(one(tmp_path, body)), b"k").hex() == digest


@pytest.mark.parametrize("numbered", [True, False])
def test_no_identity_contains_a_national_id(tmp_path: Path, numbered: bool):
    record: Any = one(tmp_path, association(Id=800000 if numbered else None))

    assert NIN not in "".join(identity(record))
    assert identity(record) == identity(one(tmp_path, association(Id=800000 if numbered else None)))


def test_every_kind_of_record_has_an_intake():
    assert set(INTAKES) == set(get_args(Record))
