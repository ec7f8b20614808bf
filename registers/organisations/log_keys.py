"""Keys of records in the log, where organisation numbers and RESH-ids stand side by side."""

from registers.core.identifiers import ReshId

RESH = "resh:"


def log_key(resh_id: ReshId) -> str:
    return f"{RESH}{resh_id}"


def resh_id_of(key: str) -> ReshId:
    return ReshId(int(key.removeprefix(RESH)))
