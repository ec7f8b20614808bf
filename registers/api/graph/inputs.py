"""Input objects with fields that may be left out: the default `UNSET` marks one left out, which null does not."""

from strawberry import UNSET


def given_fields(given: object, *names: str) -> dict[str, object]:
    """The fields of an input object that the caller gave, null or not; of `names` alone where there are any."""
    return {name: value for name, value in vars(given).items() if value is not UNSET and (not names or name in names)}
