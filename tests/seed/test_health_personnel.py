"""Health personnel in the files: numbers, approvals, and every case."""

from collections import Counter
from typing import Any

import pytest

from registers.core.national_id import NationalIdKind, Synthetic, describe_national_id, parse_national_id
from registers.seed.sources.dates import REFERENCE_DATE
from tests.seed.conftest import Records
from tests.support import known

TODAY = f"{REFERENCE_DATE.isoformat()}T00:00:00"


@pytest.fixture(scope="session")
def professionals(records: Records) -> dict[int, dict[str, Any]]:
    return {person["HPRNummer"]: person for person in records["health-personnel"]}


def values(parts: list[dict[str, Any]], key: str) -> list[str]:
    return [part[key]["Verdi"] for part in parts]


def runs_today(period: dict[str, str]) -> bool:
    return period["Fra"] <= TODAY < period.get("Til", "9999")


def in_force(approval: dict[str, Any]) -> bool:
    return (
        runs_today(approval["Gyldig"])
        and "AvsluttetStatus" not in approval
        and not any(runs_today(each["Periode"]) for each in approval.get("Suspensjonsperioder", []))
        and not any(
            runs_today(each["Periode"]) and each["Type"]["Verdi"] in ("1", "5", "8")
            for each in approval.get("AdministrativeReaksjoner", [])
        )
    )


def test_there_are_300_each_with_a_number_of_their_own(records: Records, professionals: Any):
    assert len(records["health-personnel"]) == len(professionals) == 300


def test_every_hpr_number_of_a_party_is_registered(parties: Any, professionals: Any):
    of_parties = {
        reported["newer"]["personDetails"]["hprNumber"]
        for reported in parties.values()
        if "newer" in reported and reported["newer"]["personDetails"]
    }
    of_parties |= {
        reported["older"]["Person"]["HPRInformation"]["HPRNumber"]
        for reported in parties.values()
        if "older" in reported and reported["older"].get("Person")
    }

    assert len(of_parties) > 100
    assert of_parties <= set(professionals)


def test_person_and_party_have_the_same_name_and_birth_date(parties: Any, professionals: Any):
    values = [
        reported["older"]["Person"]
        for reported in parties.values()
        if "older" in reported and reported["older"].get("Person")
    ]
    for person in values:
        registered = professionals[person["HPRInformation"]["HPRNumber"]]
        assert (registered["Fornavn"], registered["Etternavn"]) == (person["FirstName"], person["LastName"])
        assert registered["Fødselsdato"] == person["BirthDate"]
    assert len(values) > 10


def test_every_national_id_is_valid_of_the_tenor_series_and_its_own(professionals: Any):
    numbers = [person["NIN"] for person in professionals.values() if "NIN" in person]
    for number in numbers:
        assert describe_national_id(parse_national_id(number)).synthetic is Synthetic.TENOR

    assert len(set(numbers)) == len(numbers) == 297
    without = {number for number, person in professionals.items() if "NIN" not in person}
    assert without == {known.FOREIGN_PROFESSIONAL, known.MERGED_FIRST, known.MERGED_SECOND}


def test_ids_of_parts_are_their_own(records: Records):
    ids = Counter(part for person in records["health-personnel"] for part in _ids(person))

    assert ids.most_common(1)[0][1] == 1
    assert len(ids) > 500


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return [found for each in value for found in _ids(each)]
    if not isinstance(value, dict):
        return []
    own = [value["Id"]] if "Id" in value else []
    return own + [found for each in value.values() for found in _ids(each)]


def test_no_period_is_empty_and_none_begins_before_birth(professionals: Any):
    for person in professionals.values():
        for approval in person.get("Godkjenninger", []):
            for part in (approval, *approval.get("Rekvisisjonsretter", []), *approval.get("Spesialiteter", [])):
                period = part["Gyldig"]
                assert person["Fødselsdato"] < period["Fra"] < period.get("Til", "9999")


def test_the_professions_of_the_field_are_there(professionals: Any):
    found = Counter(
        approval["Helsepersonellkategori"]["Verdi"]
        for person in professionals.values()
        for approval in person.get("Godkjenninger", [])
    )

    assert {"LE", "SP", "JO", "FT", "PS", "FA1", "TL"} <= set(found)
    assert found["LE"] > 100


def test_the_example_gp_may_prescribe_today(professionals: Any):
    (approval,) = professionals[known.EXAMPLE_GP_NUMBER]["Godkjenninger"]
    (right,) = approval["Rekvisisjonsretter"]

    assert in_force(approval)
    assert (approval["Helsepersonellkategori"]["Verdi"], approval["Autorisasjon"]["Verdi"]) == ("LE", "1")
    assert (right["Type"]["Verdi"], in_force(right)) == ("1", True)


def test_only_the_known_cases_have_no_approval_in_force(professionals: Any):
    out = {
        number
        for number, person in professionals.items()
        if not any(in_force(approval) for approval in person.get("Godkjenninger", []))
    }

    assert out == {
        *(known.SUSPENDED_NOW, known.WITHDRAWN, known.DECISION_ANNULLED, known.RENOUNCED, known.HISTORIC),
        *known.REACTED_AGAINST,
        *(known.OVER_EIGHTY, known.DEAD_PROFESSIONAL, known.LICENCE_EXPIRED, known.FUTURE_AUTHORISATION),
        *(known.MERGED_FIRST, known.MERGED_SECOND),
    }


