"""create source records

The importer remembers what each interface said last of a record, so that importing the same files twice changes
nothing even where two interfaces contradict each other for ever. No register: neither versioned nor logged.
Previous release on this schema: unaffected, it does not know the table."""

import alembic.op as op

revision = "20261123_1040"
down_revision = "20261123_1030"

TABLES = """
CREATE TABLE source_records (
  register TEXT NOT NULL,
  key TEXT NOT NULL,
  interface TEXT NOT NULL,
  digest BYTEA NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE,
  imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT source_records_pkey PRIMARY KEY (register, key, interface)
);
COMMENT ON TABLE source_records IS 'Newest form of each record by interface, for imports.';
COMMENT ON COLUMN source_records.interface IS 'E.g. ar-rest, ar-legacy.';
COMMENT ON COLUMN source_records.digest IS 'sha256 of its normalised form.';
COMMENT ON COLUMN source_records.changed_at IS 'When the source says it changed; null = not said.';

"""


def upgrade() -> None:
    op.run_script(TABLES)


def downgrade() -> None:
    op.execute("DROP TABLE source_records")
