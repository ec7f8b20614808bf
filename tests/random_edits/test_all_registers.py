"""Random edits over all registers leave what a plain Python model says, valid and invalid ones alike."""

import pytest

from registers.embedded.postgres import EmbeddedPostgres
from tests.random_edits.code_systems import CodeEdits
from tests.random_edits.contact import ContactEdits
from tests.random_edits.gp_contracts import ContractEdits
from tests.random_edits.machine import run
from tests.random_edits.organisations import OrganisationEdits
from tests.random_edits.patients import PatientEdits
from tests.random_edits.personnel import PersonnelEdits

STEPS, STEPS_AT_NIGHT = 1_000, 100_000


class AllRegisters(CodeEdits, OrganisationEdits, ContactEdits, PersonnelEdits, ContractEdits, PatientEdits):
    """Every register's edits in one run."""


@pytest.mark.long
def test_a_thousand_random_edits_leave_what_the_model_says(anyio_backend, postgres: EmbeddedPostgres, migrated: str):
    run(AllRegisters, postgres, migrated, steps=STEPS)


@pytest.mark.nightly
def test_a_hundred_thousand_random_edits_leave_what_the_model_says(
    anyio_backend, postgres: EmbeddedPostgres, migrated: str
):
    run(AllRegisters, postgres, migrated, steps=STEPS_AT_NIGHT)
