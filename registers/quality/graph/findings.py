"""Findings of data quality in the graph."""

import strawberry

from registers.changelog.graph.entries import Register
from registers.quality.findings import Finding


@strawberry.type(description="One record that breaks a rule. Holds no national id and no name of a person.")
class DataQualityExample:
    key: str = strawberry.field(
        description="Public key of the record: HER-id, HPR number, organisation number, GP contract id, or code as "
        "system/value."
    )
    register: Register = strawberry.field(description="Register that the key belongs to.")
    text: str = strawberry.field(description="What is wrong with this record.")


@strawberry.type(description="One rule of data quality, and what breaks it at the instant asked for.")
class DataQualityFinding:
    rule: str = strawberry.field(description="Number of the rule, e.g. R-DQ-001; never used for another.")
    title: str = strawberry.field(description="The rule in a few words.")
    description: str = strawberry.field(description="What is looked for, and why it matters.")
    mend: str = strawberry.field(description="What mends it.")
    register: Register = strawberry.field(description="Register in which it is mended.")
    count: int = strawberry.field(description="How many records break the rule; 0 = none.")
    examples: list[DataQualityExample] = strawberry.field(
        description="The first of them in the order of their keys, at most as many as asked for."
    )

    @classmethod
    def of(cls, finding: Finding) -> "DataQualityFinding":
        rule = finding.rule
        return cls(
            rule=rule.number,
            title=rule.title,
            description=rule.description,
            mend=rule.mend,
            register=rule.register,
            count=finding.count,
            examples=[
                DataQualityExample(key=example.key, register=rule.key_register, text=example.text)
                for example in finding.examples
            ],
        )
