"""What repositories read with."""

from typing import Any, Protocol, TypeVar, TypeVarTuple, overload

from sqlalchemy import Executable, Result, ScalarResult
from sqlalchemy.sql.selectable import TypedReturnsRows

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Rows = Result[*tuple[Any, ...]]


class ReadSession(Protocol):
    """Sends statements and gives their rows. Two things do: `DirectSession` for reads on their own, and SQLAlchemy's
    AsyncSession inside a transaction. One task at a time uses it."""

    @overload
    async def execute(self, statement: TypedReturnsRows[*Ts], params: Any = None) -> Result[*Ts]: ...
    @overload
    async def execute(self, statement: Executable, params: Any = None) -> Rows: ...

    @overload
    async def scalars(self, statement: TypedReturnsRows[T], params: Any = None) -> ScalarResult[T]: ...
    @overload
    async def scalars(self, statement: Executable, params: Any = None) -> ScalarResult[Any]: ...

    @overload
    async def scalar(self, statement: TypedReturnsRows[T], params: Any = None) -> T | None: ...
    @overload
    async def scalar(self, statement: Executable, params: Any = None) -> Any: ...
