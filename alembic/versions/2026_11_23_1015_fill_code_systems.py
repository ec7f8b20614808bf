"""fill code systems

The national values that are public (national_codes/*.csv), so that no register starts without its vocabulary.
Later values arrive as edits and imports; they are not migrations.
Previous release on this schema: unaffected."""

import csv
from collections import defaultdict
from pathlib import Path

import alembic.op as op
import sqlalchemy as sa

revision = "20261123_1015"
down_revision = "20261123_1010"

NATIONAL_CODES = Path(__file__).parents[1] / "national_codes"

ENTRY = sa.text("""
    INSERT INTO entries (register, key, action, caller, reason)
    VALUES ('code_systems', :system, 'CodeSystemCreated', 'migration', 'national values as published')
""")
SYSTEM = sa.text("""
    INSERT INTO code_systems (system, oid, name, complete, source)
    VALUES (:system, nullif(CAST(:oid AS text), ''), :name,
            CAST(CAST(:complete AS text) AS boolean), nullif(CAST(:source AS text), ''))
""")
CODE = sa.text("""
    INSERT INTO codes (key, system, value, display, description, valid_from, valid_to, active, confirmed)
    VALUES (CAST(:system AS text) || '/' || CAST(:value AS text), :system, :value, :display, nullif(CAST(:description AS text), ''),
            CAST(nullif(CAST(:valid_from AS text), '') AS date), CAST(nullif(CAST(:valid_to AS text), '') AS date),
            CAST(CAST(:active AS text) AS boolean), CAST(CAST(:confirmed AS text) AS boolean))
""")


def read(name: str) -> list[dict[str, str]]:
    with (NATIONAL_CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upgrade() -> None:
    codes = defaultdict(list)
    for code in read("codes.csv"):
        codes[code["system"]].append(code)
    connection = op.get_bind()
    for system in read("code_systems.csv"):
        connection.execute(ENTRY, {"system": system["system"]})
        connection.execute(SYSTEM, system)
        if codes[system["system"]]:
            connection.execute(CODE, codes[system["system"]])


def downgrade() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text("""
        INSERT INTO entries (register, key, action, caller)
        VALUES ('code_systems', 'all', 'CodeSystemsEmptied', 'migration')
    """)
    )
    connection.execute(sa.text("DELETE FROM codes"))
    connection.execute(sa.text("DELETE FROM code_systems"))
