"""The small world of the GP lists with what the rules of data quality look at besides: addresses and certificates."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from registers.core.codes import code_key
from registers.core.identifiers import HerId
from tests.conftest import NOW
from tests.support.scenario import ALWAYS, LAST_YEAR, Office, Period, Scenario

BOTH = ("ENCRYPTION", "SIGNING")


class Registers(Scenario):
    """Gathers rows for `write`, as World does."""

    def service(self, office: Office, *, active: bool = True, valid: Period = ALWAYS) -> HerId:
        return self._party("SERVICE", parent_her_id=office.her_id, active=active, valid=valid)

    def electronic_address(self, her_id: HerId, type: str, address: str | None = "x@example.invalid") -> None:
        columns: dict[str, Any] = {"her_id": her_id, "type": code_key("9044", type), "address": address}
        self.add("electronic_addresses", **columns, **ALWAYS.columns)

    def physical_address(self, her_id: HerId, type: str = "PST") -> None:
        self.add("physical_addresses", her_id=her_id, type=code_key("3401", type), city="Oslo", **ALWAYS.columns)

    def certificates(
        self,
        her_id: HerId,
        *,
        ends: datetime = NOW + timedelta(days=900),
        usages: Sequence[str] = BOTH,
        used_until: datetime | None = None,
        arrived: bool = True,
    ) -> None:
        """One for each usage, current until `used_until`; `arrived` = False: known by thumbprint only."""
        for usage in usages:
            number = next(self._numbers)
            thumbprint = f"{number:040X}"
            self.add(
                "certificates",
                thumbprint=thumbprint,
                der=b"DER" if arrived else None,
                serial_number=str(number) if arrived else None,
                key_usage=[],
                not_before=LAST_YEAR,
                not_after=ends,
            )
            used = Period(LAST_YEAR, used_until).columns
            self.add("party_certificates", her_id=her_id, usage=usage, thumbprint=thumbprint, **used)
