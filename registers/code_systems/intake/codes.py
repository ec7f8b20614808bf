"""Codes that sources use: known ones pass, unknown ones are refused, or added where our list is incomplete."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog.append import Register
from registers.code_systems import repository
from registers.code_systems.models import NATIONAL_ID_DIGITS, VALUE_MAX, Code, CodeSystem
from registers.code_systems.repository import CodeState
from registers.core.codes import CodeKey, code_key
from registers.database.versions import table_of
from registers.editing.bulk_writes import Writes
from registers.intake.record_set import Outcome, S
from registers.intake.snapshot import CodeValue, NotReported

VOLVEN = "2.16.578.1.12.4.1.1"  # arc of the national code systems
SHOWN_MAX = 8  # characters of a value that a remark repeats

ReportedCode = tuple[str, CodeValue | NotReported | None, str | None]
"""(path in the record, code, system it must belong to; None = any)."""


class StoredCodes:
    """All codes, kept in memory for the length of an import, with those learned from it."""

    def __init__(self) -> None:
        self._complete: dict[str, bool] = {}  # by system
        self._codes: dict[CodeKey, CodeState] = {}
        self._learned: dict[CodeKey, CodeValue] = {}  # in the running transaction

    async def load(self, session: AsyncSession) -> None:
        """Reads all of them anew; what was learned and is not settled is forgotten."""
        self._complete = await repository.completeness(session)
        self._codes = await repository.states(session)
        self._learned = {}

    def check(self, reported: Iterable[ReportedCode], outcome: Outcome[S]) -> None:
        """Flags and refuses in `outcome`; learns an unknown value of a system that is not complete."""
        for path, code, system in reported:
            if not isinstance(code, CodeValue):
                continue
            if rule := self._broken_rule(code, system):
                outcome.refuse_part(rule, path, _refusal(code))
                continue
            key = code_key(code.system, code.value)
            if key not in self._codes:
                self._learned[key] = code
                self._codes[key] = CodeState(active=True, confirmed=False)
            if not self._codes[key].confirmed:
                outcome.flag("code-unconfirmed", path, f"{code.key} is not in the national values we hold")

    def flag_retired(self, reported: Iterable[ReportedCode], outcome: Outcome[S]) -> None:
        for path, code, system in reported:
            key = self.key(code, system)
            if key is not None and not self._codes[key].active:
                outcome.flag("code-retired", path, f"{key} is retired and not for new records")

    def key(self, code: CodeValue | NotReported | None, system: str | None = None) -> CodeKey | None:
        """The key of a checked code; None when there is none or it was refused."""
        if not isinstance(code, CodeValue) or (system is not None and code.system != system):
            return None
        key = code_key(code.system, code.value)
        return key if key in self._codes else None

    def keys(self, codes: Iterable[CodeValue], system: str | None = None) -> list[CodeKey]:
        """Keys of the codes that were not refused, each once."""
        keys = (self.key(code, system) for code in codes)
        return list(dict.fromkeys(key for key in keys if key is not None))

    def write(self, writes: Writes) -> None:
        """An entry and a row for each code learned, and before them for systems that are not stored."""
        for code in self._learned.values():
            if code.system not in self._complete:
                self._complete[code.system] = False
                under = writes.entry(Register.CODE_SYSTEMS, code.system, "CodeSystemCreated")
                writes.insert(table_of(CodeSystem), _system_row(code.system), under=under)
            under = writes.entry(Register.CODE_SYSTEMS, code.system, "CodeAdded")
            writes.insert(table_of(Code), _code_row(code), under=under)

    def settle(self) -> None:
        """To be called when the transaction is committed: what was learned is stored now."""
        self._learned = {}

    def _broken_rule(self, code: CodeValue, system: str | None) -> str | None:
        if not code.system or "/" in code.system or not code.value:
            return "code-empty"
        if len(code.value) > VALUE_MAX or sum(map(str.isdigit, code.value)) >= NATIONAL_ID_DIGITS:
            return "code-implausible"
        if system is not None and code.system != system:
            return "code-of-other-system"
        if code_key(code.system, code.value) not in self._codes and self._complete.get(code.system, False):
            return "code-unknown"
        return None


def _refusal(code: CodeValue) -> str:
    value = f"value {code.value!r}" if len(code.value) <= SHOWN_MAX else "value"
    return f"the {value} of system {code.system[: SHOWN_MAX * 4]} was left out"


def _system_row(system: str) -> dict[str, object]:
    return {
        "system": system,
        "oid": f"{VOLVEN}.{system}" if system.isascii() and system.isdigit() else None,
        "name": system,
        "complete": False,
        "source": "an import",
    }


def _code_row(code: CodeValue) -> dict[str, object]:
    return {
        "key": code.key,
        "system": code.system,
        "value": code.value,
        "display": code.display or code.value,
        "active": True,
        "confirmed": False,
    }
