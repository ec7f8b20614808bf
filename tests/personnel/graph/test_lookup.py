"""Looking up health professionals: by number, many at once, replaced numbers, other times."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from registers.changelog import append
from registers.communication_parties.models import CommunicationParty
from registers.core.identifiers import HprNumber
from registers.personnel import models
from registers.personnel.record import resolve
from tests.support.professionals import ALWAYS, add, instants, midnight, record

pytestmark = pytest.mark.anyio

BY_NUMBER = """query ($hpr: HprNumber!, $asOf: AsOf) {
  healthProfessional(hprNumber: $hpr, asOf: $asOf) {
    hprNumber resolvedFrom path replacedBy { hprNumber } replaces { hprNumber } surviving { hprNumber }
  }
}"""
MANY = """query ($hprs: [HprNumber!]!) {
  healthProfessionals(hprNumbers: $hprs) { hprNumber outcome healthProfessional { hprNumber path } }
}"""
VALID = """query ($asOf: AsOf) {
  healthProfessional(hprNumber: 1, asOf: $asOf) {
    fullName authorisations { valid } open: authorisations(validOnly: true) { period { from } }
  }
}"""
CHAIN = [
    {"hpr_number": 30},
    {"hpr_number": 20, "replaced_by": 30},
    {"hpr_number": 10, "replaced_by": 20},
    {"hpr_number": 11, "replaced_by": 20},
]


async def test_a_professional_is_reported_with_all_that_is_registered(database, ask_fully):
    person = {
        "hpr_number": 1,
        "first_name": "Åse",
        "middle_name": "Bø",
        "last_name": "Ødegård",
        "born_on": date(1970, 5, 17),
        "sex": "3101/2",
        "citizenship": "9043/NO",
        "reactions": [("5", ("2020-01-01", "2021-01-01"))],
        "authorisations": [{"suspensions": [("2020-01-01", None)], "competences": [{"type": "3"}]}],
    }
    await add(database, person)
    async with database.writing() as session:
        entry = await append.append(session, register=append.Register.PERSONNEL, key="1", action="Added", caller="test")
        session.add_all(
            [
                models.AlternativeId(hpr_number=1, value="SE-4711"),
                models.ProfessionalAddress(
                    hpr_number=1, type="3401/PST", postal_code="0150", city="OSLO", municipality="3402/0301"
                ),
                models.Education(hpr_number=1, country="9043/NO", institution="Universitetet i Bergen"),
            ]
        )

    found = await ask_fully("""{ healthProfessional(hprNumber: 1) {
      fullName bornOn diedOn referenceOnly lastEntry sex { display } citizenship { value }
      administrativeReactions { active suspends type { value } period { from to } }
      authorisations {
        kind { display } endedStatus { value } suspensions { active period { to } }
        additionalCompetences { type { display } } educations { institution }
      }
      educations { institution country { value } } alternativeIds { value type { value } }
      addresses { type { value } postalCode city municipality { display } }
      history { nodes { action } }
    } }""")
    assert found["healthProfessional"] == {
        "fullName": "Åse Bø Ødegård",
        "bornOn": "1970-05-17",
        "diedOn": None,
        "referenceOnly": False,
        "lastEntry": entry,
        "sex": {"display": "Kvinne"},
        "citizenship": {"value": "NO"},
        "administrativeReactions": [
            {
                "active": False,
                "suspends": True,
                "type": {"value": "5"},
                "period": {"from": midnight("2020-01-01").isoformat(), "to": midnight("2021-01-01").isoformat()},
            }
        ],
        "authorisations": [
            {
                "kind": {"display": "Autorisasjon"},
                "endedStatus": None,
                "suspensions": [{"active": True, "period": {"to": None}}],
                "additionalCompetences": [{"type": {"display": "Allmenlege med trygderefusjon"}}],
                "educations": [],
            }
        ],
        "educations": [{"institution": "Universitetet i Bergen", "country": {"value": "NO"}}],
        "alternativeIds": [{"value": "SE-4711", "type": None}],
        "addresses": [
            {
                "type": {"value": "PST"},
                "postalCode": "0150",
                "city": "OSLO",
                "municipality": {"display": "Oslo"},
            }
        ],
        "history": {"nodes": [{"action": "Added"}, {"action": "Added"}]},
    }


async def test_a24_a_merged_number_answers_with_the_surviving_one_and_reports_that_it_was_replaced(
    database, ask_openly
):
    await add(database, *CHAIN)

    assert (await ask_openly(BY_NUMBER, hpr=10))["healthProfessional"] == {
        "hprNumber": 30,
        "resolvedFrom": 10,
        "path": [10, 20, 30],
        "replacedBy": None,
        "replaces": [{"hprNumber": 20}],
        "surviving": {"hprNumber": 30},
    }
    assert (await ask_openly(BY_NUMBER, hpr=30))["healthProfessional"] == {
        "hprNumber": 30,
        "resolvedFrom": None,
        "path": [30],
        "replacedBy": None,
        "replaces": [{"hprNumber": 20}],
        "surviving": {"hprNumber": 30},
    }


async def test_a24_a_check_of_a_merged_number_is_answered_for_the_surviving_one(database, ask_openly):
    await add(database, {"hpr_number": 30, "authorisations": [{}]}, *CHAIN[1:])

    assert await ask_openly("""{ practiceCheck(hprNumber: 10, profession: "LE") {
      hprNumber allowed reasons { code forbids } healthProfessional { hprNumber resolvedFrom } } }""") == {
        "practiceCheck": {
            "hprNumber": 10,
            "allowed": True,
            "reasons": [{"code": "REPLACED_NUMBER", "forbids": False}],
            "healthProfessional": {"hprNumber": 30, "resolvedFrom": 10},
        }
    }


async def test_a24_the_database_refuses_numbers_that_replace_each_other_in_a_circle(database):
    await add(database, {"hpr_number": 1}, {"hpr_number": 2, "replaced_by": 1}, {"hpr_number": 3, "replaced_by": 2})

    with pytest.raises(IntegrityError, match="HPR number 1 would be replaced by itself"):
        async with database.writing() as session:
            await append.append(session, register=append.Register.PERSONNEL, key="1", action="Merged", caller="test")
            await session.execute(
                update(models.HealthProfessional).where(models.HealthProfessional.hpr_number == 1).values(replaced_by=3)
            )


def test_a24_numbers_in_a_circle_from_before_it_was_refused_answer_for_themselves():
    rows = {HprNumber(each): record(each, replaced_by=each % 3 + 1).row for each in (1, 2, 3)}

    assert {number: found.path for number in rows if (found := resolve(number, rows))} == {1: (1,), 2: (2,), 3: (3,)}


async def test_a34_a_batch_answers_every_number_in_order_with_its_outcome(database, ask_openly):
    await add(database, *CHAIN)

    slots = (await ask_openly(MANY, hprs=[404, 20, 30, 10, 20]))["healthProfessionals"]
    assert [(slot["hprNumber"], slot["outcome"]) for slot in slots] == [
        (404, "UNKNOWN"),
        (20, "REPLACED"),
        (30, "FOUND"),
        (10, "REPLACED"),
        (20, "REPLACED"),
    ]
    assert [slot["healthProfessional"] and slot["healthProfessional"]["path"] for slot in slots] == [
        None,
        [20, 30],
        [30],
        [10, 20, 30],
        [20, 30],
    ]


async def test_a_node_is_the_record_itself_although_its_number_was_replaced(database, ask_openly):
    await add(database, *CHAIN)
    [former] = (await ask_openly("{ healthProfessional(hprNumber: 30) { replaces { id } } }"))["healthProfessional"][
        "replaces"
    ]

    again = await ask_openly(
        "query ($id: ID!) { node(id: $id) { id ... on HealthProfessional { hprNumber replacedBy { hprNumber } } } }",
        id=former["id"],
    )
    assert again == {"node": {"id": former["id"], "hprNumber": 20, "replacedBy": {"hprNumber": 30}}}


async def test_all_parties_of_a_person_are_found_and_lead_back_to_the_surviving_number(database, ask_openly):
    common = {
        "reference_only": False,
        "name": "Navn",
        "active": True,
        "messaging_valid": True,
        "transport": "INHERITED",
        **instants(ALWAYS),
    }
    parties = [
        CommunicationParty(her_id=100, kind="ORGANISATION", **common),
        CommunicationParty(her_id=101, kind="PERSON", parent_her_id=100, hpr_number=30, **common),
        CommunicationParty(her_id=102, kind="PERSON", parent_her_id=100, hpr_number=10, **common),
        CommunicationParty(her_id=103, kind="PERSON", parent_her_id=100, hpr_number=404, **common),
    ]
    await add(database, *CHAIN, rows=parties)

    found = await ask_openly("{ healthProfessional(hprNumber: 30) { communicationParties { herId } } }")
    assert found == {"healthProfessional": {"communicationParties": [{"herId": 101}, {"herId": 102}]}}
    back = await ask_openly("""{ communicationParties(herIds: [100, 101, 102, 103]) {
      communicationParty { healthProfessional { hprNumber resolvedFrom } } } }""")
    assert [slot["communicationParty"]["healthProfessional"] for slot in back["communicationParties"]] == [
        None,
        {"hprNumber": 30, "resolvedFrom": None},
        {"hprNumber": 30, "resolvedFrom": 10},
        None,
    ]


async def test_a_professional_at_another_time_has_what_was_valid_then(database, ask_openly):
    authorisations = [{"valid": ("2010-01-01", "2020-01-01")}, {"valid": ("2022-01-01", None)}]
    await add(database, {"hpr_number": 1, "authorisations": authorisations})

    found = {
        day: [
            each["valid"]
            for each in (await ask_openly(VALID, asOf={"validAt": midnight(day).isoformat()}))["healthProfessional"][
                "authorisations"
            ]
        ]
        for day in ("2009-12-31", "2010-01-01", "2020-01-01", "2022-01-01")
    }
    assert found == {
        "2009-12-31": [False, False],
        "2010-01-01": [False, True],
        "2020-01-01": [False, False],
        "2022-01-01": [True, False],
    }


async def test_what_was_known_before_a_change_is_answered_as_it_was_known(database, ask_openly):
    before = await add(database, {"hpr_number": 2}, {"hpr_number": 1, "last_name": "Før", "authorisations": [{}]})
    async with database.writing() as session:
        await append.append(session, register=append.Register.PERSONNEL, key="1", action="Withdrawn", caller="test")
        await session.execute(update(models.Authorisation).values(ended_status="avsluttet_status/1"))
        await session.execute(
            update(models.HealthProfessional)
            .where(models.HealthProfessional.hpr_number == 1)
            .values(last_name="Etter", replaced_by=2)
        )

    check = """query ($asOf: AsOf) {
      practiceCheck(hprNumber: 1, profession: "LE", asOf: $asOf) { allowed reasons { code } }
      healthProfessional(hprNumber: 1, asOf: $asOf) { hprNumber fullName }
      searchHealthProfessionals(filter: {namePrefix: "før"}, asOf: $asOf) { totalCount }
    }"""
    assert await ask_openly(check, asOf={"entry": before}) == {
        "practiceCheck": {"allowed": True, "reasons": []},
        "healthProfessional": {"hprNumber": 1, "fullName": "Før"},
        "searchHealthProfessionals": {"totalCount": 1},
    }
    assert await ask_openly(check) == {
        "practiceCheck": {
            "allowed": False,
            "reasons": [{"code": "REPLACED_NUMBER"}, {"code": "NO_AUTHORISATION_IN_PROFESSION"}],
        },
        "healthProfessional": {"hprNumber": 2, "fullName": None},
        "searchHealthProfessionals": {"totalCount": 0},
    }
