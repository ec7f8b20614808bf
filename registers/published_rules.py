"""All rules of all registers, published: as `rules` in the graph and as a table in graphql/README.md."""

import strawberry

from registers.changelog.append import Register
from registers.code_systems.editing import rules as code_systems
from registers.communication_parties.editing import rules as parties
from registers.core.rules import Rule
from registers.editing import rules as changelog
from registers.gp_lists.editing import rules as gp_lists
from registers.gp_lists.editing import rules_patients as patients
from registers.organisations.editing import rules as organisations
from registers.personnel.editing import rules as personnel

RULES: dict[Register | None, tuple[Rule, ...]] = {
    None: changelog.ALL,
    Register.CODE_SYSTEMS: code_systems.ALL,
    Register.COMMUNICATION_PARTIES: parties.ALL,
    Register.PERSONNEL: personnel.ALL,
    Register.GP_LISTS: (*gp_lists.ALL, *patients.ALL),
    Register.ORGANISATIONS: organisations.ALL,
}
"""By register; None = every register."""

BEGIN, END = "<!-- rules: written by `registers schema export` -->", "<!-- end of rules -->"


def table() -> str:
    """The rules in Markdown, as graphql/README.md shows them."""
    head = ["| rule | code | refuses, in English | and in Norwegian |", "|---|---|---|---|"]
    rows = [f"| {rule.number} | {rule.code} | {rule.en} | {rule.nb} |" for rules in RULES.values() for rule in rules]
    return "\n".join([BEGIN, *head, *rows, END])


def with_table(readme: str) -> str:
    """`readme` with its table of rules made current. Raises ValueError when it has no place for one."""
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
