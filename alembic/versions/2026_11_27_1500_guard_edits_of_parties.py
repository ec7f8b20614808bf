"""guard edits of parties

Two things of which an office has one in use, whatever the code of an edit does: the service for lists without a GP
(KX17), and the party of each health professional. An office is an organisation number, or one organisation party that
has none. Its organisation parties are locked while its services and persons are looked at, so that two edits cannot each
miss the other's. Only what a statement puts into use, or keeps there for longer, is looked at: what was wrong before can
be put right bit by bit. Files of the register break both rules, so only transactions marked `registers.edit` = 'on' are
held to them.
Previous release on this schema: unaffected; it has no edits of these columns."""

from pathlib import Path

import alembic.op as op

revision = "20261127_1500"
down_revision = "20261127_1200"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("DROP TRIGGER number_one_in_use ON communication_parties")
    op.execute("DROP TRIGGER update_one_in_use ON communication_parties")
    op.execute("DROP TRIGGER insert_one_in_use ON communication_parties")
    op.execute("DROP FUNCTION require_one_in_use_below, require_one_in_use_when_edited, require_one_in_use")
