"""The one place that decides what a caller may see: asked for every field of every operation, before it runs."""

from registers.access.caller import Caller, Role

PUBLIC = frozenset(Role)
SIGNED_IN = PUBLIC - {Role.ANONYMOUS}

ROLES_BY_TYPE: dict[str, frozenset[Role]] = {}
"""Types that not everybody may read. Organisations, communication parties and codes are public: AR is open to
all on Helsenettet, Enhetsregisteret to the world."""

ROLES_BY_FIELD: dict[tuple[str, str], frozenset[Role]] = {
    ("Change", "caller"): SIGNED_IN,
    ("Change", "reason"): SIGNED_IN,
}
"""Fields that are closed more narrowly than their type."""


def may(caller: Caller, type_name: str, field: str, purpose: str | None = None) -> bool:
    """Whether `caller` may read `field` of the type, for `purpose` where the operation states one."""
    del purpose  # no public field asks for one
    roles = ROLES_BY_FIELD.get((type_name, field)) or ROLES_BY_TYPE.get(type_name, PUBLIC)
    return caller.role in roles
