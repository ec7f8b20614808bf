"""Operations for every edge of every root field that can be asked `asOf`, made from the schema itself."""

from collections.abc import Iterator
from typing import NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    Undefined,
    get_named_type,
    is_leaf_type,
)

from registers.api.graph.node import node_id
from registers.schema import NODES
from tests.conftest import SCHEMA
from tests.support import known

GRAPH = SCHEMA._schema
DEPTH = 3  # objects within each other; pages and slots are no level of their own
DEPTH_OF_MANY = 2  # of a root field's further samples, of pages, batches and nodes: the edges below are the same
EDGES_OF_ONE_OPERATION = {DEPTH: 6, DEPTH_OF_MANY: 20}
OFFICES = OFFICE, OTHER_OFFICE, OLD_OFFICE = known.EXAMPLE_OFFICE_NUMBER, known.BANKRUPT, known.CLOSED
UNITS = [known.RESH_TRUST, known.RESH_ROOT]
PARTIES = [known.EXAMPLE_GP, known.EXAMPLE_OFFICE, known.INTER_MUNICIPAL_SERVICE, known.VACANT_LIST_SERVICE]
DOCTORS = [known.EXAMPLE_GP_NUMBER, known.SUSPENDED_NOW, known.MERGED_FIRST, known.WITH_CONDITIONS]
LISTS = [known.ORDINARY_LIST, known.LIST_WITH_OUT_OF_OFFICE, known.LIST_WITH_SUBSTITUTES_FOR_GP, known.COMMON_LIST]
TEAM = 81_001  # of the common list
PATIENTS = [known.EXAMPLE_PATIENT, known.MOVED_PATIENT, known.PATIENT_FROM_ENDED_LIST, known.CHANGED_NATIONAL_ID]
KEYS_OF_NODES = {
    "CommunicationParty": known.EXAMPLE_OFFICE,
    "Organisation": OFFICE,
    "ReshUnit": known.RESH_TRUST,
    "HealthProfessional": known.EXAMPLE_GP_NUMBER,
    "GpContract": known.ORDINARY_LIST,
}


