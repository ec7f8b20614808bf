"""Which language a caller's messages are in."""

import pytest

from registers.api.transport.accept import best_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("de-DE, fr", "en"),
        ("nb", "nb"),
        ("nb-NO, en;q=0.8", "nb"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("en, nb", "en"),
        ("nb, en", "nb"),
        ("en;q=0.5, nb;q=0.9", "nb"),
        ("nb;q=0", "en"),
        ("nb;q=x", "en"),
    ],
)
def test_the_language_wanted_most_is_chosen_and_english_when_none_of_ours_is(header, language):
    assert best_language(header) == language
