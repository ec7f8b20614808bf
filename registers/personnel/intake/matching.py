"""Parts of a professional that no source gives a key: which stored row a reported row means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from registers.core.identifiers import HprNumber
from registers.database.versions import Versioned
from registers.intake.aggregate import Aggregate, empty_row
from registers.intake.record_set import Row, Unnumbered, new_id

Id = int | Unnumbered


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """When a record is taken in, and how much it reports.

    `history_reported` False: the source may leave out what has ended, so that a missing part may still be history.
    """

    now: datetime
    changed_at: datetime | None  # when the record changed, as the source reports it
    history_reported: bool

    def end_of(self, row: Row) -> datetime:
        """When a part ended that the record does not report any more."""
        changed = self.changed_at
        return changed if changed and row["valid_from"] < changed <= self.now else self.now

    def may_be_left_out(self, row: Row) -> bool:
        """Whether a source without history would leave the part out: it has ended or has not begun."""
        if "valid_from" not in row:
            return False
        ended = row["valid_to"] is not None and row["valid_to"] <= self.now
        return ended or row["valid_from"] >= self.now or row.get("ended_status") is not None


class Parts:
    """The parts of one professional, whose target rows are changed into what a record reports."""

    def __init__(self, records: Aggregate[HprNumber], number: HprNumber, context: IntakeContext) -> None:
        self._records = records
        self._number = number
        self._context = context

    def replace(self, part: type[Versioned], above: Row, reported: Sequence[Row], alike: tuple[str, ...]) -> list[Id]:
        """Makes the rows below `above`, the columns that name what they hang on, those that are `reported`.

        A reported row means the stored row that equals it in all of its columns, else one that equals it in the columns
        `alike`, else it is new. Columns that are not reported stay as stored. A stored row that no reported row means
        is removed with all below it, or ended. Returns the ids in the order of `reported`.
        """
        rows = self._records.rows(self._number, part).values()
        stored = [row for row in rows if all(row[name] == value for name, value in above.items())]
        meant = _meant(stored, reported, alike)
        ids: list[Id] = []
        for row, former in zip(reported, meant, strict=True):
            whole = {**(former or {**empty_row(part), "id": new_id(part)}), **above, **row}
            self._records.add(self._number, part, whole)
            ids.append(whole["id"])
        matched = {id(former) for former in meant}
        for row in stored:
            if id(row) not in matched:
                self._remove_or_end(part, row)
        return ids

    def _remove_or_end(self, part: type[Versioned], row: Row) -> None:
        if self._context.history_reported or "valid_from" not in row:
            self._records.remove(self._number, part, row)
        elif not self._context.may_be_left_out(row):
            self._records.add(self._number, part, {**row, "valid_to": self._context.end_of(row)})


def _meant(stored: Iterable[Row], reported: Sequence[Row], alike: tuple[str, ...]) -> list[Row | None]:
    """For each reported row the stored row it means, None for a new one. No stored row is meant twice.

    Rows that equal in everything are matched first, so that a changed row does not take a stored row from one that is
    unchanged.
    """
    free = list(stored)
    meant: list[Row | None] = [None] * len(reported)
    for names in (None, alike):
        for index, row in enumerate(reported):
            if meant[index] is None:
                meant[index] = next((each for each in free if _equal(each, row, names or tuple(row))), None)
                free = [each for each in free if each is not meant[index]]
    return meant


def _equal(stored: Row, reported: Row, names: Iterable[str]) -> bool:
    return all(stored[name] == reported[name] for name in names)
