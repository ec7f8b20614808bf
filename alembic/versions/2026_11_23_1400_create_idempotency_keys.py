"""create idempotency keys

A caller that does not know whether its edit went through asks again with the same key and gets the first answer. Stored
in the transaction of the edit, so that there is never one without the other.
Previous release on this schema: unaffected, it does not know the table."""

import alembic.op as op

revision = "20261123_1400"
down_revision = "20261123_1300"

TABLES = """
CREATE TABLE idempotency_keys (
  caller TEXT NOT NULL,
  key UUID NOT NULL,
  operation TEXT NOT NULL,
  request BYTEA NOT NULL,
  result JSONB NOT NULL,
  entry BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (caller, key)
);
COMMENT ON TABLE idempotency_keys IS 'First answers to edits, for retries after an unknown outcome.';
COMMENT ON COLUMN idempotency_keys.caller IS 'Who sent it; keys of others do not count.';
COMMENT ON COLUMN idempotency_keys.key IS 'Chosen by the caller.';
COMMENT ON COLUMN idempotency_keys.operation IS 'Field of Mutation.';
COMMENT ON COLUMN idempotency_keys.request IS 'sha256 of the operation and its arguments.';
COMMENT ON COLUMN idempotency_keys.result IS 'Key of the changed record and entries written.';
COMMENT ON COLUMN idempotency_keys.entry IS 'The data set as of this entry holds the change.';
COMMENT ON COLUMN idempotency_keys.at IS 'When the edit was asked for: the instant of its answer.';
"""


def upgrade() -> None:
    op.run_script(TABLES)


def downgrade() -> None:
    op.execute("DROP TABLE idempotency_keys")
