"""GP contracts with their offices and doctor cycles, as records to COPY."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from registers.core.identifiers import HprNumber, OrganisationNumber
from registers.seed.bulk.lists import GpList
from registers.seed.bulk.personnel import authorised_on
from registers.seed.bulk.size import first_day
from registers.seed.sources import enterprises, numbers
from registers.seed.sources.dates import REFERENCE_DATE, utc
from registers.seed.sources.draw import pick, share
from registers.seed.sources.names import last_name
from registers.seed.sources.professionals import professional

OFFICE_COLUMNS = ("organisation_number", "group_office", "district", "since_entry")
CONTRACT_COLUMNS = (
    *("id", "reference_only", "name", "status", "agreement_date", "municipality", "office_number"),
    *("max_patients", "patients_on_waiting_list", "common_list", "fixed_salary", "valid_from", "valid_to"),
    "since_entry",
)
CYCLE_COLUMNS = (
    *("id", "contract_id", "hpr_number", "relationship", "substitute_for", "working_percentage"),
    *("working_on_days", "valid_from", "valid_to", "since_entry"),
)
CYCLE_IDS_EACH = 10  # of a contract

OPEN, CLOSED, LOCKED = "7751/FAAA", "7751/LUKKET", "7751/LAAST"
OPEN_WITH_FREE = 10
CEILING_STEP = 50  # patients
OSLO, DISTRICTS_OF_OSLO = "0301", 15

# One list in so many
LOCKED_ONE_IN = 25
COMMON_ONE_IN = 100
FIXED_SALARY_ONE_IN = 5
PART_LIST_ONE_IN = 40
SUBSTITUTE_ONE_IN = 12
FUTURE_GP_ONE_IN = 100
ROOM_FOR_MORE_ONE_IN = 3
SAME_GP_ALL_ALONG_ONE_IN = 3

SUBSTITUTED = (date(2026, 8, 1), date(2027, 2, 1))
PART_LIST_SINCE = date(2025, 9, 1)
NEXT_YEAR = date(2027, 1, 1)
VACANT_SINCE, VACANT_DAYS = date(2024, 6, 1), 850  # to the autumn of 2026
WEEKDAYS, FIRST_DAYS, LAST_DAYS = [1, 2, 3, 4, 5], [1, 2, 3], [4, 5]  # 0 = Sunday
GP, SUBSTITUTE, PART_LIST_DOCTOR = "7750/LPFL", "7750/LPVI", "7750/LPDL"

Record = tuple[object, ...]


class Cycle(NamedTuple):
    """A doctor's cycle on a list, [start, end)."""

    doctor: HprNumber
    start: date
    end: date | None = None
    relationship: str = GP
    substitute_for: HprNumber | None = None
    percentage: int = 100
    days: list[int] = WEEKDAYS


def office_record(gp_list: GpList, entry: int) -> Record:
    municipality = enterprises.municipality(gp_list.office).number
    district = None
    if municipality == OSLO:
        district = f"3403/{OSLO}{1 + share('district', gp_list.office.index, DISTRICTS_OF_OSLO):02}"
    return gp_list.office_number, len(gp_list.doctors) > 1, district, entry


