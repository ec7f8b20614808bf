"""The arithmetic of the scales, without writing a file."""

from collections import Counter
from itertools import pairwise

import pytest

from registers.core.identifiers import parse_organisation_number
from registers.seed import Scale
from registers.seed.resh import trees
from registers.seed.sources.enterprises import her_id, municipality
from registers.seed.sources.kinds import Kind
from registers.seed.sources.locations import address, municipalities
from registers.seed.sources.numbers import (
    hpr_number,
    organisation_number,
    person_her_id,
    resh_unit,
    service_her_id,
)
from registers.seed.sources.scale import unit, units


def test_norway_has_exactly_a_hundred_thousand_parties():
    enterprises = list(units(Scale.NORWAY))
    parties = {
        *(her_id(enterprise) for enterprise in enterprises),
        *(service_her_id(index) for enterprise in enterprises for index in enterprise.services),
        *(person_her_id(index) for enterprise in enterprises for index in enterprise.persons),
    }

    assert len(parties) == Scale.NORWAY.parties == 100_000
    assert len(enterprises) == 10_000
    assert sum(len(enterprise.services) for enterprise in enterprises) == 50_000
    assert sum(len(enterprise.persons) for enterprise in enterprises) == 40_000


@pytest.mark.parametrize(
    ("scale", "organisations", "parties"),
    [(Scale.SMALL, 121, 400), (Scale.CITY, 2_011, 10_000), (Scale.NORWAY, 20_044, 100_000)],
)
def test_each_scale_has_its_size(scale: Scale, organisations: int, parties: int):
    assert (scale.organisations, scale.parties) == (organisations, parties)


@pytest.mark.parametrize("scale", Scale)
def test_indices_leave_no_gap_and_never_overlap(scale: Scale):
    enterprises = list(units(scale))

    assert [each.index for each in enterprises] == list(range(len(enterprises)))
    for one, next_one in pairwise(enterprises):
        following = one.first_organisation + 1 + len(one.traits.sub_units)
        assert next_one.first_organisation == following
        assert next_one.services.start == one.services.stop
        assert next_one.persons.start == one.persons.stop


def test_an_enterprise_can_be_had_without_those_before_it():
    assert unit(Scale.NORWAY, 9_999) == list(units(Scale.NORWAY))[-1]
    with pytest.raises(IndexError):
        unit(Scale.NORWAY, 10_000)


def test_every_organisation_number_of_norway_is_valid_synthetic_and_its_own():
    numbers = [organisation_number(index) for index in range(Scale.NORWAY.organisations)]

    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert parse_organisation_number(number).startswith("32")


def test_norway_has_every_municipality_once():
    found = Counter(municipality(each).number for each in units(Scale.NORWAY, Kind.MUNICIPALITY))

    assert len(found) == 357
    assert set(found.values()) == {1}


def test_a_postal_code_belongs_to_one_municipality():
    owners: dict[str, set[str]] = {}
    for each in municipalities():
        for index in range(100):
            owners.setdefault(address(index, each).postal_code, set()).add(each.number)

    assert [code for code, numbers in owners.items() if len(numbers) > 1] == []
    assert all(len(code) == 4 for code in owners)


@pytest.mark.parametrize("scale", Scale)
def test_every_office_with_a_vacant_list_has_the_service_for_it_once(scale: Scale):
    for office in units(scale, Kind.GP_OFFICE_WITH_VACANT_LIST):
        catalogue = office.traits.services
        own = [catalogue[index % len(catalogue)].value for index in range(len(office.services))]

        assert own.count("KX17") == 1


def test_norway_has_a_chart_for_each_regional_health_authority():
    charts = list(trees(Scale.NORWAY))

    assert len(charts) == 4
    assert sum(len(chart["reshChildren"]) for chart in charts) == 24


def test_numbers_lie_in_their_series():
    assert (service_her_id(0), person_her_id(0)) == (8_100_000, 8_200_000)
    assert hpr_number(0) == 900_100_000
    assert resh_unit(1, 0) == 4_001_100
