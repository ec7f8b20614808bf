"""guard merges of professionals

A number that was merged leads to the one that survives: a circle of numbers would have no survivor, so the database refuses
one. It is judged at the commit, since a file may turn a merge round, and then has a circle while its rows are written one
by one. Every change holds the log's lock until its transaction ends, so two of them never close a circle together.
And an edit grants no authorisation beside one in the same profession: of two the better one answers, and a suspension of
the other would count for nothing. Licences may overlap. Files of the register are not held to it, only transactions
marked `registers.edit` = 'on'.
Previous release on this schema: unaffected; its imports refuse circles themselves."""

from pathlib import Path

import alembic.op as op

revision = "20261127_1600"
down_revision = "20261127_1540"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("DROP TRIGGER one_at_a_time ON authorisations")
    op.execute("DROP FUNCTION refuse_second_authorisation")
    op.execute("DROP TRIGGER health_professionals_no_circle ON health_professionals")
    op.execute("DROP FUNCTION refuse_circle_of_health_professionals")
