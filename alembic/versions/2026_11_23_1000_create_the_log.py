"""create the log

The log decides the version of everything, so the database itself numbers, times and chains its entries, and
refuses every change of a register table that has no entry of the same transaction: also from psql.
`CALL keep_versions_of('<table>')` puts a table under these rules and gives it its history twin.
Previous release on this schema: there is none."""

from pathlib import Path

import alembic.op as op
import sqlalchemy as sa

revision = "20261123_1000"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "entries",
        sa.Column(
            "number",
            sa.BigInteger,
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3 … in order of commit, without gaps.",
        ),
        sa.Column(
            "recorded_at",
            sa.TIMESTAMP(timezone=True),
            nullable=False,
            comment="When it was appended; never before its predecessor.",
        ),
        sa.Column("register", sa.Text, nullable=False, comment="Register of the changed record."),
        sa.Column("key", sa.Text, nullable=False, comment="Key of the record there; never a national id."),
        sa.Column("action", sa.Text, nullable=False, comment="What happened, e.g. CommunicationPartyUpdated."),
        sa.Column("caller", sa.Text, nullable=False, comment="Who answers for the change."),
        sa.Column("reason", sa.Text, comment="Why, in the caller's words."),
        sa.Column(
            "transaction",
            sa.BigInteger,
            nullable=False,
            comment="Transaction that appended it; only this one may change rows under the entry.",
        ),
        sa.Column("hash", sa.LargeBinary, nullable=False, comment="sha256(hash of the previous entry, this entry)."),
        sa.PrimaryKeyConstraint("number", name="entries_pkey"),
        sa.CheckConstraint("register <> '' AND key <> '' AND action <> '' AND caller <> ''", name="named"),
        comment="The log of all registers: append-only, dense, hash-chained.",
    )
    op.create_index("entries_register_key_number_idx", "entries", ["register", "key", "number"])
    op.create_index("entries_register_number_idx", "entries", ["register", "number"])
    op.create_index("entries_recorded_at_idx", "entries", ["recorded_at"])
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("DROP PROCEDURE keep_versions_of")
    for function in (
        "refuse_change_of_history",
        "keep_version",
        "require_own_entries",
        "require_entry",
        "is_entry_of_this_transaction",
        "current_entry",
        "broken_link_of_log",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP TABLE entries CASCADE")  # with the function over its row type
    op.execute("DROP FUNCTION refuse_change_of_entries")
    op.execute("DROP FUNCTION chain_entry")
