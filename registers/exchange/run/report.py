"""What became of the files of an import: everything left out is named, so that it can be found and corrected."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from registers.intake.record_set import Outcome, Result, S
from registers.intake.snapshot import Remark

FLAGS_MAX = 1000  # of each rule, in the report as JSON; all are counted
FLAGS_SHOWN = 3  # of each rule, on the console
REFUSALS_SHOWN = 200  # on the console; the report as JSON has all

COLUMNS = ("read", "new", "changed", "unchanged", "announced", "flagged", "refused", "refused_parts")


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark and where it was made. `path` is empty when it is about the whole record."""

    position: str
    rule: str
    path: str
    text: str


@dataclass(slots=True, kw_only=True)
class FileReport:
    """Counts of one file. `problem`: why it could not be read."""

    name: str
    problem: str | None = None
    note: str | None = None  # why a file of a known format has no records
    read: int = 0  # records
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    announced: int = 0  # records that others point at and no source has reported yet
    flagged: int = 0  # records with at least one flag
    refused: int = 0  # records of which nothing was stored
    refused_parts: int = 0  # parts left out of records that were stored


@dataclass(slots=True)
class Report:
    dry_run: bool = False
    files: list[FileReport] = field(default_factory=list)
    flags: list[Finding] = field(default_factory=list)
    flags_by_rule: Counter[str] = field(default_factory=Counter)
    refusals: list[Finding] = field(default_factory=list)

    def take(self, file: FileReport, outcome: Outcome[S]) -> None:
        """Counts a record that was read."""
        position = outcome.snapshot.position
        file.read += 1
        if outcome.result is Result.REFUSED:
            file.refused += 1
        else:
            self._count_result(file, outcome)
        if outcome.reason:
            self.refusals.append(_finding(position, outcome.reason))
        if outcome.flags:
            file.flagged += 1
            self._flag(position, outcome.flags)

    def _count_result(self, file: FileReport, outcome: Outcome[S]) -> None:
        name = outcome.result.value
        setattr(file, name, getattr(file, name) + 1)
        file.announced += outcome.announced
        file.refused_parts += len(outcome.refused)
        self.refusals.extend(_finding(outcome.snapshot.position, remark) for remark in outcome.refused)

    def correct(self, file: FileReport, former: Result, outcome: Outcome[S]) -> None:
        """A record that was counted as `former` has been taken again and has changed."""
        if former is Result.UNCHANGED:
            file.unchanged -= 1
            file.changed += 1
        self._flag(outcome.snapshot.position, outcome.flags[len(outcome.snapshot.flags) :])

    def _flag(self, position: str, remarks: Iterable[Remark]) -> None:
        for remark in remarks:
            self.flags_by_rule[remark.rule] += 1
            if self.flags_by_rule[remark.rule] <= FLAGS_MAX:
                self.flags.append(_finding(position, remark))

    def refuse(self, file: FileReport, position: str, rule: str, reason: str) -> None:
        """Counts a record that could not be read."""
        file.read += 1
        file.refused += 1
        self.refusals.append(Finding(position, rule, "", reason))

    def total(self, column: str) -> int:
        return sum(getattr(file, column) for file in self.files)

    @property
    def exit_code(self) -> int:
        """0: everything was stored, 1: something was refused, 2: a file could not be read at all."""
        if any(file.problem for file in self.files):
            return 2
        return 1 if self.refusals else 0

    def to_json(self) -> dict[str, Any]:
        return {
            "dryRun": self.dry_run,
            "exitCode": self.exit_code,
            "total": {_camel(column): self.total(column) for column in COLUMNS},
            "files": [{_camel(name): value for name, value in asdict(file).items()} for file in self.files],
            "flagsByRule": dict(self.flags_by_rule.most_common()),
            "flags": [_as_json(finding) for finding in self.flags],
            "refusals": [_as_json(finding) for finding in self.refusals],
        }

    def render(self, console: Console) -> None:
        """Files as a table, then refusals, then examples of each flag."""
        table = Table(title="Dry run: nothing was written" if self.dry_run else None)
        table.add_column("file", overflow="fold")
        for column in COLUMNS:
            table.add_column(column.replace("_", " "), justify="right")
        for file in self.files:
            table.add_row(file.name, *(f"{getattr(file, column):,}" for column in COLUMNS))
        if len(self.files) > 1:
            table.add_section()
            table.add_row("all", *(f"{self.total(column):,}" for column in COLUMNS))
        console.print(table)
        for file in self.files:
            if file.problem:
                console.print(f"not read: {file.problem}", markup=False, soft_wrap=True)
            if file.note:
                console.print(f"{file.name} {file.note}", markup=False, soft_wrap=True)
        for finding in self.refusals[:REFUSALS_SHOWN]:
            console.print(f"refused: {_line(finding)}", markup=False, soft_wrap=True)
        if len(self.refusals) > REFUSALS_SHOWN:
            console.print(f"refused: {len(self.refusals) - REFUSALS_SHOWN:,} more, see the report as JSON")
        self._render_flags(console)

    def _render_flags(self, console: Console) -> None:
        shown: Counter[str] = Counter()
        for rule, count in self.flags_by_rule.most_common():
            console.print(f"flagged: {rule}, {count:,} times", markup=False)
            for finding in self.flags:
                if finding.rule == rule and shown[rule] < FLAGS_SHOWN:
                    shown[rule] += 1
                    console.print(f"  {_line(finding)}", markup=False, soft_wrap=True)


def _finding(position: str, remark: Remark) -> Finding:
    return Finding(position, remark.rule, remark.path, remark.text)


def _as_json(finding: Finding) -> dict[str, str]:
    return {"place": finding.position, "rule": finding.rule, "path": finding.path, "text": finding.text}


def _line(finding: Finding) -> str:
    return f"{finding.position}: {finding.rule}: {finding.path and finding.path + ': '}{finding.text}"


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
