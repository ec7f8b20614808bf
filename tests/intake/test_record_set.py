"""Records as stored and as they are to be: what makes them differ, and what does not."""

import pytest

from registers.intake.record_set import ANNOUNCED, Outcome, RecordSet, Result, Row, new_id
from registers.intake.snapshot import Remark, Snapshot
from registers.personnel.models import AlternativeId, Education, HealthProfessional
from tests.intake.stored import StoredRows

pytestmark = pytest.mark.anyio

DOCTOR, NURSE, UNKNOWN = 7, 8, 9  # HPR numbers


def alternative(id: int | None, value: str, hpr_number: int = DOCTOR) -> Row:
    return {"id": id, "hpr_number": hpr_number, "type": None, "value": value}


@pytest.fixture
def stored() -> StoredRows:
    return StoredRows(
        {
            HealthProfessional: [
                {"hpr_number": DOCTOR, "last_name": "Ås", "search_name": "aas", "since_entry": 4},
                {"hpr_number": NURSE, "last_name": "Bø", "search_name": "bo", "since_entry": 5},
            ],
            AlternativeId: [alternative(1, "SE-1"), alternative(2, "DK-2"), alternative(3, "FI-3", NURSE)],
        }
    )


@pytest.fixture
async def professionals(stored: StoredRows) -> RecordSet[int]:
    """The doctor, and somebody who is not stored, with their alternative ids."""
    found: RecordSet[int] = RecordSet("hpr_number", HealthProfessional, AlternativeId)
    await found.load(stored.session, [DOCTOR, UNKNOWN])
    return found


async def test_a_record_is_read_once_with_its_parts_and_its_main_row_is_locked(professionals, stored):
    await professionals.load(stored.session, [DOCTOR, UNKNOWN, DOCTOR])

    assert stored.reads == ["health_professionals (locked)", "alternative_ids"]
    assert set(professionals.rows(DOCTOR, AlternativeId)) == {(1,), (2,)}


async def test_parts_are_not_read_where_there_is_no_record(stored):
    found: RecordSet[int] = RecordSet("hpr_number", HealthProfessional, AlternativeId, Education)

    await found.load(stored.session, [UNKNOWN])

    assert stored.reads == ["health_professionals (locked)"]
    assert (found.row(UNKNOWN), found.rows(UNKNOWN, Education)) == (None, {})


async def test_a_row_is_read_without_its_version_and_what_the_database_computes(professionals):
    row = professionals.row(DOCTOR)

    assert row["last_name"] == "Ås"
    assert row.keys().isdisjoint({"since_entry", "search_name", "sort_name"})


async def test_there_is_no_row_for_nobody_and_for_what_was_not_loaded(professionals):
    assert [professionals.row(key) for key in (None, UNKNOWN, NURSE)] == [None, None, None]


async def test_what_says_the_same_again_does_not_differ(professionals):
    before = professionals.copy_of(DOCTOR)

    professionals.set_row(DOCTOR, dict(professionals.row(DOCTOR)))
    professionals.set_rows(DOCTOR, AlternativeId, [alternative(2, "DK-2"), alternative(1, "SE-1")])

    assert not professionals.records[DOCTOR].differs
    assert professionals.copy_of(DOCTOR) == before


@pytest.mark.parametrize(
    "rows",
    [
        [alternative(1, "SE-1")],
        [alternative(1, "SE-1"), alternative(2, "DK-3")],
        [alternative(1, "SE-1"), alternative(2, "DK-2"), alternative(None, "NO-1")],
        [alternative(1, "SE-1"), alternative(None, "DK-2")],
        [],
    ],
)
async def test_parts_removed_changed_or_added_make_a_record_differ_until_they_are_as_before(professionals, rows):
    before = professionals.copy_of(DOCTOR)

    professionals.set_rows(DOCTOR, AlternativeId, rows)

    assert professionals.records[DOCTOR].differs
    assert professionals.copy_of(DOCTOR) != before
    assert list(professionals.rows(DOCTOR, AlternativeId).values()) == rows

    professionals.set_rows(DOCTOR, AlternativeId, [alternative(1, "SE-1"), alternative(2, "DK-2")])
    assert not professionals.records[DOCTOR].differs


async def test_a_changed_main_row_leaves_the_stored_one_as_it_was(professionals):
    professionals.set_row(DOCTOR, {**professionals.row(DOCTOR), "last_name": "Øy"})

    assert professionals.records[DOCTOR].differs
    assert professionals.row(DOCTOR)["last_name"] == "Øy"
    assert professionals.stored_row(DOCTOR)["last_name"] == "Ås"


async def test_a_new_record_differs(professionals):
    assert not professionals.records[UNKNOWN].differs

    professionals.set_row(UNKNOWN, {"hpr_number": UNKNOWN})

    assert professionals.records[UNKNOWN].differs
    assert professionals.stored_row(UNKNOWN) is None


async def test_rows_that_are_not_numbered_yet_are_as_many_as_were_given(professionals):
    professionals.set_rows(DOCTOR, AlternativeId, [alternative(None, "A"), alternative(None, "A")])

    assert len(professionals.rows(DOCTOR, AlternativeId)) == 2


def test_an_id_that_is_not_given_yet_names_its_sequence_and_equals_no_other():
    first, second = new_id(AlternativeId), new_id(AlternativeId)

    assert (first.sequence, first.number) == ("alternative_ids_id_seq", None)
    assert first != second
    assert len({first, second}) == 2


def snapshot() -> Snapshot:
    return Snapshot(interface="hpr-rest", position="file.json[1]")


def test_an_outcome_repeats_what_the_reader_noticed_and_leaves_the_snapshot_alone():
    read = snapshot()
    read.flag("padded", "postalCode", "was 3 digits")
    read.refuse("unreadable", "education", "no date")

    outcome = Outcome(read)
    outcome.flag("unknown", "sex", "9")
    outcome.refuse_part("unknown", "address", "no country")

    assert [each.rule for each in outcome.flags] == ["padded", "unknown"]
    assert [each.rule for each in outcome.refused] == ["unreadable", "unknown"]
    assert (len(read.flags), len(read.refused)) == (1, 1)


def test_a_record_refused_as_a_whole_says_why():
    outcome = Outcome(snapshot())

    outcome.refuse("merge-cycle", "replaced_by", "itself")

    assert (outcome.result, outcome.reason) == (Result.REFUSED, Remark("merge-cycle", "replaced_by", "itself"))


@pytest.mark.parametrize(
    ("earlier", "together"),
    [
        (Result.NEW, Result.NEW),
        (Result.CHANGED, Result.CHANGED),
        (Result.UNCHANGED, Result.WAITING),
        (Result.REFUSED, Result.WAITING),
    ],
)
def test_a_record_taken_twice_in_one_import_is_what_it_was_first_when_that_wrote_something(earlier, together):
    former, outcome = Outcome(snapshot(), result=earlier, announced=2), Outcome(snapshot(), result=Result.WAITING)
    former.flag(ANNOUNCED, "leader", "7")
    former.flag("unknown", "sex", "9")
    outcome.announced = 1
    outcome.flag("padded", "postalCode", "3 digits")

    outcome.add_earlier(former)

    assert (outcome.result, outcome.announced) == (together, 3)
    assert [each.rule for each in outcome.flags] == [ANNOUNCED, "padded"]
