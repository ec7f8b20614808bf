"""R-DQ-003 to R-DQ-008: certificates that have ended, end soon, are missing or have not arrived."""

from datetime import timedelta

import pytest

from tests.conftest import NOW, asking
from tests.quality.conftest import FINDINGS
from tests.support.scenario import change

pytestmark = pytest.mark.anyio

BY_END = ["R-DQ-003", "R-DQ-004", "R-DQ-005", "R-DQ-006"]
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
ENDS = [
    (-300 * DAY, "R-DQ-003"),
    (0 * DAY, "R-DQ-003"),
    (SECOND, "R-DQ-004"),
    (7 * DAY, "R-DQ-004"),
    (7 * DAY + SECOND, "R-DQ-005"),
    (30 * DAY, "R-DQ-005"),
    (30 * DAY + SECOND, "R-DQ-006"),
    (60 * DAY, "R-DQ-006"),
    (60 * DAY + SECOND, None),
]


@pytest.mark.parametrize(("ends", "rule"), ENDS)
async def test_a_certificate_breaks_the_one_rule_of_its_end(registers, database, ends, rule):
    office = registers.office()
    registers.certificates(office.her_id, ends=NOW + ends)
    await registers.write(database)

    findings = (await asking(database)(FINDINGS, rule=BY_END))["dataQuality"]

    assert {finding["rule"]: finding["count"] for finding in findings} == {each: int(each == rule) for each in BY_END}
    assert [example["key"] for finding in findings for example in finding["examples"]] == [str(office.her_id)] * bool(
        rule
    )


async def test_the_text_names_usages_and_end(registers, found):
    office = registers.office()
    registers.certificates(office.her_id, ends=NOW + DAY)

    assert await found("R-DQ-004") == [(str(office.her_id), "ENCRYPTION, SIGNING ends at 2026-11-24 12:00 UTC")]


async def test_a_certificate_that_is_replaced_before_it_ends_is_not_reported_of(registers, found):
    office = registers.office()
    registers.certificates(office.her_id, ends=NOW + 5 * DAY, used_until=NOW + 4 * DAY)

    assert await found("R-DQ-004") == []


async def test_what_ends_soon_is_reported_of_the_time_asked_for(registers, found):
    registers.certificates(registers.office().her_id, ends=NOW + 65 * DAY)

    assert await found("R-DQ-006") == []
    assert len(await found("R-DQ-006", validAt=(NOW + 10 * DAY).isoformat())) == 1


async def test_a_party_without_a_certificate_for_a_usage_is_found_with_those_below_it(registers, found):
    office, other = registers.office(), registers.office()
    service = registers.service(office)
    registers.certificates(other.her_id, usages=["ENCRYPTION"])

    assert await found("R-DQ-007") == [
        (str(office.her_id), "organisation party: no certificate for ENCRYPTION, SIGNING, own or inherited"),
        (str(other.her_id), "organisation party: no certificate for SIGNING, own or inherited"),
        (str(service), "service party: no certificate for ENCRYPTION, SIGNING, own or inherited"),
    ]


async def test_certificates_of_the_organisation_are_inherited_and_own_ones_suffice(registers, found, database):
    office, not_for_messaging = registers.office(), registers.office()
    registers.service(office)
    registers.certificates(office.her_id)
    registers.certificates(registers.service(not_for_messaging))
    await registers.write(database)
    await change(database, "communication_parties", {"her_id": not_for_messaging.her_id}, messaging_valid=False)

    assert await found("R-DQ-007") == []


async def test_a_certificate_known_by_thumbprint_only_is_found(registers, found):
    office = registers.office()
    registers.certificates(office.her_id, usages=["SIGNING"], arrived=False)

    assert await found("R-DQ-008") == [(str(office.her_id), "SIGNING: the bytes have not arrived")]


async def test_a_certificate_that_has_arrived_is_not(registers, found):
    registers.certificates(registers.office().her_id)

    assert await found("R-DQ-008") == []
