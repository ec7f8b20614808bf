"""`alembic.op` as versions see it: alembic's own operations, and `run_script`, which `script_operation.py` adds.

`import alembic.op as op` leads a type checker here, `from alembic import op` past it."""

from pathlib import Path

from alembic.operations import Operations

_operations: Operations

add_column = _operations.add_column
alter_column = _operations.alter_column
batch_alter_table = _operations.batch_alter_table
bulk_insert = _operations.bulk_insert
create_check_constraint = _operations.create_check_constraint
create_exclude_constraint = _operations.create_exclude_constraint
create_foreign_key = _operations.create_foreign_key
create_index = _operations.create_index
create_primary_key = _operations.create_primary_key
create_table = _operations.create_table
create_table_comment = _operations.create_table_comment
create_unique_constraint = _operations.create_unique_constraint
drop_column = _operations.drop_column
drop_constraint = _operations.drop_constraint
drop_index = _operations.drop_index
drop_table = _operations.drop_table
drop_table_comment = _operations.drop_table_comment
execute = _operations.execute
f = _operations.f
get_bind = _operations.get_bind
get_context = _operations.get_context
inline_literal = _operations.inline_literal
rename_table = _operations.rename_table
run_async = _operations.run_async

def run_script(script: str | Path) -> None:
    """Runs several statements at once inside the migration's transaction: a text, or a file beside the version."""
