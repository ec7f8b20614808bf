"""create code systems

National codes are what every register points at by foreign key.
Previous release on this schema: unaffected, it knows none of these tables."""

from pathlib import Path

import alembic.op as op

revision = "20261123_1010"
down_revision = "20261123_1000"

VERSIONED = (
    "code_systems",
    "codes",
)


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))
    for table in VERSIONED:
        op.execute(f"CALL keep_versions_of('{table}')")


def downgrade() -> None:
    for table in reversed(VERSIONED):
        op.execute(f"DROP TABLE {table}_history, {table}")
