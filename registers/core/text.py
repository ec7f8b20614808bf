"""Free text from callers: plain, short, and without characters that no name holds."""

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
