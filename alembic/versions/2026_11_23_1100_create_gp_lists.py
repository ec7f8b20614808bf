"""create gp lists

Contracts, doctor cycles, patients. One list per patient at any instant is a constraint, never a check in code.
A national id stands in one table only; every other row names a person by our own number. Associations that no source
has numbered count downwards from -1, so that they never meet a number of FLR's.
Previous release on this schema: unaffected, it knows none of these tables."""

from pathlib import Path

import alembic.op as op

revision = "20261123_1060"  # no time of day, but databases have it: the file is named 1100, the revision stays
down_revision = "20261123_1050"

VERSIONED = (
    "persons",
    "person_national_ids",
    "gp_offices",
    "primary_health_care_teams",
    "team_members",
    "gp_contracts",
    "coop_municipalities",
    "doctor_cycles",
    "patient_associations",
    "out_of_office_locations",
    "out_of_office_addresses",
    "out_of_office_contacts",
)

OWN_IDS = "CREATE SEQUENCE patient_associations_own_id AS BIGINT INCREMENT BY -1 MAXVALUE -1"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))
    op.execute(OWN_IDS)
    for table in VERSIONED:
        op.execute(f"CALL keep_versions_of('{table}')")


def downgrade() -> None:
    for table in reversed(VERSIONED):
        op.execute(f"DROP TABLE {table}_history, {table}")
    op.execute("DROP SEQUENCE patient_associations_own_id")
