"""What can go wrong, as one tree.

RegisterError
├── Refusal               the caller can act on it -> `userErrors` in the payload
│   └── Refused           (core/rules.py) each problem names a rule, whose code is NOT_FOUND, STALE, RETRY
│                         or RULE_BROKEN
├── BadInput              -> top-level error, extensions.code = BAD_USER_INPUT
├── AccessDenied          -> FORBIDDEN
├── NotAuthenticated      -> UNAUTHENTICATED
└── DatabaseUnavailable   -> UNAVAILABLE, with a hint when to try again

An import has a tree of its own (exchange/errors.py): each of its errors becomes a line of the import's report.
Anything else is a defect: logged in full, shown to the caller as INTERNAL.
"""

from typing import Any, ClassVar


class RegisterError(Exception):
    """Base of every error this service raises on purpose. `code` is for programs, the message for people."""

    code: ClassVar[str]

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def extensions(self) -> dict[str, Any]:
        """What a GraphQL error carries beside its message."""
        return {}


class Refusal(RegisterError):
    """A request understood and turned down; nothing has been changed."""

    code = "REFUSED"


class BadInput(RegisterError):
    code = "BAD_USER_INPUT"


class AccessDenied(RegisterError):
    code = "FORBIDDEN"


class NotAuthenticated(RegisterError):
    code = "UNAUTHENTICATED"


class DatabaseUnavailable(RegisterError):
    """The database does not answer. The process stays up; the next request tries anew."""

    code = "UNAVAILABLE"
    RETRY_AFTER_SECONDS = 2

    def __init__(self) -> None:
        super().__init__(f"The database does not answer. Try again in {self.RETRY_AFTER_SECONDS} seconds.")

    @property
    def extensions(self) -> dict[str, Any]:
        return {"retryAfterSeconds": self.RETRY_AFTER_SECONDS}
