"""Content negotiation: the media type of an answer from `Accept`, of a body from `Content-Type`, and the language of
its messages from `Accept-Language`."""

from collections.abc import Sequence

from registers.core.rules import Language

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
LANGUAGES: dict[str, Language] = {"nb": "nb", "no": "nb", "nn": "nb", "en": "en"}  # we write no Nynorsk


def parse_media_type(text: str) -> tuple[str, dict[str, str]]:
    """`text/html; charset="UTF-8"` as ("text/html", {"charset": "UTF-8"}); names in lower case."""
    media_type, *parameters = (part.strip() for part in text.split(";"))
    pairs = (parameter.partition("=") for parameter in parameters)
    return media_type.lower(), {name.strip().lower(): value.strip(' "') for name, _, value in pairs}


def is_utf8(parameters: dict[str, str]) -> bool:
    """Whether these parameters name no character set, or UTF-8."""
    return parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8")


def best_media_type(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer the caller wants most, None when it takes none of them. Source: RFC 9110, 12.5.1.

    The most specific range that matches an offer gives its q. Among equal q, an offer that is named
    goes before one that only a wildcard lets in, then the order of the header decides, then the
    order of `offers`. No header, or an empty one, means everything.
    """
    ranked = []
    for index, offer in enumerate(offers):
        matches = [
            (specificity, -position, q)
            for position, (media_range, q) in enumerate(_ranges(accept or "*/*"))
            if (specificity := _specificity(media_range, offer))
        ]
        if matches:
            specificity, earliness, q = max(matches)
            ranked.append((q, specificity, earliness, -index, offer))
    best = max(ranked, default=None)
    return best[-1] if best and best[0] > 0 else None


def best_language(accept_language: str | None) -> Language:
    """The language of messages the caller wants most; English when it names none of ours. Source: RFC 9110, 12.5.4."""
    expected: list[tuple[float, int, Language]] = [
        (q, -position, LANGUAGES[tag])
        for position, (language_range, q) in enumerate(_ranges(accept_language or ""))
        if (tag := language_range.partition("-")[0]) in LANGUAGES and q > 0
    ]
    return max(expected)[-1] if expected else "en"


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Media ranges with their q, in order; a range that is not UTF-8 is nothing we can send."""
    ranges = []
    for part in accept.split(","):
        media_range, parameters = parse_media_type(part)
        if media_range and is_utf8(parameters):
            ranges.append((media_range, _quality(parameters.get("q", "1"))))
    return ranges


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


def _specificity(media_range: str, offer: str) -> int:
    """3 when the range names the offer, 2 for `type/*`, 1 for `*/*`, 0 when it does not match."""
    if media_range == offer:
        return 3
    if media_range == offer.partition("/")[0] + "/*":
        return 2
    return int(media_range == "*/*")
