"""What the rules find: how many records break each of them, and examples of these."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from registers.core.errors import BadInput
from registers.core.validity import Instant
from registers.database.sessions import ReadSession
from registers.quality.rules import RULES, Rule

EXAMPLES_DEFAULT = 5  # of each rule
EXAMPLES_MAX = 100  # of each rule


@dataclass(frozen=True, slots=True)
class Example:
    """One record that breaks a rule, by its public key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found; `count` = 0 when nothing breaks it."""

    rule: Rule
    count: int
    examples: tuple[Example, ...]


def rules_named(numbers: Sequence[str] | None) -> list[Rule]:
    """The rules with these numbers, in their own order, each once; all for None. Raises BadInput for an unknown one."""
    if numbers is None:
        return list(RULES)
    unknown = set(numbers) - {rule.number for rule in RULES}
    if unknown:
        raise BadInput(f"rule: there are rules {RULES[0].number} to {RULES[-1].number}, not all of those named")
    return [rule for rule in RULES if rule.number in numbers]


async def find(session: ReadSession, rules: Sequence[Rule], *, instant: Instant, examples: int) -> list[Finding]:
    """One finding for each rule, in their order; one statement each. Examples come in the order of their keys.

    Raises BadInput when `examples` lies outside 0 to 100.
    """
    if not 0 <= examples <= EXAMPLES_MAX:
        raise BadInput(f"examples: {examples} lies outside 0 to {EXAMPLES_MAX}")
    return [await _find(session, rule, instant, examples) for rule in rules]


async def _find(session: ReadSession, rule: Rule, instant: Instant, examples: int) -> Finding:
    found = rule.select(instant).subquery()
    statement = select(func.count().over().label("total"), *found.c).order_by(*found.c)
    rows = (await session.execute(statement.limit(max(examples, 1)))).mappings().all()
    shown = tuple(Example(str(row["key"]), rule.text.format_map(dict(row))) for row in rows[:examples])
    return Finding(rule, rows[0]["total"] if rows else 0, shown)
