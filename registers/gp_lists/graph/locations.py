"""Other locations where a GP sees patients, in the graph."""

from __future__ import annotations

import strawberry

from registers.api.graph.context import Info
from registers.api.graph.period import Period
from registers.code_systems.graph.codes import Code, code_of
from registers.core.identifiers import EntryNumber, FlrId, PostalCode
from registers.core.validity import Instant
from registers.gp_lists import edges, models


@strawberry.type(description="A physical address of an out-of-office location.")
class OutOfOfficeAddress:
    street: str | None = strawberry.field(description="Street; null = none.")
    postbox: str | None = strawberry.field(description="Postbox; null = none.")
    postal_code: PostalCode | None = strawberry.field(description="Postal code; null = not given.")
    city: str | None = strawberry.field(description="Post town; null = not given.")
    row: strawberry.Private[models.OutOfOfficeAddress]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Visiting address (RES) or postal address (PST): 3401.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.type, self.instant)


@strawberry.type(description="An electronic address of an out-of-office location.")
class OutOfOfficeContact:
    address: str = strawberry.field(description="The address, e.g. a telephone number.")
    row: strawberry.Private[models.OutOfOfficeContact]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="Type of address: 9044.")
    async def type(self, info: Info) -> Code | None:
        return await code_of(info, self.row.type, self.instant)


@strawberry.type(description="Another place where the GP sees patients (utekontor). Source: FLR.")
class OutOfOfficeLocation:
    location_id: FlrId = strawberry.field(description="Number of the place: FLO's, or one of our own.")
    description: str | None = strawberry.field(description="The place in words; null = none given.")
    valid: Period = strawberry.field(description="When it is in use; a place given up expires and is never removed.")
    last_entry: EntryNumber = strawberry.field(description="Entry that made this version of the place.")
    row: strawberry.Private[models.OutOfOfficeLocation]
    instant: strawberry.Private[Instant]

    @classmethod
    def of(cls, row: models.OutOfOfficeLocation, instant: Instant) -> OutOfOfficeLocation:
        return cls(
            location_id=FlrId(row.id),
            description=row.description,
            valid=Period.of(row.period),
            last_entry=row.since_entry,
            row=row,
            instant=instant,
        )

    @strawberry.field(description="Physical addresses, by type.")
    async def physical_addresses(self, info: Info) -> list[OutOfOfficeAddress]:
        rows = await info.context.load(edges.LOCATION_ADDRESSES, self.instant, self.row.id) or []
        return [
            OutOfOfficeAddress(
                street=row.street,
                postbox=row.postbox,
                postal_code=row.postal_code,
                city=row.city,
                row=row,
                instant=self.instant,
            )
            for row in rows
        ]

    @strawberry.field(description="Electronic addresses, by type.")
    async def electronic_addresses(self, info: Info) -> list[OutOfOfficeContact]:
        rows = await info.context.load(edges.LOCATION_CONTACTS, self.instant, self.row.id) or []
        return [OutOfOfficeContact(address=row.address, row=row, instant=self.instant) for row in rows]
