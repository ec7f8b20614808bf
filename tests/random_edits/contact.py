"""Addresses, transport and certificates changed at random: what is in effect for a party and for those below it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.x509 import load_pem_x509_certificate
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.conftest import NOW
from tests.random_edits.communication_parties import NUMBERS, PARTIES, PartyEdits
from tests.random_edits.machine import rules_of
from tests.support.edits.contact import certificate
from tests.support.edits.parties import of_party
from tests.support.requests import ANY, Request

MOMENTS = [(NOW + timedelta(days=days)).isoformat() for days in (0, 365, 730)]
SINCE = st.integers(0, len(MOMENTS) - 1)
PEMS = {
    load_pem_x509_certificate(pem.encode()).fingerprint(SHA1()).hex().upper(): pem
    for pem in (certificate(until=NOW + timedelta(days=1_000)), certificate(until=NOW + timedelta(days=500)))
}
LONG, SHORT = PEMS
LASTS = {LONG: len(MOMENTS), SHORT: 2}  # of MOMENTS, how many a certificate holds at
HOWS = st.sampled_from([{"address": "a@x.example"}, {"address": "b@x.example"}, {"none": True}, {"inherit": True}])
READ = """query ($herIds: [HerId!]!, $at: DateTime!) {
  communicationParties(herIds: $herIds, asOf: {validAt: $at}) { communicationParty {
    herId transport { effective } electronicAddresses { type { value } address } encryptionCertificate { thumbprint }
  } } }"""

change_address = of_party("communicationPartyChangeElectronicAddress", input="ElectronicAddressInput!")
change_transport = of_party("communicationPartyChangeTransport", transport="TransportStatus!")
add_certificate = of_party("communicationPartyAddCertificate", input="CertificateInput!")
end_certificate = of_party("communicationPartyEndCertificate", usage="CertificateUsage!", at="DateTime")


@dataclass
class Slot:
    """Own values of one kind: by the index in MOMENTS where each begins, where it ends and what it is."""

    rows: dict[int, tuple[int, str | None]] = field(default_factory=dict)

    def stored(self, index: int) -> int | None:
        return next((start for start, (end, _) in self.rows.items() if start <= index < end), None)

    def value(self, index: int) -> str | None:
        stored = self.stored(index)
        return None if stored is None else self.rows[stored][1]

    def has(self, index: int, value: str | None) -> bool:
        """Whether the value holds from `index` until the next that is planned."""
        stored = self.stored(index)
        return stored is not None and self.rows[stored] == (self.ahead(index), value)

    def ahead(self, index: int) -> int:
        return min((start for start in self.rows if start > index), default=len(MOMENTS))

    def with_value(self, index: int, value: str | None) -> "Slot":
        return Slot(self.without(index).rows | {index: (self.ahead(index), value)})

    def without(self, index: int) -> "Slot":
        rows, stored = dict(self.rows), self.stored(index)
        if stored is not None:
            _, value = rows.pop(stored)
            rows |= {stored: (index, value)} if stored < index else {}
        return Slot(rows)


class ContactEdits(PartyEdits):
    """`contact_slots`: own EDI addresses and certificates by HER-id; `contact_transport`: own settings."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.contact_slots: dict[tuple[str, int], Slot] = {}
        self.contact_transport: dict[int, str] = {}

    @rule(
        her_id=PARTIES,
        index=SINCE,
        how=st.sampled_from(
            [{"address": "a@x.example"}, {"address": "b@x.example"}, {"none": True}, {"inherit": True}]
        ),
        wrong=st.sampled_from([{}, {}, {}, {"address": "no mailbox"}]),
    )
    def contact_change_address(self, her_id: int, index: int, how: dict[str, Any], wrong: dict[str, str]) -> None:
        stored, refused = self._parties_known(her_id)
        input_ = {"type": "E_EDI", "since": MOMENTS[index], **how, **wrong}
        before, inherit = self._contact_slot("address", her_id), "inherit" in how
        after = before.without(index) if inherit else before.with_value(index, input_.get("address"))
        if stored:
            if wrong:
                refused |= {"R-AR-052"} | ({"R-AR-050"} if "address" not in how else set())
            refused |= {"R-AR-051"} if inherit and stored.kind == "ORGANISATION" else set()
            same = before.stored(index) is None if inherit else before.has(index, input_.get("address"))
            refused |= {"R-LOG-011"} if same else set()
        self._contact_replace("address", her_id, after, refused, change_address, input=input_)

    @rule(her_id=PARTIES, index=SINCE, thumbprint=st.sampled_from([LONG, SHORT]))
    def contact_add_certificate(self, her_id: int, index: int, thumbprint: str) -> None:
        stored, refused = self._parties_known(her_id)
        before = self._contact_slot("certificate", her_id)
        if stored:
            refused |= {"R-AR-061"} if index >= LASTS[thumbprint] else set()
            refused |= {"R-LOG-011"} if before.value(index) == thumbprint else set()
        input_ = {"certificate": PEMS[thumbprint], "usage": "ENCRYPTION", "since": MOMENTS[index]}
        after = before.with_value(index, thumbprint)
        self._contact_replace("certificate", her_id, after, refused, add_certificate, input=input_)

    @rule(her_id=PARTIES, index=SINCE)
    def contact_end_certificate(self, her_id: int, index: int) -> None:
        stored, refused = self._parties_known(her_id)
        before = self._contact_slot("certificate", her_id)
        if stored and before.stored(index) is None:
            refused |= {"R-AR-065"}
        input_ = {"usage": "ENCRYPTION", "at": MOMENTS[index]}
        self._contact_replace("certificate", her_id, before.without(index), refused, end_certificate, **input_)

    @rule(her_id=PARTIES, transport=st.sampled_from(["ENABLED", "DISABLED", "INHERITED"]))
    def contact_change_transport(self, her_id: int, transport: str) -> None:
        stored, refused = self._parties_known(her_id)
        inheritors: list[int] = []
        if stored:
            refused |= {"R-AR-051"} if transport == "INHERITED" and stored.kind == "ORGANISATION" else set()
            refused |= {"R-LOG-011"} if transport == self._contact_own_transport(her_id) else set()
            inheritors = [
                each for each in self._contact_below(her_id) if self._contact_own_transport(each) == "INHERITED"
            ]
        if self._contact_send(change_transport, her_id, refused, inheritors, transport=transport):
            self.contact_transport[her_id] = transport

    @rule(index=SINCE)
    def contact_compare(self, index: int) -> None:
        slots = self.ask(READ, herIds=[*self.parties_stored, *NUMBERS], at=MOMENTS[index])["communicationParties"]
        for party in (each for slot in slots if (each := slot["communicationParty"])):
            her_id, found = party["herId"], party["encryptionCertificate"]
            addresses = [each["address"] for each in party["electronicAddresses"] if each["type"]["value"] == "E_EDI"]
            address = self._contact_effective("address", her_id, index)
            assert addresses == ([address] if address else [])
            assert (found and found["thumbprint"]) == self._contact_effective("certificate", her_id, index)
            assert party["transport"]["effective"] == self._contact_effective_transport(her_id)

    def teardown(self) -> None:
        for index in range(len(MOMENTS)):
            self.contact_compare(index)
        super().teardown()

    def _contact_replace(
        self, kind: str, her_id: int, after: Slot, refused: set[str], send: Request, **arguments: Any
    ) -> None:
        before = self._contact_slot(kind, her_id)
        changed = [index for index in range(len(MOMENTS)) if before.value(index) != after.value(index)]
        inheritors = [
            each
            for each in self._contact_below(her_id)
            if any(self._contact_slot(kind, each).stored(index) is None for index in changed)
        ]
        if self._contact_send(send, her_id, refused, inheritors, **arguments):
            self.contact_slots[kind, her_id] = after

    def _contact_send(
        self, send: Request, her_id: int, refused: set[str], inheritors: list[int], **arguments: Any
    ) -> bool:
        """Whether the edit is made. The party's own entry comes first, then one for each that inherits the change."""
        asked = send(self._ask, her_id, expected_entry=ANY, **arguments)
        payload = self.await_(asked)  # pyright: ignore[reportArgumentType]
        assert rules_of(payload) == sorted(refused)
        if not refused:
            first = payload["entry"] - len(inheritors)
            for entry, each in enumerate((her_id, *inheritors), start=first):
                self.parties_stored[each].entry = entry
        return not refused

    def _contact_slot(self, kind: str, her_id: int) -> Slot:
        return self.contact_slots.get((kind, her_id), Slot())

    def _contact_below(self, her_id: int) -> list[int]:
        return sorted(each for each, stored in self.parties_stored.items() if stored.parent == her_id)

    def _contact_effective(self, kind: str, her_id: int, index: int) -> str | None:
        parent, own = self.parties_stored[her_id].parent, self._contact_slot(kind, her_id)
        inherits = parent is not None and own.stored(index) is None
        return (self._contact_slot(kind, parent) if inherits and parent is not None else own).value(index)

    def _contact_own_transport(self, her_id: int) -> str:
        root = self.parties_stored[her_id].parent is None
        return self.contact_transport.get(her_id, "DISABLED" if root else "INHERITED")

    def _contact_effective_transport(self, her_id: int) -> str:
        own, parent = self._contact_own_transport(her_id), self.parties_stored[her_id].parent
        return self._contact_own_transport(parent) if own == "INHERITED" and parent is not None else own
