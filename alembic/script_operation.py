"""`op.run_script`, which env.py adds to alembic's operations: op.execute takes one statement, this takes many."""

from pathlib import Path

from alembic.operations import MigrateOperation, Operations
from sqlalchemy.util import await_only


@Operations.register_operation("run_script")
class RunScript(MigrateOperation):
    def __init__(self, script: str | Path) -> None:
        self.sql = script if isinstance(script, str) else script.read_text(encoding="utf-8")

    @classmethod
    def run_script(cls, operations: Operations, script):  # its type stands in op.pyi: alembic evaluates it without Path
        return operations.invoke(cls(script))


@Operations.implementation_for(RunScript)
def send(operations: Operations, operation: RunScript) -> None:
    connection = operations.get_bind()
    connection.exec_driver_sql("SELECT 1")  # the adapter opens its transaction with the first statement
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None
    await_only(driver_connection.execute(operation.sql))
