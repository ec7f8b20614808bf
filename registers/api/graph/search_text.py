"""Text to search for, as a caller types it."""

from registers.core.errors import BadInput
from registers.core.text import plain_text


def searched(text: str | None, path: str) -> str | None:
    """The text; None for none. Raises BadInput when nothing in it can be searched for."""
    if text is None:
        return None
    text = plain_text(text, path)
    if not any(character.isalnum() for character in text):
        raise BadInput(f"{path}: holds no letter or digit to search for")
    return text
