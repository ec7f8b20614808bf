"""Half-open periods in the graph."""

from datetime import datetime

import strawberry

from registers.core.validity import Period as CorePeriod


@strawberry.type(description="Half-open period: `from` belongs to it, `to` does not.")
class Period:
    from_: datetime = strawberry.field(name="from", description="First instant.")
    to: datetime | None = strawberry.field(description="First instant after it; null = open.")

    @classmethod
    def of(cls, period: CorePeriod) -> "Period":
        return cls(from_=period.start, to=period.end)


@strawberry.input(description="Half-open period: `from` belongs to it, `to` does not.")
class PeriodInput:
    from_: datetime = strawberry.field(name="from", description="First instant.")
    to: datetime | None = strawberry.field(default=None, description="First instant after it; default: open.")
