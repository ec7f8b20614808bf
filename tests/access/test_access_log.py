"""Every read of patient data leaves a record, before the answer is sent."""

import asyncio
from typing import Any

import pytest

from registers.access.policy import asks_about_patients, may
from registers.access.purpose import Purpose
from registers.core.caller import Caller, Role
from registers.database.database import Database
from tests.access.conftest import AUDITOR, EHR, records
from tests.access.reads import EXAMPLE, PATIENT_GP, READS, TRAIL, UNKNOWN_PATIENT
from tests.conftest import EDITOR, NOW, SCHEMA, Ask, asking
from tests.support import known

pytestmark = pytest.mark.anyio


def record(caller: Caller, **expected: Any) -> dict[str, Any]:
    """A whole record as the auditor reads it, without its number and duration."""
    return {
        "askedAt": NOW.isoformat(),
        "caller": caller.name,
        "role": caller.role.value,
        "organisationNumber": caller.organisation_number,
        "outcome": "ANSWERED",
        "requestId": None,
        **expected,
    }


@pytest.mark.parametrize("read", READS)
async def test_a40_every_read_of_patient_data_leaves_a_record(registers: Database, ask_auditor: Ask, read: str):
    caller, document, variables, expected = READS[read]

    await asking(registers, caller=caller)(document, **variables)

    [left] = await records(ask_auditor, caller=caller.name)
    assert left.pop("number") == 1
    assert 0 < left.pop("durationMs") < 60_000
    assert left == record(caller, **expected)


async def test_a_trail_that_reports_changes_of_patients_leaves_a_record(registers: Database, ask_auditor: Ask):
    await asking(registers, caller=EDITOR)(TRAIL, id=str(known.ORDINARY_LIST))

    [left] = await records(ask_auditor, caller=EDITOR.name)
    assert left.pop("number") == 1
    assert left.pop("durationMs") > 0
    assert left.pop("patientCount") > 0
    assert left == record(EDITOR, operation="Trail", purposes=["REGISTRY_MAINTENANCE"], fields=["Change.changes"])


async def test_whatever_the_policy_asks_a_purpose_for_is_recorded():
    schema = SCHEMA._schema
    fields = [(name, field) for name, type_ in schema.type_map.items() for field in getattr(type_, "fields", ())]
    callers = [Caller("any", role) for role in Role]

    def needs_purpose(type_name: str, field: str) -> bool:
        return any(
            may(caller, type_name, field, purpose) and not may(caller, type_name, field)
            for caller in callers
            for purpose in Purpose
        )

    needing = {each for each in fields if needs_purpose(*each)}
    assert needing == {each for each in fields if asks_about_patients(*each)}
    assert ("Query", "patientGp") in needing


async def test_what_is_about_no_patient_leaves_no_record(registers: Database, ask_auditor: Ask):
    ask = asking(registers, caller=EDITOR)
    await ask("query($herId: HerId!) { communicationParty(herId: $herId) { name } }", herId=known.EXAMPLE_GP)
    await ask("query($id: GpContractId!) { gpContract(id: $id) { patientCount } }", id=str(known.ORDINARY_LIST))
    await ask("{ __typename }")

    assert await records(ask_auditor, caller=EDITOR.name) == []


async def test_a_refusal_is_recorded_and_nothing_is_read_for_it(registers: Database, ask_auditor: Ask, answer_to):
    stranger = Caller("a-messaging-service", Role.MESSAGING)

    result = await answer_to(stranger, PATIENT_GP, **EXAMPLE)

    [left] = await records(ask_auditor, caller=stranger.name)
    assert result.data is None
    assert (left["outcome"], left["purposes"], left["patientCount"]) == ("REFUSED", ["TREATMENT"], 0)
    assert left["fields"] == ["PatientGp.gpHerId", "PatientGp.outcome", "Query.patientGp"]


