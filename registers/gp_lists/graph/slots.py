"""Answers of the batch look-up of GP contracts: one slot for each id."""

from enum import Enum

import strawberry

from registers.core.identifiers import GpContractId
from registers.core.validity import Instant
from registers.gp_lists import models
from registers.gp_lists.graph.contracts import GpContract, GpContractState


@strawberry.enum(description="What came of one contract id of a batch look-up.")
class GpContractOutcome(Enum):
    FOUND = strawberry.enum_value("FOUND", description="There, and in force at the instant asked for.")
    ENDED = strawberry.enum_value("ENDED", description="There, but ended.")
    PLANNED = strawberry.enum_value("PLANNED", description="There, but not begun.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="There is none with this id.")


OUTCOMES = {
    GpContractState.IN_FORCE: GpContractOutcome.FOUND,
    GpContractState.ENDED: GpContractOutcome.ENDED,
    GpContractState.PLANNED: GpContractOutcome.PLANNED,
}


@strawberry.type(description="Answer to one contract id of a batch look-up, at the place of its input.")
class GpContractSlot:
    contract_id: GpContractId = strawberry.field(description="The id asked for.")
    outcome: GpContractOutcome = strawberry.field(description="What came of it.")
    gp_contract: GpContract | None = strawberry.field(description="The contract; null when UNKNOWN.")

    @classmethod
    def of(cls, id: GpContractId, row: models.GpContract | None, instant: Instant) -> "GpContractSlot":
        contract = GpContract.of(row, instant) if row else None
        outcome = OUTCOMES[contract.state] if contract else GpContractOutcome.UNKNOWN
        return cls(contract_id=id, outcome=outcome, gp_contract=contract)
