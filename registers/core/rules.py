"""Numbered, public rules, and the problems that name them.

The rules themselves stand in `editing/rules.py` of each register and of the service; `published_rules` collects them.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from registers.core.errors import Refusal
from registers.core.identifiers import without_national_ids

Language = Literal["nb", "en"]
SHOWN_MAX = 80  # characters of a refused value that a refusal repeats


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to refuse a change. `{value}` in a text stands for what was refused.

    A number is never given to another rule; a rule that is withdrawn leaves a gap. `constraint` is the database's name
    for the same rule: what a check in code lets through, the database refuses under the same number.
    """

    number: str
    en: str
    nb: str
    code: str = "RULE_BROKEN"
    constraint: str | None = None

    def text(self, language: Language) -> str:
        return self.nb if language == "nb" else self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule broken at one argument or input field; `path` names it as the schema does, empty = the whole edit."""

    rule: Rule
    path: tuple[str, ...] = ()
    value: str | None = None

    def message(self, language: Language) -> str:
        return self.rule.text(language).replace("{value}", self.value or "")


class Refused(Refusal):
    """A change turned down, with all problems of its input at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{each.rule.number} at {'.'.join(each.path) or 'the edit'}" for each in problems))
        self.problems = problems


class Problems:
    """Gathers what is wrong with one input, so that one refusal names all of it."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, rule: Rule, *path: str, value: object = None) -> None:
        self._found.append(Problem(rule, path, None if value is None else shown(str(value))))

    def refuse(self) -> None:
        """Raises Refused when anything was added."""
        if self._found:
            raise self.refusal()

    def refusal(self) -> Refused:
        return Refused(*self._found)


def shown(value: str) -> str:
    """`value` as a refusal may repeat it: short, printable, without a national id."""
    printable = "".join("�" if unicodedata.category(each) in ("Cc", "Cs") else each for each in value)
    masked = without_national_ids(printable)
    return masked if len(masked) <= SHOWN_MAX else masked[: SHOWN_MAX - 1] + "…"
