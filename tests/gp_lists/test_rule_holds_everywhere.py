"""The rule of whom to write to, compared with an independent model of it: over random registers and times.

The model below knows no SQL, no rows and no code of the service: days are whole numbers, an open end is infinity.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from registers.changelog import append
from registers.database.base import Base
from registers.database.database import Database
from tests.conftest import EDITOR, asking
from tests.support.scenario import Period, Scenario

pytestmark = pytest.mark.anyio

DAY_ZERO = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 8  # of the random calendar
CASES_AT_ONCE = 60  # random lists in one state of the database, asked for in one batch
STATES = 10  # of the database
TABLES = (
    "patient_associations",
    "doctor_cycles",
    "gp_contracts",
    "person_national_ids",
    "persons",
    "communication_parties",
    "organisations",
    "health_professionals",
)


@dataclass(frozen=True)
class Span:
    start: int
    end: float

    def __contains__(self, day: int) -> bool:
        return self.start <= day < self.end

    @property
    def period(self) -> Period:
        until = None if self.end == inf else DAY_ZERO + timedelta(days=int(self.end))
        return Period(DAY_ZERO + timedelta(days=self.start), until)


@dataclass
class Case:
    """One list: doctors' spans, parties at the office (doctor None = the vacant service), the patient, the day."""

    common: bool
    cycles: list[tuple[int, str, Span]]
    parties: list[tuple[int | None, bool, Span]]
    patient: Span
    day: int
    her_ids: list[int] = field(default_factory=list)  # of `parties`, once written


def random_span(random: Random) -> Span:
    start = random.randint(0, 4)
    return Span(start, random.choice([inf, random.randint(start + 1, DAYS)]))


def random_case(random: Random) -> Case:
    return Case(
        common=random.random() < 0.5,
        cycles=[
            (random.randint(0, 2), random.choice(["LPFL", "LPVI", "LPDL"]), random_span(random))
            for _ in range(random.randint(0, 4))
        ],
        parties=[
            (random.choice([0, 1, 2, None]), random.random() < 0.8, random_span(random))
            for _ in range(random.randint(0, 5))
        ],
        patient=Span(random.randint(0, 2), random.choice([inf, DAYS - 1])),
        day=random.randint(1, DAYS),
    )


def expected(case: Case) -> tuple[str, str | None, str | None, int | None, bool]:
    """(outcome, rule, reason, HER-id, ambiguous), written from the text of the domain rule and nothing else."""
    if case.day not in case.patient:
        return "NO_GP", None, None, None, False
    today = [(span.start, index, who, what) for index, (who, what, span) in enumerate(case.cycles) if case.day in span]
    gps = [who for _, _, who, what in sorted(today, reverse=True) if what == "LPFL"]
    if not case.common:
        del gps[1:]
    substitutes = {who for _, _, who, what in today if what == "LPVI"}
    if gps:
        step, missing, asked = "GP_OF_THE_LIST", "GP_WITHOUT_PARTY", list(dict.fromkeys(gps))
    elif len(substitutes) == 1:
        step, missing, asked = "ONLY_SUBSTITUTE", "SUBSTITUTE_WITHOUT_PARTY", list(substitutes)
    else:
        step, missing, asked = "VACANT_LIST_SERVICE", "NO_VACANT_LIST_SERVICE", [None]
    usable = {
        who: [
            her_id
            for her_id, (whose, active, span) in zip(case.her_ids, case.parties, strict=True)
            if whose == who and active and case.day in span
        ]
        for who in asked
    }
    for who in asked:
        if usable[who]:
            return "FOUND", step, None, min(usable[who]), any(len(found) > 1 for found in usable.values())
    return "FOUND", "NONE", missing, None, False


async def _replace_everything(database: Database, scenario: Scenario) -> None:
    async with database.writing() as session:
        await append.append(
            session, register=append.Register.GP_LISTS, key="scenario", action="GpContractDeleted", caller="test"
        )
        for table in TABLES:
            assert table in Base.metadata.tables
            await session.execute(text(f"DELETE FROM {table}"))
    await scenario.write(database)


@settings(max_examples=STATES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
async def test_every_patient_of_every_register_at_every_time_gets_the_models_answer(database: Database, seed: int):
    random = Random(seed)
    batch = [random_case(random) for _ in range(CASES_AT_ONCE)]
    scenario, asked = Scenario(), []
    for case in batch:
        office, patient = scenario.office(), scenario.person()
        contract = scenario.contract(office, common_list=case.common)
        doctors = [scenario.doctor() for _ in range(3)]
        for who, what, span in case.cycles:
            scenario.cycle(contract, doctors[who], what, valid=span.period)
        case.her_ids = [
            scenario.vacant_list_service(office, active=active, valid=span.period)
            if who is None
            else scenario.party_of_doctor(office, doctors[who], active=active, valid=span.period)
            for who, active, span in case.parties
        ]
        scenario.on_list(patient, contract, valid=case.patient.period)
        asked.append({"nationalId": patient.national_id, "at": (DAY_ZERO + timedelta(days=case.day)).isoformat()})
    await _replace_everything(database, scenario)

    data = await asking(database, caller=EDITOR)(
        """query ($patients: [PatientAtInput!]!) { patientGps(patients: $patients, purpose: REGISTRY_MAINTENANCE) {
          outcome gpHerId { rule reason ambiguous communicationParty { herId } }
        } }""",
        patients=asked,
    )

    answers = []
    for answer in data["patientGps"]:
        found = answer["gpHerId"] or {"rule": None, "reason": None, "ambiguous": False, "communicationParty": None}
        party = found["communicationParty"]
        answers.append(
            (answer["outcome"], found["rule"], found["reason"], party and party["herId"], found["ambiguous"])
        )
    assert answers == [expected(case) for case in batch]
