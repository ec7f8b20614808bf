"""What every mutation answers beside the record: refusals as data."""

import strawberry

from registers.core.rules import Language, Refused


@strawberry.type(description="One reason why nothing was changed. All reasons of one input come at once.")
class UserError:
    code: str = strawberry.field(
        description="For programs: NOT_FOUND, STALE (read again), RETRY (try again) or RULE_BROKEN (change the input)."
    )
    rule: str = strawberry.field(description="Number of the rule, e.g. R-AR-001; see `rules`.")
    path: list[str] = strawberry.field(description="Argument or input field at fault; empty = the edit as a whole.")
    value: str | None = strawberry.field(
        description="What was refused, shortened and without national ids; null = nothing to show."
    )
    message: str = strawberry.field(description="For people; Norwegian or English by Accept-Language.")


def user_errors(refused: Refused, language: Language) -> list[UserError]:
    return [
        UserError(
            code=problem.rule.code,
            rule=problem.rule.number,
            path=list(problem.path),
            value=problem.value,
            message=problem.message(language),
        )
        for problem in refused.problems
    ]