def test_a_part_may_be_out_of_force_while_its_approval_is_in_force(professionals: Any):
    def parts(number: int, key: str) -> list[bool]:
        (approval,) = professionals[number]["Godkjenninger"]
        assert in_force(approval)
        return [in_force(part) for part in approval[key]]

    assert parts(known.RIGHT_SUSPENDED, "Rekvisisjonsretter") == [False]
    assert parts(known.RIGHT_ENDED, "Rekvisisjonsretter") == [False]
    assert parts(known.SPECIALITY_SUSPENDED, "Spesialiteter") == [False]
    assert parts(known.SUSPENDED_EARLIER, "Rekvisisjonsretter") == [True]


def test_every_ended_status_is_there(professionals: Any):
    ended = (known.WITHDRAWN, known.DECISION_ANNULLED, known.RENOUNCED, known.HISTORIC)

    assert [professionals[number]["Godkjenninger"][0]["AvsluttetStatus"]["Verdi"] for number in ended] == [
        *("1", "2", "3", "99")
    ]
    assert professionals[known.DEAD_PROFESSIONAL]["Dødsdato"] == "2025-02-10T00:00:00"
    (lapsed,) = professionals[known.OVER_EIGHTY]["Godkjenninger"]
    assert lapsed["Gyldig"]["Til"] == "2024-05-05T00:00:00"
    assert professionals[known.OVER_EIGHTY]["Fødselsdato"] == "1944-05-05T00:00:00"


def test_there_are_reactions_against_approvals_and_against_persons(professionals: Any):
    found = [
        values(professionals[number]["Godkjenninger"][0]["AdministrativeReaksjoner"], "Type")
        for number in (*known.REACTED_AGAINST, known.REACTION_NOT_SUSPENDING)
    ]

    assert found == [["1"], ["5"], ["8"], ["2"]]
    assert values(professionals[known.REACTION_AGAINST_PERSON]["AdministrativeReaksjoner"], "Type") == ["1"]


def test_licences_have_an_end(professionals: Any):
    licences = [
        approval
        for person in professionals.values()
        for approval in person.get("Godkjenninger", [])
        if approval["Autorisasjon"]["Verdi"] != "1"
    ]

    assert len(licences) == 6
    assert all("Til" in licence["Gyldig"] for licence in licences)
    assert values(professionals[known.STUDENT_LICENCE]["Godkjenninger"], "Autorisasjon") == ["3"]
    assert values(professionals[known.LICENCE_BEFORE_AUTHORISATION]["Godkjenninger"], "Autorisasjon") == ["2", "1"]
    assert values(professionals[known.OVER_EIGHTY_WITH_LICENCE]["Godkjenninger"], "Autorisasjon") == ["1", "2", "2"]
    assert values(professionals[known.SUBSTITUTE_WITH_LICENCE]["Godkjenninger"], "Autorisasjon") == ["2"]


def test_two_numbers_were_merged_one_after_the_other(professionals: Any):
    first, second, last = known.MERGED_FIRST, known.MERGED_SECOND, known.MERGED_INTO
    replaced = {
        number: person["ErstattetAvHprNummer"]
        for number, person in professionals.items()
        if "ErstattetAvHprNummer" in person
    }

    assert replaced == {first: second, second: last}


def test_other_ids_professions_and_rights(professionals: Any):
    foreign = professionals[known.FOREIGN_PROFESSIONAL]
    midwife = professionals[known.MIDWIFE_WITH_RIGHT]["Godkjenninger"][0]
    physiotherapist = professionals[known.PHYSIOTHERAPIST_WITH_SICK_NOTES]["Godkjenninger"][0]
    d_number = parse_national_id(professionals[known.PROFESSIONAL_WITH_D_NUMBER]["NIN"])

    assert foreign["ManglerNIN"]
    assert values(foreign["AlternativeIder"], "Type") == ["SEF"]
    assert foreign["Godkjenninger"][0]["KonvertertFraLand"]["Verdi"] == "SE"
    assert foreign["Utdannelser"][0]["Land"]["Verdi"] == "SE"
    assert values(professionals[known.TWO_PROFESSIONS]["Godkjenninger"], "Helsepersonellkategori") == ["SP", "JO"]
    assert values(midwife["Rekvisisjonsretter"], "Type") == ["2"]
    assert values(physiotherapist["Tilleggskompetanser"], "Type") == ["1"]
    assert professionals[known.WITH_CONDITIONS]["Godkjenninger"][0]["Vilkår"][0]["Fritekst"]
    assert describe_national_id(d_number).kind is NationalIdKind.D_NUMBER
    assert sum("FysiskeAdresser" in person for person in professionals.values()) > 30
    for number, category in {
        known.PHARMACIST: "FA1",
        known.PSYCHOLOGIST: "PS",
        known.DENTIST: "TL",
        known.NURSE: "SP",
    }.items():
        assert values(professionals[number]["Godkjenninger"], "Helsepersonellkategori") == [category]
