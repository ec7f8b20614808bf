"""Keys of records in the log, where organisation numbers and RESH-ids stand side by side."""

from registers.core.identifiers import ReshId


def log_key(resh_id: ReshId) -> str:
    return f"resh:{resh_id}"
