"""Organisation numbers and codes that no national register gave out."""

from sqlalchemy import Select, select

from registers.changelog.models import Entry
from registers.code_systems.models import Code
from registers.core.validity import Instant
from registers.organisations.models import Organisation
from registers.quality.repository.conditions import current, rows

PUBLISHED_BY = "migration"  # caller of the entries under which the national lists came


def organisation_numbers_that_fail(instant: Instant) -> Select:
    """Organisations in force whose number fails its check digit."""
    organisation = rows(Organisation, instant)
    return select(organisation.organisation_number.label("key")).where(
        ~organisation.check_digit_holds, current(organisation, instant)
    )


def codes_of_no_national_list(instant: Instant) -> Select:
    """Codes that came with a file and that nobody has confirmed; those of the lists we publish are none of them."""
    code = rows(Code, instant)
    return (
        select(code.key.label("key"), Entry.number.label("entry"), Entry.recorded_at.label("seen"))
        .select_from(code)
        .join(Entry, Entry.number == code.since_entry)
        .where(~code.confirmed, Entry.caller != PUBLISHED_BY)
    )
