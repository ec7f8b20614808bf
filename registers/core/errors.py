"""What this service raises on purpose, as trees: every exception class of its own stands here with its file.

`tests/architecture/test_errors.py` compares them with the code.

RegisterError               core/errors.py                the caller is answered with it
├── Refusal                 core/errors.py                `userErrors` of the payload: the caller can act on it
│   └── Refused             core/rules.py                 each problem names a rule, which has a code of its own
├── BadInput                core/errors.py                BAD_USER_INPUT, 400
│   ├── RequestRefused      api/transport/body.py         BAD_USER_INPUT, with 400, 405, 406, 413 or 415
│   └── InvalidDocument     api/engine/admission.py       BAD_USER_INPUT, 400: its errors are answered one by one
├── TooComplex              api/engine/limits.py          TOO_COMPLEX, 400
├── AccessDenied            core/errors.py                FORBIDDEN, 403
├── NotAuthenticated        core/errors.py                UNAUTHENTICATED, 401
└── DatabaseUnavailable     core/errors.py                UNAVAILABLE, 503, with a hint when to try again

The code is the `extensions.code` of a top-level error, the number the HTTP status of a request that was not executed:
one table in `api/engine/errors.py`. The other classes never reach a caller; who calls what raises them makes of them:

ValueError
├── InvalidIdentifier       core/identifiers.py           BAD_USER_INPUT of a scalar; a remark of an import
├── Unstorable              editing/bulk_writes.py        the rule of its constraint; a record that an import refuses
└── NotACertificate         communication_parties/x509.py a broken rule of an edit; a remark of an import
Exception
├── SerializationFailed     editing/bulk_writes.py        another try
├── SourceError             exchange/errors.py            a line of the import's report
│   ├── UnknownFormat       exchange/errors.py            the whole file
│   ├── Malformed           exchange/errors.py            the rest of a file
│   └── Unreadable          exchange/errors.py            a record, or a part of one
├── NotReady                seed/bulk/prerequisites.py    the end of the command
├── EmbeddedPostgresError   embedded/postgres.py          the end of the command
│   └── FolderInUse         embedded/owner.py             the end of the command, exit status 2
└── AddressInUse            commands.py                   the end of the command, exit status 2

Anything else is a defect: logged in full, shown to the caller as INTERNAL, 500.
"""

from typing import Any, ClassVar


class RegisterError(Exception):
    """Base of every error that a caller is answered with. `code` is for programs, the message for people."""

    code: ClassVar[str]

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def extensions(self) -> dict[str, Any]:
        """What a GraphQL error carries beside its message and code."""
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
