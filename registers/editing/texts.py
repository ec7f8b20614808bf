"""Free text of an edit, checked as every register checks it."""

import unicodedata

from registers.core.identifiers import without_national_ids
from registers.core.rules import Problems
from registers.core.text import TEXT_MAX
from registers.editing.rules import TEXT_EMPTY, TEXT_HOLDS_NATIONAL_ID, TEXT_NOT_PLAIN, TEXT_TOO_LONG

REASON_MAX = 500  # characters


def validated_text(problems: Problems, value: str, *path: str, most: int = TEXT_MAX) -> str:
    """`value` trimmed and in NFC; what is wrong with it is added to `problems`.

    Characters that no table holds are left out, so that the rest of the input can be looked at.
    """
    text = unicodedata.normalize("NFC", value).strip()
    if not text:
        problems.add(TEXT_EMPTY, *path)
    if len(text) > most:
        problems.add(TEXT_TOO_LONG, *path, value=text)
    plain = "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cs"))
    if plain != text:
        problems.add(TEXT_NOT_PLAIN, *path, value=text)
    if without_national_ids(text) != text:
        problems.add(TEXT_HOLDS_NATIONAL_ID, *path)
    return plain


def validated_text_or_none(problems: Problems, value: str | None, *path: str, most: int = TEXT_MAX) -> str | None:
    return None if value is None else validated_text(problems, value, *path, most=most)
