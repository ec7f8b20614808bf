"""Which tables the log shows is stated by each register, so that no move of a file can change it."""

import pytest

from registers.all_tables import LOGGED
from registers.changelog.append import Register
from registers.changelog.versions import tables_of
from registers.database.base import Base
from registers.database.versions import Versioned


def test_every_versioned_row_is_shown_by_one_register():
    versioned = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Versioned)}
    shown = [model for logged in LOGGED.values() for model in logged.models]

    assert set(shown) == versioned
    assert len(shown) == len(set(shown))
    assert set(LOGGED) == set(Register)


@pytest.mark.parametrize("register", Register)
def test_tables_come_with_those_first_that_others_point_at(register):
    tables = tables_of(LOGGED[register])

    for position, table in enumerate(tables):
        pointed_at = {key.column.table for key in table.foreign_keys} - {table}
        assert pointed_at.isdisjoint(tables[position:])


def test_whatever_names_a_person_of_the_gp_lists_is_reported_as_of_a_patient():
    logged = LOGGED[Register.GP_LISTS]
    assert logged.patients is not None

    about = {table.name for table in tables_of(logged) if logged.patients.key in table.columns}

    assert about == {"persons", "person_national_ids", "patient_associations"}
    known = {(table.name, column.name) for table in tables_of(logged) for column in table.columns}
    assert logged.names.keys() <= known
