"""guard edits of lists

What an edit of a list must not do, whatever its code does. A contract's own municipality never co-operates on it, and a
day of the week is named once: true of all rows, since imports leave such parts out. Files of the register do hold lists
with two GPs, and substitutes for nobody, so only transactions marked `registers.edit` = 'on' are held to one GP at a time
on a list that is not common, to substitutes for a GP of the list or for its vacancy, and to contracts that end without
patients. A doctor's period that is only shortened is not looked at: to shorten it is how such a mistake is mended. The
end of a contract is looked at when its transaction commits: its patients move in the same one.
Previous release on this schema: unaffected, its edits change no doctors and end contracts without patients."""

from pathlib import Path

import alembic.op as op

revision = "20261127_1540"
down_revision = "20261127_1530"


def upgrade() -> None:
    op.run_script(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("DROP TRIGGER ends_without_patients ON gp_contracts")
    op.execute("DROP FUNCTION refuse_end_with_patients")
    op.execute("DROP TRIGGER doctors_do_not_clash ON doctor_cycles")
    op.execute("DROP FUNCTION refuse_doctors_who_clash, gps_of_list")
    op.execute("ALTER TABLE doctor_cycles DROP CONSTRAINT doctor_cycles_days_named_once_check")
    op.execute("DROP TRIGGER own_municipality_is_none ON gp_contracts")
    op.execute("DROP TRIGGER own_municipality_is_none ON coop_municipalities")
    op.execute("DROP FUNCTION refuse_own_municipality")
