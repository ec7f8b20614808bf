"""A request for each rule of the code systems."""

from tests.support.edits.codes import added, retired
from tests.support.provoking import provokes


@provokes("R-CODE-001")
async def unknown_system(edit, database):
    return await added(edit, system="0000")


@provokes("R-CODE-002")
async def unknown_code(edit, database):
    return await retired(edit, "KX98", 1)


@provokes("R-CODE-003")
async def value_stored(edit, database):
    return await added(edit, "KX17")


@provokes("R-CODE-004")
async def value_with_a_blank(edit, database):
    return await added(edit, "KX 99")


@provokes("R-CODE-005")
async def end_before_beginning(edit, database):
    return await added(edit, input={"display": "x", "validFrom": "2026-02-01", "validTo": "2026-02-01"})


@provokes("R-CODE-006")
async def retired_twice(edit, database):
    return await retired(edit, "KX17", 10**9, system="8655")
