"""All rules of all registers, published: as `rules` in the graph and as a table in graphql/README.md."""

from types import ModuleType

import strawberry

from registers.changelog.append import Register
from registers.code_systems.editing import rules as code_systems
from registers.communication_parties.editing import rules as parties
from registers.communication_parties.editing import rules_contact as contact
from registers.core.rules import Rule
from registers.editing import rules as every_edit
from registers.gp_lists.editing import rules as gp_lists
from registers.gp_lists.editing import rules_patients as patients
from registers.organisations.editing import rules as organisations
from registers.personnel.editing import rules as personnel


def _rules_in(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules that the modules define, in the order they are written."""
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))


RULES: dict[Register | None, tuple[Rule, ...]] = {
    None: _rules_in(every_edit),
    Register.CODE_SYSTEMS: _rules_in(code_systems),
    Register.COMMUNICATION_PARTIES: _rules_in(parties, contact),
    Register.PERSONNEL: _rules_in(personnel),
    Register.GP_LISTS: _rules_in(gp_lists, patients),
    Register.ORGANISATIONS: _rules_in(organisations),
}
"""By register; None = every register."""

RULE_OF_CONSTRAINT = {
    rule.constraint: rule for rules in RULES.values() for rule in rules if rule.constraint is not None
}
"""Rules by the constraint of the database that enforces them too, for edits that only the database refuses."""

BEGIN, END = "<!-- rules: written by `registers schema export` -->", "<!-- end of rules -->"


def table() -> str:
    """The rules in Markdown, as graphql/README.md shows them."""
    head = ["| rule | code | refuses, in English | and in Norwegian |", "|---|---|---|---|"]
    rows = [f"| {rule.number} | {rule.code} | {rule.en} | {rule.nb} |" for rules in RULES.values() for rule in rules]
    return "\n".join([BEGIN, *head, *rows, END])


def with_table(readme: str) -> str:
    """`readme` with its table of rules made current. Raises ValueError when the marks of a table are missing."""
    before, _, rest = readme.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("the README has no place for the rules")
    return before + table() + after


@strawberry.type(name="Rule", description="A numbered reason to refuse a change.")
class PublishedRule:
    number: str = strawberry.field(description="E.g. R-AR-001; never given to another rule.")
    code: str = strawberry.field(description="`code` of a refusal by this rule.")
    english: str = strawberry.field(description="Message in English; {value} stands for what was refused.")
    norwegian: str = strawberry.field(description="Message in Norwegian; {value} stands for what was refused.")


def published(register: Register | None) -> list[PublishedRule]:
    """Rules of every register, and of `register`; None = all there are."""
    chosen = RULES if register is None else {each: RULES.get(each, ()) for each in (None, register)}
    return [
        PublishedRule(number=rule.number, code=rule.code, english=rule.en, norwegian=rule.nb)
        for rules in chosen.values()
        for rule in rules
    ]
