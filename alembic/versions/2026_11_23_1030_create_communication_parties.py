"""create communication parties

Addresses and certificates exclude a second one of a kind at any instant, by constraint; a parent is an
organisation, by a foreign key over a constant column.
Previous release on this schema: unaffected, it knows none of these tables."""

from pathlib import Path

import alembic.op as op

revision = "20261123_1030"
down_revision = "20261123_1020"

VERSIONED = (
    "communication_parties",
    "electronic_addresses",
    "physical_addresses",
    "coverage_areas",
    "party_properties",
    "certificates",
    "party_certificates",
)


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))
    for table in VERSIONED:
        op.execute(f"CALL keep_versions_of('{table}')")


def downgrade() -> None:
    for table in reversed(VERSIONED):
        op.execute(f"DROP TABLE {table}_history, {table}")
