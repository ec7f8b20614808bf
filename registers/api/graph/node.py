"""Global object identification: opaque ids for caches, made of the type and its public key."""

import base64
import binascii

import strawberry

from registers.core.errors import BadInput


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    id: strawberry.ID = strawberry.field(description="Opaque and stable; made for caches.")


def node_id(type_name: str, key: object) -> strawberry.ID:
    """The id of the object of a type with a public key; never used with a national id."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("="))


def read_node_id(id: str) -> tuple[str, str]:
    """(type name, key). Raises BadInput for anything that `node_id` has not made."""
    try:
        text = base64.urlsafe_b64decode(id + "=" * (-len(id) % 4)).decode()
    except (binascii.Error, ValueError):
        raise BadInput("id: not an id of this service") from None
    type_name, separator, key = text.partition(":")
    if not separator or not key or not type_name.isalpha() or node_id(type_name, key) != id:
        raise BadInput("id: not an id of this service")
    return type_name, key