def _texts(values: list[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


CHECK = f'hprNumber: {known.EXAMPLE_GP_NUMBER}, profession: "LE", requisitionRight: "1"'
FOR_MAINTENANCE = "purpose: REGISTRY_MAINTENANCE"
SAMPLES: dict[str, list[str]] = {
    "communicationParty": [f"herId: {her_id}" for her_id in PARTIES],
    "communicationParties": [f"herIds: {PARTIES}"],
    "searchCommunicationParties": ["filter: {}", 'filter: {name: "legekontor"}'],
    "certificate": [],  # of one that is held, see `operations`
    "organisation": [f'organisationNumber: "{number}"' for number in (OFFICE, OLD_OFFICE)],
    "organisations": [f"organisationNumbers: {_texts([OFFICE, OTHER_OFFICE, OLD_OFFICE])}"],
    "searchOrganisations": ["filter: {}", 'filter: {name: "legekontor", industryCode: "86.211"}'],
    "reshUnit": [f"reshId: {known.RESH_TRUST}"],
    "healthProfessional": [f"hprNumber: {number}" for number in DOCTORS],
    "healthProfessionals": [f"hprNumbers: {DOCTORS}"],
    "searchHealthProfessionals": ["filter: {}"],
    "practiceCheck": [CHECK],
    "practiceChecks": [f'checks: [{{{CHECK}}}, {{hprNumber: {known.SUSPENDED_NOW}, profession: "LE"}}]'],
    "gpContract": [f'id: "{each}"' for each in LISTS[:3]],
    "gpContracts": [f"ids: {_texts([str(each) for each in LISTS])}"],
    "searchGpContracts": ["filter: {}"],
    "primaryHealthCareTeam": [f'id: "{TEAM}"'],
    "patientGp": [f'nationalId: "{each}", {FOR_MAINTENANCE}' for each in PATIENTS[:2]],
    "patientGps": [
        f"patients: [{', '.join(f'{{nationalId: {chr(34)}{each}{chr(34)}}}' for each in PATIENTS)}], {FOR_MAINTENANCE}"
    ],
    "confirmGp": [f'nationalId: "{PATIENTS[0]}", hprNumber: {known.EXAMPLE_GP_NUMBER}, {FOR_MAINTENANCE}'],
    "patientHistory": [f'nationalId: "{each}", {FOR_MAINTENANCE}' for each in PATIENTS[1:]],
    "codeSystem": ['oid: "8666"'],
    "dataQuality": ["examples: 5"],
    "registerStatus": [""],
    "node": [f'id: "{node_id(name, KEYS_OF_NODES[name])}"' for name in NODES],
}
"""Arguments of each root field, some ways to ask it."""

ARGUMENTS_BELOW = {"purpose": "REGISTRY_MAINTENANCE", "first": "3", "value": '"05"'}


class Asked(NamedTuple):
    """An operation with the variable `$asOf`. `field` is its root field."""

    field: str
    document: str


def operations(thumbprint: str) -> Iterator[Asked]:
    """Each asks one root field for what it tells itself and for some of its edges, one or two more levels deep."""
    samples = SAMPLES | {"certificate": [f'thumbprint: "{thumbprint}"']}
    query = GRAPH.query_type
    assert query is not None
    asked_as_of = {name: field for name, field in query.fields.items() if "asOf" in field.args}
    assert asked_as_of.keys() == samples.keys(), "a root field without samples, or samples without a root field"
    for name, field in asked_as_of.items():
        for position, arguments in enumerate(samples[name]):
            given = ", ".join(filter(None, [arguments, "first: 3" if "first" in field.args else "", "asOf: $asOf"]))
            type_ = get_named_type(field.type)
            if isinstance(type_, GraphQLInterfaceType):
                type_ = GRAPH.type_map[list(NODES)[position]]
                given_type = f"__typename ... on {type_.name} {{ %s }}"
            else:
                given_type = "%s"
            depth = DEPTH if _within(type_) is None and position == 0 else DEPTH_OF_MANY
            own, *edges = _selections(type_, depth)
            size = EDGES_OF_ONE_OPERATION[depth]
            for first in range(0, max(len(edges), 1), size):
                selected = _placed(type_, " ".join([own, *edges[first : first + size]]))
                yield Asked(name, f"query ($asOf: AsOf) {{ {name}({given}) {{ {given_type % selected} }} }}")


def _selections(type_: object, depth: int) -> list[str]:
    """What a type tells itself, as one text, and each of its edges."""
    within = _within(type_)
    if within is not None:
        return _selections(within, depth)
    assert isinstance(type_, GraphQLObjectType), "an interface or a union below a root field"
    own = f"__typename {_leaves(type_)}"
    if depth == 1:
        return [own]
    edges = {name: field for name, field in type_.fields.items() if not is_leaf_type(get_named_type(field.type))}
    return [
        own,
        *(_called(name, field) + _all_of(get_named_type(field.type), depth - 1) for name, field in edges.items()),
    ]


def _all_of(type_: object, depth: int) -> str:
    return f" {{ {_placed(type_, ' '.join(_selections(type_, depth)))} }}"


def _leaves(type_: GraphQLObjectType) -> str:
    leaves = {name: field for name, field in type_.fields.items() if is_leaf_type(get_named_type(field.type))}
    return " ".join(_called(name, field) for name, field in leaves.items())


def _called(name: str, field: GraphQLField) -> str:
    given = [f"{each}: {ARGUMENTS_BELOW[each]}" for each, argument in field.args.items() if _is_needed(each, argument)]
    return f"{name}({', '.join(given)})" if given else name


def _is_needed(name: str, argument: GraphQLArgument) -> bool:
    return name == "first" or (isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined)


def _within(type_: object) -> GraphQLObjectType | None:
    """The record that a page or a slot is about."""
    if isinstance(type_, GraphQLObjectType) and type_.name.endswith("Connection"):
        return get_named_type(type_.fields["nodes"].type)  # pyright: ignore[reportReturnType]
    if isinstance(type_, GraphQLObjectType) and type_.name.endswith("Slot"):
        [record] = [
            get_named_type(each.type) for each in type_.fields.values() if not is_leaf_type(get_named_type(each.type))
        ]
        return record  # pyright: ignore[reportReturnType]
    return None


def _placed(type_: object, selected: str) -> str:
    """What is selected of the record, within its page or slot."""
    if isinstance(type_, GraphQLObjectType) and type_.name.endswith("Connection"):
        return f"totalCount pageInfo {{ hasNextPage endCursor }} edges {{ cursor }} nodes {{ {selected} }}"
    if isinstance(type_, GraphQLObjectType) and type_.name.endswith("Slot"):
        [edge] = [name for name, each in type_.fields.items() if not is_leaf_type(get_named_type(each.type))]
        return f"{_leaves(type_)} {edge} {{ {selected} }}"
    return selected
