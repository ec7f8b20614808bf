"""create access log

Who asked about which patients, and why: one record an operation, numbered and chained by the database like the log of
changes, and append-only like it. A chain of its own: a look-up does not wait for an edit, nor an edit for look-ups.
Previous release on this schema: unaffected, it does not know the table and leaves no records."""

from pathlib import Path

import alembic.op as op

revision = "20261127_2000"
down_revision = "20261127_1600"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("DROP FUNCTION broken_link_of_access_log")
    op.execute("DROP TABLE access_records CASCADE")  # with the function over its row type
    op.execute("DROP FUNCTION refuse_change_of_access_records")
    op.execute("DROP FUNCTION chain_access_record")
