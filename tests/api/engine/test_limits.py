"""Every limit on a document: what is over it is refused before a resolver runs, with figures."""

import pytest
from graphql import get_introspection_query

PAGE = "page(first: %d) { %s }"


def refused(site, query, **variables):
    """The whole answer to a query that is refused, after checking the status."""
    answer = site.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 400, answer.text
    return answer.json()


def too_complex(limit, found, allowed, **more):
    extensions = {"code": "TOO_COMPLEX", "limit": limit, "found": found, "allowed": allowed}
    message = f"Too complex: {limit} {found}, allowed {allowed}."
    return {"errors": [{"message": message, "extensions": extensions}], **more}


def over_cost(found):
    cost = {"requested": found, "limit": 50_000}
    return too_complex("cost", found, 50_000, extensions={"cost": cost})


def cost_of(site, query, **variables):
    answer = site.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    return answer.json()["extensions"]["cost"]["requested"]


def nested(depth, field="parents", leaf="id"):
    """`depth` fields within each other: unit, then `field`s, then `leaf`."""
    return f"{{ unit {{ {(field + ' { ') * (depth - 2)} {leaf} {'} ' * (depth - 2)} }} }}"


def test_a_long_source_is_refused(site):
    query = "{ greeting } #".ljust(32_769, "x")

    assert refused(site, query) == too_complex("source", 32_769, 32_768)


@pytest.mark.parametrize(
    "query",
    [
        "{" + " ".join(f"a{n}: greeting" for n in range(1_000)) + "}",
        "{" + "unit { id } " * 2_500 + "}",
        "{" + "id " * 10_000 + "}",
        "{ greeting " + "@a " * 1_001 + "}",
    ],
    ids=["aliases", "equal fields", "leaves", "directives"],
)
def test_many_tokens_are_refused(site, query):
    assert refused(site, query) == too_complex("tokens", 2_001, 2_000)


def test_depth_is_allowed_to_15_fields_and_refused_at_16(site):
    assert refused(site, nested(16)) == too_complex("depth", 16, 15)
    assert cost_of(site, nested(5)) == 1 + 10 + 100 + 1_000


