"""Records whose parts have parts: which record a row belongs to, and what goes with it."""

import pytest

from registers.intake.aggregate import Aggregate, empty_row
from registers.intake.record_set import Row
from registers.personnel.models import Authorisation, Education, HealthProfessional, RequisitionRight, Suspension
from tests.intake.stored import StoredRows

pytestmark = pytest.mark.anyio

DOCTOR, NURSE = 7, 8  # HPR numbers
ON_AUTHORISATION = {"authorisation_id": Authorisation}


def right(id: int, authorisation_id: int) -> Row:
    return {"id": id, "authorisation_id": authorisation_id, "type": "7701/1"}


def suspension(id: int, *, of_authorisation: int | None = None, of_right: int | None = None) -> Row:
    return {"id": id, "authorisation_id": of_authorisation, "requisition_right_id": of_right}


@pytest.fixture
def stored() -> StoredRows:
    """The doctor has two authorisations: 10, suspended with its right, and 11 with a suspended right. The nurse: 12."""
    return StoredRows(
        {
            HealthProfessional: [{"hpr_number": DOCTOR}, {"hpr_number": NURSE}],
            Authorisation: [
                {"id": 10, "hpr_number": DOCTOR},
                {"id": 11, "hpr_number": DOCTOR},
                {"id": 12, "hpr_number": NURSE},
            ],
            RequisitionRight: [right(20, 10), right(21, 11), right(22, 12)],
            Suspension: [
                suspension(30, of_authorisation=10),
                suspension(31, of_right=20),
                suspension(32, of_right=21),
                suspension(33, of_authorisation=12),
            ],
        }
    )


@pytest.fixture
async def professionals(stored: StoredRows) -> Aggregate[int]:
    found: Aggregate[int] = Aggregate(
        "hpr_number",
        HealthProfessional,
        Authorisation,
        Education,
        below={
            RequisitionRight: ON_AUTHORISATION,
            Suspension: {**ON_AUTHORISATION, "requisition_right_id": RequisitionRight},
        },
    )
    await found.load(stored.session, [DOCTOR, NURSE])
    return found


def ids(professionals: Aggregate[int], key: int) -> dict[str, list[int]]:
    return {
        part.__tablename__: sorted(row["id"] for row in professionals.rows(key, part).values())
        for part in (Authorisation, RequisitionRight, Suspension)
    }


async def test_every_row_below_comes_with_the_record_that_it_belongs_to(professionals):
    assert ids(professionals, DOCTOR) == {
        "authorisations": [10, 11],
        "requisition_rights": [20, 21],
        "suspensions": [30, 31, 32],
    }
    assert ids(professionals, NURSE) == {"authorisations": [12], "requisition_rights": [22], "suspensions": [33]}
    assert not any(record.differs for record in professionals.records.values())


async def test_what_is_loaded_is_not_read_again(professionals, stored):
    reads = len(stored.reads)

    await professionals.load(stored.session, [NURSE, DOCTOR])

    assert len(stored.reads) == reads


async def test_a_row_is_removed_with_all_that_is_below_it_and_nothing_else(professionals):
    [row] = [row for row in professionals.rows(DOCTOR, Authorisation).values() if row["id"] == 10]

    professionals.remove(DOCTOR, Authorisation, row)

    assert ids(professionals, DOCTOR) == {"authorisations": [11], "requisition_rights": [21], "suspensions": [32]}
    assert professionals.records[DOCTOR].differs
    assert not professionals.records[NURSE].differs
    assert set(professionals.records[DOCTOR].stored[professionals.tables[1]]) == {(10,), (11,)}


async def test_a_row_in_the_middle_leaves_what_is_above_it(professionals):
    professionals.remove(DOCTOR, RequisitionRight, right(20, 10))

    assert ids(professionals, DOCTOR) == {
        "authorisations": [10, 11],
        "requisition_rights": [21],
        "suspensions": [30, 32],
    }


async def test_what_is_removed_and_added_again_does_not_differ(professionals):
    [row] = [row for row in professionals.rows(DOCTOR, Suspension).values() if row["id"] == 32]

    professionals.remove(DOCTOR, Suspension, row)
    assert professionals.records[DOCTOR].differs

    professionals.add(DOCTOR, Suspension, row)
    assert not professionals.records[DOCTOR].differs


async def test_an_added_row_makes_its_record_differ_and_leaves_an_earlier_copy_alone(professionals):
    before = professionals.copy_of(DOCTOR)

    professionals.add(DOCTOR, RequisitionRight, right(23, 11))

    assert ids(professionals, DOCTOR)["requisition_rights"] == [20, 21, 23]
    assert professionals.records[DOCTOR].differs
    assert professionals.copy_of(DOCTOR) != before
    assert ids(professionals, NURSE)["requisition_rights"] == [22]


def test_an_empty_row_has_every_column_but_its_version_and_what_is_computed():
    row = empty_row(HealthProfessional)

    assert set(row.values()) == {None}
    assert {"hpr_number", "last_name", "national_id"} <= row.keys()
    assert row.keys().isdisjoint({"since_entry", "search_name", "sort_name"})
