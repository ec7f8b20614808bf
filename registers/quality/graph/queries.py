"""Root fields of data quality."""

from typing import Annotated

import strawberry

from registers.api.graph.context import Info
from registers.changelog.as_of import AsOfArgument, instant_of
from registers.quality.findings import EXAMPLES_DEFAULT, find, rules_named
from registers.quality.graph.findings import DataQualityFinding


@strawberry.type
class DataQualityQuery:
    @strawberry.field(
        description="What breaks the rules of data quality at `asOf`: one finding for each rule asked for, also when "
        "nothing breaks it."
    )
    async def data_quality(
        self,
        info: Info,
        as_of: AsOfArgument = None,
        rule: Annotated[
            list[str] | None, strawberry.argument(description="Numbers of rules, e.g. R-DQ-001; default: all.")
        ] = None,
        examples: Annotated[
            int, strawberry.argument(description="Examples of each rule, 0 to 100.")
        ] = EXAMPLES_DEFAULT,
    ) -> list[DataQualityFinding]:
        rules = rules_named(rule)
        instant = await instant_of(info, as_of)
        async with info.context.database.reading() as session:
            findings = await find(session, rules, instant=instant, examples=examples)
        return [DataQualityFinding.of(finding) for finding in findings]
