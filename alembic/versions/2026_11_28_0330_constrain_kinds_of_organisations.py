"""constrain kinds of organisations

An organisation of a kind that nobody knows, or its address, is no answer but an internal error: only a defect or a hand
in psql can write one, and is refused where it happens. All other enumerated columns have had such a constraint from
the start. The rows, some hundred thousand, are looked at under the lock.
Previous release on this schema: unaffected, it writes only these kinds."""

import alembic.op as op

revision = "20261128_0330"
down_revision = "20261127_2000"

KINDS = {
    "organisations": ("enhet", "underenhet", "unknown"),
    "organisation_addresses": ("forretningsadresse", "beliggenhetsadresse", "postadresse"),
}


def upgrade() -> None:
    for table, kinds in KINDS.items():
        known = ", ".join(f"'{kind}'" for kind in kinds)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_kind_check CHECK (kind IN ({known}))")


def downgrade() -> None:
    for table in KINDS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_kind_check")
