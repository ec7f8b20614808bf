"""How much of a reason a caller is shown: the one place where reasons meet the policy.

A reason that rests on what the caller may not read is shown without its details. An anonymous caller is only shown that
something is not valid, so that neither the number nor the kind of such reasons can be derived.
"""

from collections.abc import Iterable
from dataclasses import replace

from registers.access.policy import SIGNED_IN, may
from registers.core.caller import Caller
from registers.personnel.entitlement import Reason, ReasonCode, Subject

RESTS_ON = {
    ReasonCode.SUSPENDED: ("Authorisation", "suspensions"),
    ReasonCode.ADMINISTRATIVE_REACTION: ("Authorisation", "administrativeReactions"),
    ReasonCode.AGE_LIMIT: ("HealthProfessional", "bornOn"),
    ReasonCode.DECEASED: ("HealthProfessional", "diedOn"),
}
"""The field of the graph that shows what the reason rests on."""


def disclosed(caller: Caller, reasons: Iterable[Reason]) -> list[Reason]:
    """`reasons` as `caller` may know them, in their order, none twice."""
    return list(dict.fromkeys(_disclosed(caller, reason) for reason in reasons))


def _disclosed(caller: Caller, reason: Reason) -> Reason:
    if reason.code is ReasonCode.CONDITION and not may(caller, "AuthorisationCondition", "text"):
        return replace(reason, note=None)
    if reason.code not in RESTS_ON or may(caller, *RESTS_ON[reason.code]):
        return reason
    if caller.role in SIGNED_IN:
        return Reason(reason.code, reason.concerns)
    whole = reason.concerns is Subject.PROFESSIONAL
    return Reason(ReasonCode.NOT_VALID, Subject.AUTHORISATION if whole else reason.concerns)
