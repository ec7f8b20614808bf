"""Tables of text, separated by semicolons; their first line names the columns."""

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from registers.exchange.reading.documents import Broken
from registers.exchange.reading.files import DAMAGED, Source

DELIMITER = ";"
ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. Case, blanks and underscores in the name of a column do not matter."""

    line: int  # of the file, counted from 1
    columns: tuple[str, ...]  # shared by all rows of a table
    cells: tuple[str | None, ...]  # trimmed; None = empty

    def has(self, *names: str) -> bool:
        return any(_plain(name) in self.columns for name in names)

    def get(self, *names: str) -> str | None:
        """The cell of the first of these columns that the table has."""
        for name in names:
            if (plain := _plain(name)) in self.columns:
                return self.cells[self.columns.index(plain)]
        return None


def rows(source: Source) -> Iterator[Row | Broken]:
    """The rows of a table, those that are malformed as `Broken`."""
    try:
        with source.text() as stream:
            text = io.TextIOWrapper(stream, "utf-8", "replace", newline="")
            reader = csv.reader(text, delimiter=DELIMITER, escapechar=ESCAPE)
            columns = tuple(_plain(cell) for cell in next(reader, []))
            for cells in reader:
                if any(cells):
                    yield _row(cells, columns, reader.line_num, source.name)
    except DAMAGED:
        yield Broken(source.name, "file-damaged", "the packed file is cut off or damaged")
    except csv.Error:
        yield Broken(source.name, "csv-malformed", "the table cannot be followed to its end")


def _row(cells: list[str], columns: tuple[str, ...], line: int, name: str) -> Row | Broken:
    # the same few codes and dates fill most cells
    trimmed = tuple(sys.intern(text) if (text := cell.strip()) else None for cell in cells)
    if len(trimmed) < len(columns) or any(trimmed[len(columns) :]):
        return Broken(f"{name}, line {line}", "row-malformed", "has not one cell for each column")
    return Row(line, columns, trimmed[: len(columns)])


@cache
def _plain(name: str) -> str:
    return "".join(name.split()).replace("_", "").lower()
