"""Parts of a professional that no source gives a key: which of those held is meant by one that is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from registers.core.identifiers import HprNumber
from registers.database.database import Versioned
from registers.intake.aggregate import Aggregate, empty_row
from registers.intake.record_set import Row, Unnumbered, new_id

Id = int | Unnumbered


@dataclass(frozen=True, slots=True)
class IntakeContext:
    """When a record is taken in, and how much it tells.

    `history_reported` False: what has ended may be left out of it, so that silence about it means nothing.
    """

    now: datetime
    changed_at: datetime | None  # by the source's word
    history_reported: bool

    def end_of(self, row: Row) -> datetime:
        """When a part ended about which the record is silent."""
        changed = self.changed_at
        return changed if changed and row["valid_from"] < changed <= self.now else self.now

    def may_be_silent_on(self, row: Row) -> bool:
        """Whether the part had ended or had not begun: then it need not be told."""
        if "valid_from" not in row:
            return False
        ended = row["valid_to"] is not None and row["valid_to"] <= self.now
        return ended or row["valid_from"] >= self.now or row.get("ended_status") is not None


class Parts:
    """The parts of one professional, changed into what a record tells of them."""

    def __init__(self, stored: Aggregate[HprNumber], number: HprNumber, moment: IntakeContext) -> None:
        self._records = stored
        self._number = number
        self._moment = moment

    def lay(self, part: type[Versioned], above: Row, reported: Sequence[Row], alike: tuple[str, ...]) -> list[Id]:
        """The ids of the rows told, in their order. `above`: the columns that say whose they are.

        A held row that is wholly as told is meant first, then one that equals it in the columns `alike`.
        Columns that are not told stay as held. A held row that is not meant goes, with all below it.
        """
        rows = self._records.rows(self._number, part).values()
        free = [row for row in rows if all(row[name] == value for name, value in above.items())]
        meant = _meant(free, reported, alike)
        ids: list[Id] = []
        for row, former in zip(reported, meant, strict=True):
            whole = {**(former or {**empty_row(part), "id": new_id(part)}), **above, **row}
            self._records.add(self._number, part, whole)
            ids.append(whole["id"])
        kept = {id(former) for former in meant}
        for row in free:
            if id(row) not in kept:
                self._leave_out(part, row)
        return ids

    def _leave_out(self, part: type[Versioned], row: Row) -> None:
        if self._moment.history_reported or "valid_from" not in row:
            self._records.remove(self._number, part, row)
        elif not self._moment.may_be_silent_on(row):
            self._records.add(self._number, part, {**row, "valid_to": self._moment.end_of(row)})


def _meant(stored: Iterable[Row], reported: Sequence[Row], alike: tuple[str, ...]) -> list[Row | None]:
    """For each row told the held one that is meant, None for a new one; none is meant twice."""
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
