"""Records of a batch compared with what is remembered of them: only those with news are taken in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from registers.changelog import repository as changelog
from registers.core.identifiers import HerId
from registers.exchange.recognise import Record
from registers.exchange.run import source_memory
from registers.exchange.run.identity import Identity, R, identity, parent_of
from registers.exchange.run.source_memory import NO_PARENT, Remembered
from registers.intake.record_set import Outcome, Result


class Comparison:
    """The forms of one batch, and what is remembered of the same records.

    `may_wait`: when one import brings several forms of a record, another import of the same files meets the first
    of them again although a later one is stored. Such a form waits, since the later one probably follows.
    """

    def __init__(self, now: datetime, *, may_wait: bool) -> None:
        self.overtaken: set[HerId] = set()  # parties read with a form of their parent's that is no longer the newest
        self._now = now
        self._may_wait = may_wait
        self._digest_key = b""
        self._known: dict[Identity, Remembered] = {}
        self._forms: dict[Identity, tuple[Remembered, Outcome[Any]]] = {}
        self._stored_keys: dict[Identity, Callable[[], str]] = {}  # of records whose key only the database knows

    async def load(self, session: AsyncSession, records: Sequence[Record]) -> None:
        self._known = await source_memory.remembered(session, records)
        self._digest_key = await changelog.digest_key(session)

    async def load_stored_keys(
        self, session: AsyncSession, outcomes: Iterable[Outcome[R]], key_of: Callable[[R], str | None]
    ) -> None:
        """For records whose key only the database knows. `key_of` gives it, or None as long as the record is new."""
        stored: dict[Identity, str] = {}
        for outcome in outcomes:
            snapshot, own = outcome.snapshot, identity(outcome.snapshot)
            self._stored_keys[own] = lambda snapshot=snapshot: key_of(snapshot) or ""
            if key := key_of(snapshot):
                stored[own] = key
        self._known |= await source_memory.remembered_under(session, stored)

    def is_first(self, record: Record) -> bool:
        """Whether its interface has never reported the record before."""
        return identity(record) not in self._known

    def with_news(self, outcomes: Iterable[Outcome[R]]) -> list[Outcome[R]]:
        """Those that report something new; the others are done, or wait."""
        return [each for each in outcomes if self._has_news(each)]

    def _has_news(self, outcome: Outcome[R]) -> bool:
        snapshot, own = outcome.snapshot, identity(outcome.snapshot)
        digest, parent = source_memory.digest_of(outcome, self._digest_key), self._parent_digest(snapshot)
        former: frozenset[bytes] = frozenset()
        if known := self._known.get(own):
            if (known.newest, known.parent) == (digest, parent):
                return False
            if snapshot.changed_at and known.changed_at and snapshot.changed_at < known.changed_at:
                outcome.flag("older-than-held", "", "what is held of this interface is newer")
                return False
            if self._may_wait and digest in known.former:
                outcome.result = Result.WAITING
                return False
            former = known.former
            if known.imported_at == self._now:
                former |= {known.newest}
            elif known.newest != digest:
                former = frozenset()
        form = Remembered(digest, parent, former - {digest}, snapshot.changed_at, self._now)
        self._forms[own] = (form, outcome)
        return True

    def _parent_digest(self, record: Record) -> bytes:
        parent = parent_of(record)
        if parent is None:
            return NO_PARENT
        if parent in self._forms:
            return self._forms[parent][0].newest
        return self._known[parent].newest if parent in self._known else NO_PARENT

    async def parent_taken(self, session: AsyncSession, parent: Identity, children: Sequence[HerId]) -> None:
        """Children that were read without a new form of their parent's, and have inherited from it since.

        Below a new parent that is all there is to do. Below one that changed, their own records are to be read again.
        """
        if parent not in self._forms:
            return
        form, outcome = self._forms[parent]
        if outcome.result is Result.NEW:
            await source_memory.set_context(session, map(str, children), parent, form.newest)
        else:
            self.overtaken.update(children)

    async def remember(self, session: AsyncSession) -> None:
        """Stores the new forms, those of refused and of unfinished records aside."""
        forms = [
            (self._stored_identity(own), form)
            for own, (form, outcome) in self._forms.items()
            if outcome.remembered and outcome.result is not Result.REFUSED
        ]
        await source_memory.remember(session, forms, self._now)

    def _stored_identity(self, own: Identity) -> Identity:
        stored_key = self._stored_keys.get(own)
        return (own[0], stored_key(), own[2]) if stored_key else own
