"""The rules against a plain model of them, written a second time over plain data, for any person at any moment."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registers.core.codes import CodeKey
from registers.core.identifiers import HprNumber
from registers.personnel import entitlement
from registers.personnel.entitlement import Question, ReasonCode, may_practise
from tests.support.professionals import AUTHORISATION, OSLO, RIGHT, add, record

pytestmark = pytest.mark.anyio

FIRST = datetime(2019, 12, 31, 22, tzinfo=UTC)  # an hour before a midnight in Norway
HOURS = st.integers(0, 24 * 6)  # few moments, so that periods begin and end at the moment asked for
MOMENTS = HOURS.map(lambda hours: FIRST + timedelta(hours=hours))
DAYS = st.dates(date(2019, 12, 31), date(2020, 1, 6))
BIRTHDAYS = st.one_of(st.just(None), st.just(date(1980, 2, 29)), st.dates(date(1939, 12, 31), date(1940, 1, 6)))
PERIODS = st.one_of(
    st.tuples(MOMENTS, st.none()),
    st.tuples(MOMENTS, st.integers(1, 24 * 6)).map(lambda each: (each[0], each[0] + timedelta(hours=each[1]))),
)
OFTEN_ALWAYS = st.one_of(st.just((FIRST, None)), st.just((FIRST, None)), PERIODS)
STATUS = st.sampled_from([None, None, None, "1", "3", "99"])
SUSPENSIONS = st.lists(PERIODS, max_size=1)
REACTIONS = st.lists(st.tuples(st.sampled_from(["1", "5", "8", "2", "15"]), PERIODS), max_size=1)
HELDS = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["1", "2"]),
            "valid": OFTEN_ALWAYS,
            "ended": STATUS,
            "suspensions": SUSPENSIONS,
            "reactions": REACTIONS,
        }
    ),
    max_size=2,
)
AUTHORISATIONS = st.fixed_dictionaries(
    {
        "profession": st.sampled_from(["LE", "LE", "SP"]),
        "kind": st.sampled_from(["1", "1", "17"]),
        "valid": OFTEN_ALWAYS,
        "ended": STATUS,
        "suspensions": SUSPENSIONS,
        "reactions": REACTIONS,
        "conditions": st.sampled_from([[], ["Kun på dagtid."]]),
        "rights": HELDS,
        "specialities": HELDS,
    }
)
PEOPLE = st.fixed_dictionaries(
    {
        "born_on": BIRTHDAYS,
        "died_on": st.one_of(st.none(), st.none(), DAYS),
        "reactions": REACTIONS,
        "authorisations": st.lists(AUTHORISATIONS, max_size=3),
    }
)
TYPES = st.sampled_from([None, "1", "2"])


def holds(period: Any, moment: datetime) -> bool:
    start, end = period
    return start <= moment < (end or moment + timedelta(days=1))


def own_reasons(granted: dict[str, Any], moment: datetime) -> list[str]:
    found = []
    if not holds(granted["valid"], moment):
        found.append("NOT_BEGUN" if moment < granted["valid"][0] else "PERIOD_OVER")
    if granted["ended"]:
        found.append("ENDED_STATUS")
    found += ["SUSPENDED" for period in granted["suspensions"] if holds(period, moment)]
    return found + suspending(granted["reactions"], moment)


def suspending(reactions: Any, moment: datetime) -> list[str]:
    return [
        "ADMINISTRATIVE_REACTION" for type_, period in reactions if type_ in ("1", "5", "8") and holds(period, moment)
    ]


def reasons_of_authorisation(person: dict[str, Any], authorisation: dict[str, Any], moment: datetime) -> list[str]:
    here = moment.astimezone(OSLO)
    found = suspending(person["reactions"], moment) + own_reasons(authorisation, moment)
    if person["died_on"] and here.date() > person["died_on"]:
        found.append("DECEASED")
    born = person["born_on"]
    if (
        born
        and authorisation["kind"] == "1"
        and (here.year - 80, here.month, here.day) >= (born.year, born.month, born.day)
    ):
        found.append("AGE_LIMIT")
    return found


def reasons_for(person: dict[str, Any], authorisation: dict[str, Any], asked: Any, moment: datetime) -> list[str]:
    """What forbids practice under one authorisation; of several rights of a type the one with the fewest reasons."""
    _, right, speciality = asked
    of_authorisation = reasons_of_authorisation(person, authorisation, moment)
    found = list(of_authorisation)
    for kind, target, rights in (
        ("RIGHT", right, authorisation["rights"]),
        ("SPECIALITY", speciality, authorisation["specialities"]),
    ):
        if target is None:
            continue
        same = [each for each in rights if each["type"] == target]
        same.sort(key=lambda each: each["valid"][0], reverse=True)  # of equals the latest
        if not same:
            found.append(f"{kind}_MISSING")
            continue
        best = min((own_reasons(each, moment) for each in same), key=lambda own: (bool(own), outside(own), len(own)))
        if best or of_authorisation:
            found += [f"{kind}_NOT_VALID", *best]
    return found


def outside(reasons: list[str]) -> bool:
    return "NOT_BEGUN" in reasons or "PERIOD_OVER" in reasons


def question(asked: Any) -> Question:
    profession, right, speciality = asked
    return Question(
        CodeKey(f"9060/{profession}"),
        CodeKey(f"7701/{right}") if right else None,
        CodeKey(f"7426/{speciality}") if speciality else None,
    )


def model(person: dict[str, Any], asked: Any, moment: datetime) -> list[list[str]]:
    """What forbids practice, for each authorisation in the profession."""
    candidates = [{**AUTHORISATION, **each} for each in person["authorisations"] if each["profession"] == asked[0]]
    return [reasons_for(person, each, asked, moment) for each in candidates]


@settings(deadline=None, max_examples=400)
@given(person=PEOPLE, asked=st.tuples(st.sampled_from(["LE", "SP"]), TYPES, TYPES), moment=MOMENTS)
def test_practice_is_allowed_exactly_when_the_model_allows_it_and_for_the_same_reasons(person, asked, moment):
    answer = may_practise(record(1, **person), question(asked), moment, asked_for=HprNumber(1))

    candidates = model(person, asked, moment)
    assert answer.allowed == any(not reasons for reasons in candidates)
    found = Counter(reason.code.value for reason in answer.reasons if reason.forbids)
    if candidates:
        assert found in [Counter(reasons) for reasons in candidates]
        assert any(outside(reasons) for reasons in candidates) or not outside(list(found))
    else:
        assert found["NO_AUTHORISATION_IN_PROFESSION"] == 1
        assert answer.authorisation is None


@settings(deadline=None)
@given(person=PEOPLE, moment=MOMENTS)
def test_nothing_that_hangs_on_an_authorisation_is_valid_when_it_is_not(person, moment):
    whole = record(1, **person)
    for authorisation in whole.authorisations:
        of_authorisation = entitlement.reasons_of_authorisation(whole, authorisation, moment)
        subject = entitlement.Subject.REQUISITION_RIGHT
        for stored in authorisation.requisition_rights:
            why_not = entitlement.reasons_of_right(of_authorisation, subject, stored, moment)
            assert bool(why_not) or not entitlement.forbidding(of_authorisation)
            assert all(reason.code is not ReasonCode.CONDITION for reason in why_not)


@settings(deadline=None)
@given(moment=st.datetimes().map(lambda moment: moment.replace(tzinfo=UTC)), born_on=st.dates())
def test_every_moment_that_can_be_written_is_judged(moment, born_on):
    whole = record(1, born_on=born_on, died_on=born_on, authorisations=[{}])

    assert may_practise(whole, question(("LE", None, None)), moment, asked_for=HprNumber(1)).authorisation


async def test_the_graph_gives_the_answers_of_the_model(database, ask_fully):
    draw = random.Random(1)
    people = {hpr: drawn_person(draw) for hpr in range(1, 61)}
    await add(database, *({"hpr_number": hpr, **person} for hpr, person in people.items()))

    for moment in (FIRST, FIRST + timedelta(hours=50), FIRST + timedelta(hours=121)):
        asked = {
            hpr: (draw.choice(["LE", "SP"]), draw.choice([None, "1", "2"]), draw.choice([None, "1", "152"]))
            for hpr in people
        }
        checks = [
            {"hprNumber": hpr, "profession": profession, "requisitionRight": right, "speciality": speciality}
            for hpr, (profession, right, speciality) in asked.items()
        ]
        answers = (await ask_fully(CHECKS, checks=checks, asOf={"validAt": moment.isoformat()}))["practiceChecks"]
        for hpr, answer in zip(people, answers, strict=True):
            candidates = model(people[hpr], asked[hpr], moment)
            assert answer["allowed"] == any(not reasons for reasons in candidates)
            found = Counter(reason["code"] for reason in answer["reasons"] if reason["forbids"])
            assert not candidates or found in [Counter(reasons) for reasons in candidates]


CHECKS = """query ($checks: [PracticeCheckInput!]!, $asOf: AsOf) {
  practiceChecks(checks: $checks, asOf: $asOf) { allowed reasons { code forbids } }
}"""


def drawn_person(draw: random.Random) -> dict[str, Any]:
    """Someone whose periods begin and end within a few days of FIRST."""

    def period() -> tuple[datetime, datetime | None]:
        start = FIRST + timedelta(hours=draw.randrange(-48, 96))
        return start, draw.choice([None, start + timedelta(hours=draw.randrange(1, 120))])

    def periods() -> list[Any]:
        return [period() for _ in range(draw.choice([0, 0, 1, 2]))]

    def reactions() -> list[Any]:
        return [(draw.choice(["1", "5", "8"]), each) for each in periods()]

    def granted() -> dict[str, Any]:
        status = draw.choice([None, None, None, "1"])
        valid = draw.choice([(FIRST, None), period()])
        return {**RIGHT, "valid": valid, "ended": status, "suspensions": periods(), "reactions": reactions()}

    def rights(*types: str) -> list[Any]:
        return [{**granted(), "type": draw.choice(types)} for _ in range(draw.randrange(3))]

    def authorisation() -> dict[str, Any]:
        own = {"profession": draw.choice(["LE", "SP"]), "kind": draw.choice(["1", "17"]), "type": None}
        whole = {**granted(), **own, "rights": rights("1", "2"), "specialities": rights("1", "152")}
        return {key: value for key, value in whole.items() if key != "type"}

    return {
        "born_on": draw.choice([None, date(1940, 1, 2), date(1980, 2, 29)]),
        "died_on": draw.choice([None, None, date(2020, 1, 2)]),
        "reactions": draw.choice([[], [], reactions()]),
        "authorisations": [authorisation() for _ in range(draw.randrange(4))],
    }
