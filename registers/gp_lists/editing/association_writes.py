"""Writing changes of associations, many patients at once."""

from datetime import datetime
from functools import partial

from registers.changelog.append import Register
from registers.core.codes import CodeKey
from registers.core.identifiers import GpContractId
from registers.core.validity import Period
from registers.editing.bulk_writes import Writes
from registers.editing.transaction import EditTransaction
from registers.gp_lists.editing.associations import AffectedAssociation
from registers.gp_lists.log_keys import association_key
from registers.gp_lists.models import OWN_IDS, PatientAssociation
from registers.intake.record_set import Record, Row, Unnumbered, table_of

TABLE = table_of(PatientAssociation)
COLUMNS = [column.name for column in TABLE.columns if column.name != "since_entry"]


class AssociationWrites:
    """Gathers changes, one entry of the log for each patient; `apply` writes them all."""

    def __init__(self) -> None:
        self._writes = Writes()

    def begin(self, person_id: int, contract_id: GpContractId, period: Period, code: CodeKey | None) -> int:
        """A new association, numbered by ourselves. Returns what stands for its entry in `Writes`."""
        association_id = Unnumbered(OWN_IDS)
        entry = self._entry(association_id, "PatientOnContractCreated")
        row: Row = {
            "id": association_id,
            "contract_id": contract_id,
            "person_id": person_id,
            "begin_code": code,
            "end_code": None,
            "valid_from": period.start,
            "valid_to": period.end,
        }
        self._writes.insert(TABLE, row, under=entry)
        return entry

    def move(self, stored: PatientAssociation, to_contract: GpContractId, at: datetime, code: CodeKey | None) -> None:
        """The association ends at `at`, or is deleted when it begins then, and one with the other list begins, which
        ends when the former would have ended."""
        entry = self.begin(stored.person_id, to_contract, Period(at, stored.valid_to), code)
        if stored.valid_from == at:
            self._delete(stored, entry)
        else:
            self._change(stored, entry, valid_to=at)

    def end(self, leaving: AffectedAssociation, at: datetime, code: CodeKey | None) -> None:
        """The association ends at `at`, or is deleted when it begins then; later ones are deleted."""
        entry = self._entry(leaving.stored.id, "PatientOnContractCanceled")
        if leaving.stored.valid_from == at:
            self._delete(leaving.stored, entry)
        else:
            self._change(leaving.stored, entry, valid_to=at, end_code=code)
        for association in leaving.later:
            self._delete(association, entry)

    def give_to(self, stored: PatientAssociation, to_contract: GpContractId) -> None:
        """The whole association is one with the other list."""
        entry = self._entry(stored.id, "PatientOnContractUpdated")
        self._change(stored, entry, contract_id=to_contract)

    async def apply(self, transaction: EditTransaction) -> None:
        """Raises Refused when there are problems."""
        await transaction.apply(self._writes)

    def _entry(self, association_id: int | Unnumbered, action: str) -> int:
        return self._writes.entry(Register.GP_LISTS, partial(association_key, association_id), action)

    def _change(self, stored: PatientAssociation, entry: int, **columns: object) -> None:
        self._compare(stored, _row_of(stored) | columns, entry)

    def _delete(self, stored: PatientAssociation, entry: int) -> None:
        self._compare(stored, None, entry)

    def _compare(self, stored: PatientAssociation, target: Row | None, entry: int) -> None:
        key = (stored.id,)
        targets = {} if target is None else {key: target}
        self._writes.compare(Record({TABLE: {key: _row_of(stored)}}, {TABLE: targets}), under=entry)


def _row_of(association: PatientAssociation) -> Row:
    return {name: getattr(association, name) for name in COLUMNS}
