"""What can be wrong with a file of a register, as one tree.

None of these errors leaves the import: each becomes a line of its report.

SourceError
├── UnknownFormat     the whole file: it is of no known format -> `problem` of the file, with exit code 2
├── Malformed         the rest of a file: its JSON cannot be followed any further -> refused, what stood before goes in
└── Unreadable        a record, or one part of it -> refused under the rule it breaks, everything else goes in

What the database refuses of a record that was read (`Unstorable`, `SerializationFailed`) is named in
editing/bulk_writes.py, a certificate that is none (`NotACertificate`) in communication_parties/x509.py.
"""


class SourceError(Exception):
    """Base of these errors. No message repeats a value of the file, which may be a person's."""


class UnknownFormat(SourceError):
    """The message says how the file begins, by names of its keys alone, and what was looked for."""


class Malformed(SourceError):
    """JSON text that cannot be followed any further."""


class Unreadable(SourceError):
    """`rule` is the stable name of what the record breaks, the message the reason in words."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
