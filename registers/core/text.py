"""Free text from callers: short, and without characters that no name contains."""

import unicodedata

from registers.core.errors import BadInput

TEXT_MAX = 200  # characters


def plain_text(value: str, path: str, *, most: int = TEXT_MAX) -> str:
    """`value` trimmed and in NFC. Raises BadInput for control characters, surrogates and excess."""
    text = unicodedata.normalize("NFC", value).strip()
    if len(text) > most:
        raise BadInput(f"{path}: longer than {most} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise BadInput(f"{path}: holds a control character")
    return text


def search_text(text: str | None, path: str) -> str | None:
    """`text` as `plain_text` gives it; None for none. Raises BadInput when it has neither letter nor digit."""
    if text is None:
        return None
    text = plain_text(text, path)
    if not any(character.isalnum() for character in text):
        raise BadInput(f"{path}: holds no letter or digit to search for")
    return text