async def test_an_operation_that_fails_on_the_way_is_recorded(ask_auditor: Ask, answer_to):
    too_long = "association { contract { patients(first: 1000, purpose: TREATMENT) { totalCount } } }"
    broken = PATIENT_GP.replace("outcome", too_long)

    await answer_to(EHR, broken, **EXAMPLE)

    [left] = await records(ask_auditor, caller=EHR.name)
    assert (left["outcome"], left["patientCount"]) == ("FAILED", 1)


async def test_without_a_record_there_is_no_answer_about_patients_but_one_about_addresses(
    registers: Database, answer_to, psql
):
    await psql.execute("ALTER TABLE access_records ADD CONSTRAINT broken CHECK (false) NOT VALID")

    patient = await answer_to(EHR, PATIENT_GP, **EXAMPLE)
    party = await answer_to(EHR, "{ communicationParty(herId: %d) { herId } }" % known.EXAMPLE_GP)  # noqa: UP031

    assert patient.data is None
    assert [error.extensions["code"] for error in patient.errors] == ["INTERNAL"]
    assert party.data == {"communicationParty": {"herId": known.EXAMPLE_GP}}
    assert party.errors is None


async def test_a_hundred_readers_at_once_leave_a_hundred_records(registers: Database, ask_ehr: Ask, ask_auditor: Ask):
    patients = known.PATIENT_OF_EACH_LIST

    await asyncio.gather(*(ask_ehr(PATIENT_GP, nationalId=patients[n % len(patients)]) for n in range(100)))

    page = (await ask_auditor(RECORDS_OF_EHR))["accessRecords"]
    assert page["totalCount"] == 100
    assert [node["number"] for node in page["nodes"]] == list(range(100, 0, -1))


RECORDS_OF_EHR = """{
  accessRecords(filter: {caller: "ehr-of-an-office"}, purpose: AUDIT, first: 200) { totalCount nodes { number } }
}"""


async def test_the_auditor_finds_who_asked_about_a_patient_by_any_of_its_national_ids(ask_ehr: Ask, ask_auditor: Ask):
    await ask_ehr(PATIENT_GP, nationalId=known.FORMER_NATIONAL_ID)
    await ask_ehr(PATIENT_GP, **EXAMPLE)

    by_former = await records(ask_auditor, nationalId=known.FORMER_NATIONAL_ID)
    by_current = await records(ask_auditor, nationalId=known.CHANGED_NATIONAL_ID)
    assert [(each["number"], each["caller"]) for each in by_former] == [(1, EHR.name)]
    assert [(each["number"], each["caller"]) for each in by_current] == [(3, AUDITOR.name), (1, EHR.name)]
    assert await records(ask_auditor, nationalId=UNKNOWN_PATIENT) == []


async def test_records_are_paged_newest_first_and_found_by_time(ask_ehr: Ask, ask_auditor: Ask):
    from tests.access.conftest import RECORDS

    for _ in range(5):
        await ask_ehr(PATIENT_GP, **EXAMPLE)
    filter = {"caller": EHR.name}

    first = (await ask_auditor(RECORDS, filter=filter, first=3))["accessRecords"]
    after = first["pageInfo"]["endCursor"]
    rest = (await ask_auditor(RECORDS, filter=filter, first=3, after=after))["accessRecords"]

    assert [[node["number"] for node in page["nodes"]] for page in (first, rest)] == [[5, 4, 3], [2, 1]]
    assert (first["totalCount"], rest["pageInfo"]["hasNextPage"]) == (5, False)
    assert len(await records(ask_auditor, **filter, since=NOW.isoformat())) == 5
    assert await records(ask_auditor, **filter, until=NOW.isoformat()) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
async def test_nobody_but_the_auditor_reads_the_access_log(answer_to, role: Role):
    for purpose in Purpose:
        document = f"{{ accessRecords(filter: {{}}, purpose: {purpose.name}) {{ totalCount }} }}"
        result = await answer_to(Caller("curious", role), document)
        assert (result.data, [error.extensions["code"] for error in result.errors]) == (None, ["FORBIDDEN"])