@pytest.mark.parametrize("depth", [400, 900])
def test_what_is_nested_beyond_all_reason_is_a_syntax_error(site, depth):
    [error] = refused(site, "{a" * depth + "}" * depth)["errors"]

    assert "nested too deeply" in error["message"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


def test_fragments_add_to_depth(site):
    deep = "parents { " * 14 + "id" + " }" * 14
    query = f"{{ unit {{ ...A }} }} fragment A on Unit {{ {deep} }}"

    assert refused(site, query) == too_complex("depth", 16, 15)


def test_a_long_chain_of_fragments_is_refused_and_does_not_exhaust_the_stack(site):
    chain = " ".join(f"fragment F{n} on Unit {{ ...F{n + 1} }}" for n in range(220))
    query = f"{{ unit {{ ...F0 }} }} {chain} fragment F220 on Unit {{ id }}"

    assert refused(site, query) == too_complex("nesting", 61, 60)


def test_fragments_in_a_circle_are_refused(site):
    query = """{ unit { ...A } }
        fragment A on Unit { parents { ...B } } fragment B on Unit { parents { ...A } }"""

    [error] = refused(site, query)["errors"]
    assert error["message"] == "Cannot spread fragment 'A' within itself via 'B'."
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


def test_aliases_count_each_time_their_fragment_is_spread(site):
    aliases = " ".join(f"a{n}: id" for n in range(30))
    spreads = " ".join(f"b{n}: parents {{ ...A }}" for n in range(30))

    answer = refused(site, f"{{ unit {{ {spreads} }} }} fragment A on Unit {{ {aliases} }}")

    assert answer == too_complex("aliases", 930, 100)


def test_a_hundred_aliases_are_answered(site):
    aliases = " ".join(f"a{n}: id" for n in range(100))

    assert cost_of(site, f"{{ unit {{ {aliases} }} }}") == 1


def test_root_fields_count_through_fragments(site):
    fields = " ".join(f"a{n}: greeting" for n in range(16))

    answer = refused(site, f"{{ ...A ... on Query {{ {fields} }} }} fragment A on Query {{ {fields} }}")

    assert answer == too_complex("root_fields", 32, 30)


def test_directives_are_counted_wherever_they_stand(site):
    assert refused(site, "{ greeting " + "@include(if: true) " * 31 + "}") == too_complex("directives", 31, 30)
    assert refused(site, "query " + "@a " * 31 + "{ greeting }") == too_complex("directives", 31, 30)


def test_equal_fields_that_validation_would_compare_pair_by_pair_are_refused(site):
    answer = refused(site, "{ unit {" + "parents { id } " * 400 + "} }")

    assert answer == too_complex("repeats", 400, 100)


@pytest.mark.parametrize("levels", [14, 25])
def test_fragments_that_double_each_other_are_refused_by_cost(site, levels):
    doubling = " ".join(f"fragment F{n} on Unit {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels))
    query = f"{{ unit {{ ...F0 }} }} {doubling} fragment F{levels} on Unit {{ parents {{ id }} }}"

    found = 1 + 10 * 2**levels
    assert refused(site, query) == over_cost(found)


def test_a_product_of_lists_is_refused_by_cost(site):
    query = "{ unit { children(first: 100) { children(first: 100) { children(first: 30) { id } } } } }"

    assert refused(site, query) == over_cost(1 + 100 + 10_000 + 300_000)


def test_cost_takes_the_size_from_a_variable_its_default_or_the_schema(site):
    query = "query Q($n: Int%s) { unit { children(first: $n) { id } } }"

    assert cost_of(site, query % " = 1", n=7) == 1 + 7
    assert cost_of(site, query % " = 4") == 1 + 4
    assert cost_of(site, "{ unit { children { id } } }") == 1 + 2
    assert refused(site, query % " = 1", n=60_000) == over_cost(60_001)


def test_asking_for_none_or_less_than_none_is_work_too(site):
    assert cost_of(site, "{ unit { children(first: 0) { id } } }") == 1 + 1
    assert cost_of(site, "{ unit { children(first: -100) { id } } }") == 1 + 1


def test_a_list_of_keys_costs_its_length(site):
    variable = "query Q($ids: [ID!]!) { units(ids: $ids) { id parents { id } } }"

    assert cost_of(site, '{ units(ids: ["1", "2", "3"]) { id } }') == 3
    assert cost_of(site, '{ units(ids: "1") { id } }') == 1
    assert cost_of(site, variable, ids=["1", "2"]) == 2 * (1 + 10)
    assert cost_of(site, "{ units(ids: %s) { id } }" % ("9" * 5_000)) == 1


def test_a_page_is_counted_once_by_first_on_its_connection(site):
    nodes = "nodes { id }"
    both = f"{nodes} pageInfo {{ hasNextPage }}"

    assert cost_of(site, "{ unit { " + PAGE % (20, nodes) + " } }") == 1 + 1 + 20
    assert cost_of(site, "{ unit { " + PAGE % (20, both) + " } }") == 1 + 1 + 20 + 1
    assert cost_of(site, f"{{ unit {{ page {{ {nodes} }} }} }}") == 1 + 1 + 50
    spread = "{ unit { a: page(first: 5) { ...P } b: page(first: 9) { ...P } } }"
    fragment = f"fragment P on UnitConnection {{ {nodes} }}"
    assert cost_of(site, f"{spread} {fragment}") == 1 + (1 + 5) + (1 + 9)


def test_only_the_operation_that_runs_is_counted_for_cost(site):
    query = "query Small { greeting } query Large { unit { children(first: 60000) { id } } }"
    answer = site.post("/graphql", json={"query": query, "operationName": "Small"})

    assert answer.json() == {
        "data": {"greeting": "Hei, Åse"},
        "extensions": {"cost": {"requested": 0, "limit": 50_000}, "registers": {"entry": 7}},
    }


def test_the_introspection_query_of_tools_is_free_and_answered(site):
    query = get_introspection_query(
        descriptions=True,
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    answer = site.post("/graphql", json={"query": query})

    assert answer.status_code == 200
    assert answer.json()["data"]["__schema"]["queryType"] == {"name": "Query", "kind": "OBJECT"}
    assert answer.json()["extensions"]["cost"]["requested"] == 0


def test_walking_the_schema_again_under_other_names_is_refused(site):
    types = " ".join(f"a{n}: types {{ name }}" for n in range(11))
    schemas = " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(11))

    answer = too_complex("introspection_aliases", 11, 10)
    assert refused(site, f"{{ __schema {{ {types} }} }}") == answer
    assert refused(site, f"{{ {schemas} }}") == answer


def test_deep_introspection_is_refused(site):
    deep = "fields { type { " * 4 + "name" + " } }" * 4
    query = f"{{ __schema {{ types {{ {deep} }} }} }}"

    [error] = refused(site, query)["errors"]
    assert error["message"] == "Maximum introspection depth exceeded"
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ number(of: 2147483648) }", "Int cannot represent non 32-bit signed integer value: 2147483648"),
        ("{ number(of: 1e400) }", "Int cannot represent non-integer value: 1e400"),
        (r'{ greeting(name: "\ud800") }', r"Syntax Error: Invalid Unicode escape sequence: '\ud800'."),
    ],
)  # fmt: skip
def test_literals_out_of_range_are_refused(site, query, message):
    [error] = refused(site, query)["errors"]

    assert error["message"] == message
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