def contract_record(gp_list: GpList, entry: int) -> Record:
    index, length = gp_list.index, gp_list.patients
    ceiling = (length + CEILING_STEP // 2) // CEILING_STEP * CEILING_STEP
    if not share("room for more", index, ROOM_FOR_MORE_ONE_IN):
        ceiling += CEILING_STEP
    status = OPEN if ceiling - length >= OPEN_WITH_FREE else CLOSED
    if not share("locked", index, LOCKED_ONE_IN):
        status = LOCKED
    start, end = _period(gp_list)
    common = _is_common(gp_list)
    return (
        gp_list.contract_id,
        False,
        f"Fellesliste {last_name(index)}" if common else None,
        status,
        start - timedelta(days=30 + share("agreed", index, 60)),
        f"3402/{enterprises.municipality(gp_list.office).number}",
        gp_list.office_number,
        ceiling,
        share("waiting", index, 60) if status == CLOSED else 0,
        common,
        not share("fixed salary", index, FIXED_SALARY_ONE_IN),
        utc(start),
        _instant(end),
        entry,
    )


def cycle_records(gp_list: GpList, entry: int) -> Iterator[Record]:
    for index, cycle in enumerate(_cycles(gp_list)):
        yield (
            gp_list.contract_id * CYCLE_IDS_EACH + index,
            gp_list.contract_id,
            cycle.doctor,
            cycle.relationship,
            cycle.substitute_for,
            cycle.percentage,
            cycle.days,
            utc(cycle.start),
            _instant(cycle.end),
            entry,
        )


def offices_of(lists: tuple[GpList, ...], but: frozenset[str]) -> list[GpList]:
    """The first list of each office, of those with an organisation number not in `but`."""
    firsts: dict[OrganisationNumber, GpList] = {}
    for gp_list in lists:
        firsts.setdefault(gp_list.office_number, gp_list)
    return [gp_list for number, gp_list in firsts.items() if number not in but]


def _cycles(gp_list: GpList) -> list[Cycle]:
    start, end = _period(gp_list)
    if end is not None:
        return _until(gp_list, end)
    if gp_list.vacant:
        left_on = VACANT_SINCE + timedelta(days=share("left", gp_list.index, VACANT_DAYS))
        return _until(gp_list, max(left_on, start)) + _substitutes(gp_list)
    return _served(gp_list)


def _until(gp_list: GpList, end: date) -> list[Cycle]:
    """The cycle of the last GP of a list without one; none where nobody was authorised in time."""
    doctor = gp_list.doctors[-1]
    since = max(_period(gp_list)[0], _authorised_on(doctor))
    return [Cycle(doctor, since, end)] if since < end else []


def _substitutes(gp_list: GpList) -> list[Cycle]:
    """No, one or two substitutes on a vacant list: their number decides which HER-id receives its messages."""
    count = pick("substitutes", gp_list.index, (0, 1, 1, 2))
    return [
        Cycle(doctor, SUBSTITUTED[0], SUBSTITUTED[1], SUBSTITUTE, percentage=100 // count)
        for doctor in gp_list.doctors[:count]
    ]


def _served(gp_list: GpList) -> list[Cycle]:
    """The cycles of the GP and of those before, beside and after."""
    index, (start, _) = gp_list.index, _period(gp_list)
    doctor, *others = gp_list.doctors
    since = max(start, _authorised_on(doctor))
    if share("same GP all along", index, SAME_GP_ALL_ALONG_ONE_IN):
        since += timedelta(days=share("GP since", index, (REFERENCE_DATE - since).days))
    gp = Cycle(doctor, since)
    before = [Cycle(other, max(start, _authorised_on(other)), since) for other in others]
    found = [cycle for cycle in before if cycle.start < since][:1]
    if _is_common(gp_list):
        return [*found, gp._replace(percentage=50), gp._replace(doctor=others[0], percentage=50)]
    if not share("part list", index, PART_LIST_ONE_IN) and since < PART_LIST_SINCE:
        part = Cycle(others[-1], PART_LIST_SINCE, None, PART_LIST_DOCTOR, percentage=40, days=LAST_DAYS)
        return [*found, gp._replace(percentage=60, days=FIRST_DAYS), part]
    if not share("future GP", index, FUTURE_GP_ONE_IN):
        return [*found, gp._replace(end=NEXT_YEAR), Cycle(others[0], NEXT_YEAR)]
    if not share("substitute", index, SUBSTITUTE_ONE_IN):
        found.append(Cycle(others[-1], *SUBSTITUTED, SUBSTITUTE, substitute_for=doctor))
    return [*found, gp]


def _is_common(gp_list: GpList) -> bool:
    return not gp_list.vacant and gp_list.until is None and not share("common", gp_list.index, COMMON_ONE_IN)


def _period(gp_list: GpList) -> tuple[date, date | None]:
    return first_day(gp_list.since), None if gp_list.until is None else first_day(gp_list.until)


def _authorised_on(doctor: HprNumber) -> date:
    index = doctor - numbers.FIRST_HPR_NUMBER
    return authorised_on(index, professional(index).born_on)


def _instant(day: date | None) -> datetime | None:
    return None if day is None else utc(day)
