"""create organisations

Main units, sub-units and RESH units, with what search and Norwegian order need.
Previous release on this schema: unaffected, it knows none of these tables."""

from pathlib import Path

import alembic.op as op

revision = "20261123_1020"
down_revision = "20261123_1015"

VERSIONED = (
    "organisations",
    "organisation_industry_codes",
    "organisation_addresses",
    "organisation_opening_hours",
    "organisation_properties",
    "resh_units",
)


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))
    for table in VERSIONED:
        op.execute(f"CALL keep_versions_of('{table}')")


def downgrade() -> None:
    for table in reversed(VERSIONED):
        op.execute(f"DROP TABLE {table}_history, {table}")
    op.execute("DROP FUNCTION fold, norwegian_order")
