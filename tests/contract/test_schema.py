"""The schema as a contract: current, described, and shaped by the rules of graphql/README.md."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
)

from registers.schema import build_schema, sdl

CONTRACT = Path(__file__).parents[2] / "graphql"
OPERATIONS = sorted((CONTRACT / "operations").rglob("*.graphql"))
SCHEMA = build_schema()._schema
OWN_TYPES = {name: type_ for name, type_ in SCHEMA.type_map.items() if not name.startswith("__")}
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}
OBJECTS = [type_ for type_ in OWN_TYPES.values() if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
OWN_KEYS = {
    "herId",
    "reshId",
    "contractId",
    "nationalId",
    "cycleId",
    "locationId",
    "teamId",
    "memberId",
    "partId",
}  # the natural key of the object itself
NOT_AS_OF = ["accessRecords", "rules"]  # records never change; rules are code
NO_KEYS = {"requestId"}  # X-Request-Id, which no object stands behind


def test_the_committed_schema_is_the_one_that_is_served():
    assert (CONTRACT / "schema.graphql").read_text(encoding="utf-8") == sdl()


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: path.stem)
def test_every_published_operation_is_valid_and_named_after_its_file(path):
    document = parse(path.read_text(encoding="utf-8"))

    assert validate(SCHEMA, document) == []
    names = [
        each.name.value for each in document.definitions if isinstance(each, OperationDefinitionNode) and each.name
    ]
    assert names == [path.stem]


def test_every_element_is_described():
    bare = [name for name, type_ in OWN_TYPES.items() if name not in BUILT_IN and not type_.description]
    for type_ in OWN_TYPES.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in type_.fields.items():
                if not field.description:
                    bare.append(f"{type_.name}.{name}")
                bare += [
                    f"{type_.name}.{name}({argument})"
                    for argument, definition in getattr(field, "args", {}).items()
                    if not definition.description
                ]
        if isinstance(type_, GraphQLEnumType):
            bare += [f"{type_.name}.{name}" for name, value in type_.values.items() if not value.description]

    assert bare == []


def test_lists_are_never_null_and_hold_no_nulls():
    loose = [
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        for name, field in type_.fields.items()
        if (
            isinstance(getattr(field.type, "of_type", field.type), GraphQLList)
            and not (isinstance(field.type, GraphQLNonNull) and isinstance(field.type.of_type.of_type, GraphQLNonNull))
        )
        or isinstance(field.type, GraphQLList)
    ]

    assert loose == []


def test_as_of_stands_on_every_root_field_and_nowhere_else():
    query = SCHEMA.query_type
    assert query is not None

    assert [name for name, field in query.fields.items() if "asOf" not in field.args] == NOT_AS_OF
    assert [
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        if type_ is not query
        for name, field in type_.fields.items()
        if "asOf" in field.args
    ] == []


def test_an_edge_is_an_object_and_not_an_id():
    assert [
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        for name, field in type_.fields.items()
        if name.endswith("Id") and name not in OWN_KEYS | NO_KEYS and is_leaf_type(get_named_type(field.type))
    ] == []


def test_an_unknown_object_is_null_and_no_error():
    assert SCHEMA.query_type is not None
    node = SCHEMA.query_type.fields["node"]

    assert not isinstance(node.type, GraphQLNonNull)


def test_every_page_has_a_limit_and_every_limit_a_page():
    assert [
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        for name, field in type_.fields.items()
        if ("after" in field.args) != ("first" in field.args)
    ] == []
