"""guard edits of patients

Two things that an edit must not do, whatever its code does. It puts nobody on a list beyond the ceiling: counted from the
first to the last instant that a change adds to a list, once for each statement, with the contract's row locked. Files of
the register exceed ceilings, so only transactions marked `registers.edit` = 'on' are held to it. And the digest of an
edit's arguments, which may hold national ids, is keyed: of eleven digits all can be tried. The hash of the first entry
would be no key, since the graph tells all it is made of.
Previous release on this schema: unaffected; its edits are held to the ceilings too, and a retry across the two of an edit
with an idempotency key is refused."""

from pathlib import Path

import alembic.op as op

revision = "20261127_1200"
down_revision = "20261123_1400"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("COMMENT ON COLUMN source_records.digest IS 'sha256 of its normalised form.'")
    op.execute("COMMENT ON COLUMN idempotency_keys.request IS 'sha256 of the operation and its arguments.'")
    op.execute("DROP TABLE digest_keys")
    op.execute("DROP TRIGGER update_has_room ON patient_associations")
    op.execute("DROP TRIGGER insert_has_room ON patient_associations")
    op.execute("DROP FUNCTION require_room_for_updated, require_room_for_inserted, require_room, longest_of_list")
