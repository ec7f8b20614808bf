"""create successions

Who asks with the number of an organisation that was merged, split or moved is led to those that took its place; RESH
units likewise. That nothing is above itself, and nothing succeeds itself, is kept by the database. It is judged at the
commit, since a chart that is turned upside down has a circle while its rows are written one by one. Every change holds
the log's lock until its transaction ends, so two of them never close a circle together.
Rows that stand in a circle already are not looked at until they are written next.
Previous release on this schema: runs on it. An import of a file with a circle in it, or an edit of its own, ends in
an error at the commit instead of storing the circle."""

import alembic.op as op

revision = "20261127_1530"
down_revision = "20261127_1500"

TABLES = "".join(
    f"""
CREATE TABLE {name} (
  predecessor {type_} NOT NULL,
  successor {type_} NOT NULL,
  kind TEXT NOT NULL,
  valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
  since_entry BIGINT DEFAULT current_entry() NOT NULL,
  CONSTRAINT {name}_pkey PRIMARY KEY (predecessor, successor),
  CONSTRAINT {name}_not_own_successor_check CHECK (predecessor <> successor),
  CONSTRAINT {name}_kind_check CHECK (kind IN ('MERGED', 'SPLIT', 'MOVED', 'RENUMBERED')),
  CONSTRAINT {name}_predecessor_fkey FOREIGN KEY(predecessor) REFERENCES {key},
  CONSTRAINT {name}_successor_fkey FOREIGN KEY(successor) REFERENCES {key}
);
CREATE INDEX {name}_successor_idx ON {name} (successor);
CREATE UNIQUE INDEX {name}_one_successor_idx ON {name} (predecessor) WHERE kind <> 'SPLIT';
COMMENT ON TABLE {name} IS '{comment}';
COMMENT ON COLUMN {name}.kind IS 'MERGED, SPLIT, MOVED or RENUMBERED.';
COMMENT ON COLUMN {name}.valid_from IS 'First instant at which it has taken the place.';
COMMENT ON COLUMN {name}.since_entry IS 'Entry of the log that made this version of the row.';
CALL keep_versions_of('{name}');
CALL index_versions_of('{name}');
"""
    for name, type_, key, comment in (
        (
            "organisation_successions",
            "TEXT",
            "organisations (organisation_number)",
            "Organisations that others took the place of.",
        ),
        ("resh_unit_successions", "INTEGER", "resh_units (resh_id)", "RESH units that others took the place of."),
    )
)

NO_CIRCLES = (  # table, column of the record, column of the one it leads to
    ("organisations", "organisation_number", "parent_number"),
    ("resh_units", "resh_id", "parent_resh_id"),
    ("organisation_successions", "predecessor", "successor"),
    ("resh_unit_successions", "predecessor", "successor"),
)

# What NEW says may be out of date at the commit: the way is read from the table alone. UNION ends it where it has been.
TRIGGERS = "".join(
    f"""
CREATE FUNCTION refuse_circle_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE way(place) AS (
      SELECT {to} FROM {table} WHERE {own} = NEW.{own}
      UNION
      SELECT next.{to} FROM {table} next JOIN way ON next.{own} = way.place
    )
    SELECT FROM way WHERE place = NEW.{own}
  ) THEN
    RAISE EXCEPTION 'a row of % leads back to itself', TG_TABLE_NAME
      USING ERRCODE = '23514', TABLE = TG_TABLE_NAME, CONSTRAINT = '{table}_no_circle';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER {table}_no_circle AFTER INSERT OR UPDATE OF {own}, {to} ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.{to} IS NOT NULL)
EXECUTE FUNCTION refuse_circle_of_{table}();
"""
    for table, own, to in NO_CIRCLES
)


def upgrade() -> None:
    op.run_script(TABLES)
    op.run_script(TRIGGERS)


def downgrade() -> None:
    for table, _, _ in NO_CIRCLES:
        op.execute(f"DROP TRIGGER {table}_no_circle ON {table}")
        op.execute(f"DROP FUNCTION refuse_circle_of_{table}")
    for table in ("organisation_successions", "resh_unit_successions"):
        op.execute(f"DROP TABLE {table}_history, {table}")
