"""create personnel

Professionals with everything that decides whether they may practise and prescribe on a date.
Previous release on this schema: unaffected, it knows none of these tables."""

from pathlib import Path

import alembic.op as op

revision = "20261123_1050"
down_revision = "20261123_1040"

VERSIONED = (
    "health_professionals",
    "authorisations",
    "requisition_rights",
    "specialities",
    "additional_competences",
    "suspensions",
    "administrative_reactions",
    "conditions",
    "educations",
    "alternative_ids",
    "professional_addresses",
)


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))
    for table in VERSIONED:
        op.execute(f"CALL keep_versions_of('{table}')")


def downgrade() -> None:
    for table in reversed(VERSIONED):
        op.execute(f"DROP TABLE {table}_history, {table}")
