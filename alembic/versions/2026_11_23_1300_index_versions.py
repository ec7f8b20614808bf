"""index versions

What one entry changed is asked for field by field: the versions it made are found by `since_entry`, those it ended by
the first column of the history's key. A b-tree and no BRIN: rows come in order of entries, but a changed row lands
where there is room, and after a year of changes every range of pages would hold every entry.
Later migrations call `index_versions_of('<table>')` after `keep_versions_of('<table>')`.
Previous release on this schema: unaffected. Writers wait while it builds, some seconds for a million rows."""

import alembic.op as op

revision = "20261123_1300"
down_revision = "20261123_1060"

KEPT = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'version_is_kept' ORDER BY 1"

INDEX_VERSIONS = f"""
CREATE PROCEDURE index_versions_of(kept text) LANGUAGE plpgsql AS $$
DECLARE versions text;
BEGIN
  FOREACH versions IN ARRAY ARRAY[kept, kept || '_history'] LOOP
    EXECUTE format('CREATE INDEX %I ON %I (since_entry)', versions || '_since_entry_idx', versions);
  END LOOP;
END $$;
DO $$
DECLARE kept text;
BEGIN
  FOR kept IN {KEPT} LOOP
    CALL index_versions_of(kept);
  END LOOP;
END $$;
"""

DROP_INDEXES = f"""
DO $$
DECLARE kept text;
BEGIN
  FOR kept IN {KEPT} LOOP
    EXECUTE format('DROP INDEX %I, %I', kept || '_since_entry_idx', kept || '_history_since_entry_idx');
  END LOOP;
END $$;
DROP PROCEDURE index_versions_of;
"""


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '1h'")  # one statement builds all the indexes
    op.run_script(INDEX_VERSIONS)


def downgrade() -> None:
    op.run_script(DROP_INDEXES)
