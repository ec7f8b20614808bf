"""The rules of data quality: what is searched for, what it means, and what mends it. A number is never used twice."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Select

from registers.changelog.append import Register
from registers.core.validity import Instant
from registers.quality.repository import addresses, certificates, lists, organisations_and_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`register` is where it is mended, `key_register` where the examples' keys are found. `text` describes one example
    as a format string over the columns of `select`."""

    number: str
    title: str
    description: str
    mend: str
    register: Register
    key_register: Register
    text: str
    select: Callable[[Instant], Select]


PARTIES, LISTS = Register.COMMUNICATION_PARTIES, Register.GP_LISTS

REPLACE_CERTIFICATE = (
    "Get new enterprise certificates and register them at the same HER-id, encryption and signing together."
)


def _ending(number: str, *, after_days: int, until_days: int) -> Rule:
    return Rule(
        number=number,
        title=f"Certificate expires within {until_days} days",
        description=f"A party in use has an own current certificate that ends within {until_days} days"
        + (f", but not within {after_days}" if after_days else "")
        + ", and no other is registered to take its place before.",
        mend=REPLACE_CERTIFICATE,
        register=PARTIES,
        key_register=PARTIES,
        text="{usages} ends at {ends:%Y-%m-%d %H:%M} UTC",
        select=partial(certificates.certificates_ending, after_days=after_days, until_days=until_days),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        number="R-DQ-001",
        title="Party without electronic address",
        description="A party in use has neither an EDI address (E_EDI) nor an asynchronous queue (E_SB_ASYNC), own "
        "or inherited: no message reaches it.",
        mend="Register the address at the organisation party; services and persons below inherit it. Deactivate a "
        "party that receives nothing.",
        register=PARTIES,
        key_register=PARTIES,
        text="{kind} party: no E_EDI and no E_SB_ASYNC, own or inherited",
        select=addresses.without_electronic_address,
    ),
    Rule(
        number="R-DQ-002",
        title="Party without postal address",
        description="A party in use has no postal address (PST), own or inherited. Every party shall have one.",
        mend="Register the postal address at the organisation party; services and persons below inherit it.",
        register=PARTIES,
        key_register=PARTIES,
        text="{kind} party: no PST, own or inherited",
        select=addresses.without_postal_address,
    ),
    Rule(
        number="R-DQ-003",
        title="Certificate expired",
        description="The own current certificate of a party in use has ended: what is encrypted or signed with it is "
        "refused.",
        mend=REPLACE_CERTIFICATE,
        register=PARTIES,
        key_register=PARTIES,
        text="{usages} ended at {ends:%Y-%m-%d %H:%M} UTC",
        select=certificates.certificates_expired,
    ),
    _ending("R-DQ-004", after_days=0, until_days=7),
    _ending("R-DQ-005", after_days=7, until_days=30),
    _ending("R-DQ-006", after_days=30, until_days=60),
    Rule(
        number="R-DQ-007",
        title="Certificate missing",
        description="A party in use and valid for messaging has no certificate to encrypt for it or to verify its "
        "signature, own or inherited.",
        mend="Register enterprise certificates at the organisation party, or withdraw the party from messaging.",
        register=PARTIES,
        key_register=PARTIES,
        text="{kind} party: no certificate for {usages}, own or inherited",
        select=certificates.without_certificate,
    ),
    Rule(
        number="R-DQ-008",
        title="Certificate known by thumbprint only",
        description="The own current certificate of a party in use is announced, but its bytes have not arrived: "
        "nobody can encrypt with it.",
        mend="Import the certificate: its file, or the certificates of the party.",
        register=PARTIES,
        key_register=PARTIES,
        text="{usages}: the bytes have not arrived",
        select=certificates.certificates_without_bytes,
    ),
    Rule(
        number="R-DQ-009",
        title="Two HER-ids for one doctor at one office",
        description="One HPR number has several person parties in use below one organisation: senders cannot know "
        "which of them is read.",
        mend="Keep the party the doctor works with and deactivate the others.",
        register=PARTIES,
        key_register=Register.PERSONNEL,
        text="HER-ids {her_ids} are in use at office {office}",
        select=lists.doctors_twice_at_an_office,
    ),
    Rule(
        number="R-DQ-010",
        title="Vacant list without a service to write to",
        description="A list in force has no GP, and its office has no service 'Fastlege, liste uten fast lege' (KX17) "
        "in use. One is required, substitutes or not.",
        mend="Register one KX17 service below the office's organisation party, however many vacant lists it has.",
        register=PARTIES,
        key_register=LISTS,
        text="no GP, and {why}",
        select=lists.vacant_lists_without_service,
    ),
    Rule(
        number="R-DQ-011",
        title="Several services for vacant lists at one office",
        description="An organisation has more than one service 'Fastlege, liste uten fast lege' (KX17) in use; one is "
        "allowed.",
        mend="Keep one of the services and deactivate the others.",
        register=PARTIES,
        key_register=Register.ORGANISATIONS,
        text="HER-ids {her_ids} are all in use",
        select=lists.offices_with_several_vacant_list_services,
    ),
    Rule(
        number="R-DQ-012",
        title="GP of a list without party at the office",
        description="FLR names a GP (LPFL) whom AR has no person party in use for at the list's office: messages "
        "about the patients have nowhere to go.",
        mend="Register or activate the GP's person party below the office. If the GP has left, end the period on the "
        "list in FLR.",
        register=PARTIES,
        key_register=LISTS,
        text="HPR number {hpr_number} has no party in use at office {office}",
        select=lists.gps_without_party,
    ),
    Rule(
        number="R-DQ-013",
        title="Party of a doctor who has left the lists",
        description="AR has a person party in use at an office where FLR has ended the doctor's last period on a list, "
        "and none is to come. Until the end of a month both may be right.",
        mend="Deactivate the party. If the doctor is still there, correct the period on the list in FLR.",
        register=PARTIES,
        key_register=PARTIES,
        text="HPR number {hpr_number} left the lists of office {office} at {left:%Y-%m-%d %H:%M} UTC",
        select=lists.parties_of_doctors_who_left,
    ),
    Rule(
        number="R-DQ-014",
        title="Organisation number with a wrong check digit",
        description="An organisation in force is kept under a number that fails modulus 11: no such number is given "
        "out, so it was mistyped at the source.",
        mend="Correct the number in the register it came from and import that again.",
        register=Register.ORGANISATIONS,
        key_register=Register.ORGANISATIONS,
        text="the check digit does not hold",
        select=organisations_and_codes.organisation_numbers_that_fail,
    ),
    Rule(
        number="R-DQ-015",
        title="Code of no national list",
        description="A file brought a code that is in no national list held here, and nobody has confirmed it.",
        mend="Confirm the code when the national list has it; otherwise correct the records that use it.",
        register=Register.CODE_SYSTEMS,
        key_register=Register.CODE_SYSTEMS,
        text="came with entry {entry} at {seen:%Y-%m-%d %H:%M} UTC",
        select=organisations_and_codes.codes_of_no_national_list,
    ),
)
