"""Health personnel edited at random, beside dictionaries of what they may do."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.random_edits.machine import EditingMachine, rules_of
from tests.random_edits.personnel_model import (
    Authorisation,
    Professional,
    Span,
    answered,
    instant,
    overlap,
    period_of,
    stored,
)
from tests.support.edits.personnel import INPUTS, document
from tests.support.requests import ANY

NUMBERS = [900_300_001, 900_300_002, 900_300_003, 900_300_004]
ANYONE = st.sampled_from([*NUMBERS, *NUMBERS, NUMBERS[0] + 9])
YEARS = st.integers(2000, 2009)
WHOLE, EXPECTED = f"[{', '.join(map(str, NUMBERS))}]", st.sampled_from([ANY, ANY, ANY, ANY, 1])
DOCUMENTS = {
    verb: document(verb, "healthProfessional { authorisations { partId requisitionRights { partId } } }")
    for verb in INPUTS
}
COMPARED = f"""{{ healthProfessionals(hprNumbers: {WHOLE}) {{ healthProfessional {{
  hprNumber path lastName lastEntry authorisations {{
    partId kind {{ value }} endedStatus {{ value }} period {{ from to }} suspensions {{ period {{ from to }} }}
    requisitionRights {{ partId period {{ from to }} }}
  }}
}} }} }}"""


SPANS = st.tuples(YEARS, st.one_of(st.none(), YEARS))


class PersonnelEdits(EditingMachine):
    """`personnel_stored`: what the registers must say of each number."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.personnel_stored: dict[int, Professional] = {}

    @initialize()
    def personnel_begin(self) -> None:
        for number in NUMBERS[:3]:
            self.personnel_register(number, "Nordmann")
            self.personnel_grant(number, "1", (2001, None), ANY)

    @rule(number=st.sampled_from(NUMBERS), last_name=st.sampled_from(["Nordmann", " Berg ", ""]))
    def personnel_register(self, number: int, last_name: str) -> None:
        refused = {"R-LOG-005"} if not last_name.strip() else set()
        refused |= {"R-HPR-004"} if number in self.personnel_stored else set()

        payload = self._personnel_ask("Register", refused, hprNumber=number, input={"lastName": last_name})

        if not refused:
            self.personnel_stored[number] = Professional(last_name.strip(), payload["entry"])

    @rule(number=ANYONE, kind=st.sampled_from(["1", "1", "2", "99"]), span=SPANS, expected=EXPECTED)
    def personnel_grant(self, number: int, kind: str, span: Span, expected: int) -> None:
        refused = self._personnel_empty(span) | ({"R-CODE-002"} if kind == "99" else set())
        stored = self.personnel_stored.get(number, Professional("", 0)).authorisations.values()
        if kind == "1" and any(each.kind == "1" and not each.ended and overlap(each.span, span) for each in stored):
            refused.add("R-HPR-013")
        input_ = {"profession": "LE", "kind": kind, "period": period_of(span)}

        payload = self._personnel_change("GrantAuthorisation", number, refused, expected, input=input_)

        if payload["entry"]:
            granted = payload["healthProfessional"]["authorisations"]
            [new] = {each["partId"] for each in granted} - self.personnel_stored[number].authorisations.keys()
            self.personnel_stored[number].authorisations[new] = Authorisation(kind, span)

    @rule(number=ANYONE, index=st.integers(0, 3), span=SPANS, expected=EXPECTED)
    def personnel_right(self, number: int, index: int, span: Span, expected: int) -> None:
        part, above = self._personnel_part(number, index)
        whole = span if span[1] is not None else (span[0], above.span[1])
        refused = self._personnel_empty(span) | ({"R-HPR-011"} if above.ended else set())
        too_late = above.span[1] is not None and (
            whole[0] >= above.span[1] or (whole[1] is None or whole[1] > above.span[1])
        )
        refused |= {"R-HPR-012"} if whole[0] < above.span[0] or too_late else set()
        refused |= {"R-HPR-013"} if any(overlap(each, whole) for each in above.rights.values()) else set()
        input_ = {"type": "1", "period": period_of(span)}

        payload = self._personnel_change(
            "GrantRequisitionRight", number, refused, expected, part, authorisation=part, input=input_
        )

        if payload["entry"]:
            answered = payload["healthProfessional"]["authorisations"]
            rights = next(each["requisitionRights"] for each in answered if each["partId"] == part)
            [new] = {each["partId"] for each in rights} - above.rights.keys()
            above.rights[new] = whole

    @rule(number=ANYONE, index=st.integers(0, 3), span=SPANS, expected=EXPECTED)
    def personnel_suspend(self, number: int, index: int, span: Span, expected: int) -> None:
        part, above = self._personnel_part(number, index)
        refused = self._personnel_empty(span) | ({"R-HPR-011"} if above.ended else set())
        begun = above.span[0] <= span[0] and (above.span[1] is None or span[0] < above.span[1])
        refused |= set() if begun else {"R-HPR-012"}
        refused |= {"R-HPR-013"} if any(overlap(each, span) for each in above.suspensions) else set()
        input_ = {"period": period_of(span)}

        payload = self._personnel_change("AddSuspension", number, refused, expected, part, subject=part, input=input_)

        if payload["entry"]:
            above.suspensions.append(span)

    @rule(
        number=ANYONE,
        index=st.integers(0, 3),
        status=st.sampled_from([None, "1", "99"]),
        to=st.one_of(st.none(), YEARS),
        expected=EXPECTED,
    )
    def personnel_end(self, number: int, index: int, status: str | None, to: int | None, expected: int) -> None:
        part, above = self._personnel_part(number, index)
        (start, end), refused = above.span, set()
        if status is None and to is None:
            refused.add("R-HPR-015")
        elif status in (None, above.ended) and to in (None, end):
            refused.add("R-LOG-011")
        refused |= {"R-LOG-009"} if to is not None and to <= start else set()
        refused |= {"R-HPR-014"} if to is not None and end is not None and to > end else set()
        if to is not None and to != end and any(right[0] >= to for right in above.rights.values()):
            refused.add("R-HPR-012")
        input_ = {"endedStatus": status, "to": instant(to)}

        payload = self._personnel_change(
            "EndAuthorisation", number, refused, expected, part, authorisation=part, input=input_
        )

        if payload["entry"]:
            above.ended, above.span = status or above.ended, (start, end if to is None else to)
            for right, (begun, until) in above.rights.items():
                cut = to is not None and (until is None or until > to)
                above.rights[right] = (begun, to if cut else until)

    @rule(outgoing=ANYONE, surviving=ANYONE)
    def personnel_merge(self, outgoing: int, surviving: int) -> None:
        former, inheritor = self.personnel_stored.get(outgoing), self.personnel_stored.get(surviving)
        refused = {"R-HPR-001"}
        if former and inheritor:
            refused = {"R-HPR-003"} if former.replaced_by or inheritor.replaced_by else set()
            refused |= {"R-HPR-020"} if outgoing == surviving else set()
            refused |= {"R-HPR-021"} if outgoing in self._personnel_path(surviving)[1:] else set()
            both = [
                [each for each in row.authorisations.values() if each.kind == "1" and not each.ended]
                for row in (former, inheritor)
            ]
            clash = any(overlap(one.span, other.span) for one in both[0] for other in both[1])
            refused |= {"R-HPR-013"} if clash and outgoing != surviving else set()

        payload = self._personnel_ask(
            "Merge", refused, outgoing=outgoing, surviving=surviving, expectedEntry=ANY, expectedEntryOfOutgoing=ANY
        )

        if former and inheritor and not refused:
            inheritor.authorisations |= former.authorisations
            former.authorisations, former.replaced_by, former.entry = {}, surviving, payload["entry"]
            inheritor.entry = payload["entry"] - 1

    @rule()
    def personnel_compare(self) -> None:
        slots = self.ask(COMPARED)["healthProfessionals"]
        for number, slot in zip(NUMBERS, slots, strict=True):
            path = self._personnel_path(number)
            found, professional = slot["healthProfessional"], self.personnel_stored.get(path[-1])
            assert (found and answered(found)) == (professional and stored(path, professional))

    def teardown(self) -> None:
        self.personnel_compare()
        super().teardown()

    def _personnel_path(self, number: int) -> list[int]:
        path = [number]
        while (stored := self.personnel_stored.get(path[-1])) and stored.replaced_by:
            path.append(stored.replaced_by)
        return path

    def _personnel_part(self, number: int, index: int) -> tuple[str, Authorisation]:
        stored = list(self.personnel_stored.get(number, Professional("", 0)).authorisations.items())
        return stored[index % len(stored)] if stored else ("authorisation-9999", Authorisation("1", (2000, None)))

    @staticmethod
    def _personnel_empty(span: Span) -> set[str]:
        return {"R-LOG-009"} if span[1] is not None and span[1] <= span[0] else set()

    def _personnel_change(
        self, verb: str, number: int, refused: set[str], expected: int, part: str | None = None, **arguments: Any
    ) -> dict[str, Any]:
        stored = self.personnel_stored.get(number)
        stale = {"R-LOG-001"} if stored and expected < stored.entry else set()
        if stored is None or stored.replaced_by:
            refused = {"R-HPR-003" if stored else "R-HPR-001"}
        elif part is not None and part not in stored.authorisations:
            refused = {"R-HPR-010"} | stale
        else:
            refused = refused | stale
        payload = self._personnel_ask(verb, refused, hprNumber=number, expectedEntry=expected, **arguments)
        if stored and payload["entry"]:
            stored.entry = payload["entry"]
        return payload

    def _personnel_ask(self, verb: str, refused: set[str], **arguments: Any) -> dict[str, Any]:
        payload = self.edit(DOCUMENTS[verb], **arguments)[f"healthProfessional{verb}"]
        assert rules_of(payload) == sorted(refused)
        return payload
