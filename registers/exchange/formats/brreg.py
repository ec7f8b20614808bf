"""Reads units of Enhetsregisteret's open data: main units (enheter) and sub-units (underenheter).

Answers with one unit, answers of a search (`_embedded`), and the full downloads (plain arrays).
"""

from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, time

from registers.core.code_systems import COUNTRIES, INDUSTRIES, ORGANISATION_FORMS, SECTORS
from registers.core.validity import OSLO
from registers.exchange.errors import Unreadable
from registers.exchange.reading import values
from registers.exchange.reading.documents import Broken, Document, json_documents
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import records
from registers.exchange.reading.times import closed, optional_date
from registers.intake.snapshot import CodeValue
from registers.organisations.intake.snapshot import OrganisationAddressSnapshot, OrganisationSnapshot
from registers.organisations.models import AddressKind, OrganisationKind

REGISTER_OPENED = date(1995, 2, 20)  # Enhetsregisteret's first day
INDUSTRY_KEYS = ("naeringskode1", "naeringskode2", "naeringskode3")

_SUB_UNIT_FORMS = {"BEDR", "AAFY"}
_PART_OF_THE_STATE = "ORGL"  # main units that may name a unit above them
_OF_SUB_UNITS = ("beliggenhetsadresse", "oppstartsdato", "overordnetEnhet")
_MARKS = {"navn", "organisasjonsform", "slettedato"}


def is_unit(keys: Set[str]) -> bool:
    """A unit. The list of changes has organisation numbers too, but nothing else of a unit."""
    return "organisasjonsnummer" in keys and not _MARKS.isdisjoint(keys)


def read(source: Source) -> Iterator[OrganisationSnapshot | Broken]:
    return records(json_documents(source, is_unit), _unit)


def _unit(document: Document) -> OrganisationSnapshot:
    node = document.node
    number, holds = values.organisation_number(node, "organisasjonsnummer")
    if number is None:
        raise Unreadable("organisation-number", "the unit has no readable organisation number")
    form = _code(node, "organisasjonsform", ORGANISATION_FORMS)
    registered_on = optional_date(node, "registreringsdatoEnhetsregisteret")
    founded_on = optional_date(node, "stiftelsesdato")
    started_on = optional_date(node, "oppstartsdato")
    valid_from = _beginning(node, registered_on or founded_on or started_on)
    ended_on = optional_date(node, "slettedato") or optional_date(node, "nedleggelsesdato")
    parent, parent_holds = values.organisation_number(node, "overordnetEnhet")
    if parent == number:
        node.refuse("own-parent", "overordnetEnhet", "the unit is named as the unit above itself")
        parent = None
    addresses = [address for kind in AddressKind if (address := _address(node, kind))]
    industries = (_code(node, key, INDUSTRIES) for key in INDUSTRY_KEYS)
    return OrganisationSnapshot(
        interface="brreg",
        position=document.position,
        organisation_number=number,
        check_digit_holds=holds,
        kind=_kind(node, form),
        name=node.text("navn"),
        parent_number=parent,
        parent_check_digit_holds=parent_holds,
        form=form,
        sector=_code(node, "institusjonellSektorkode", SECTORS),
        municipality=next((each.municipality for each in addresses if each.kind is not AddressKind.POSTAL), None),
        employees=_employees(node),
        homepage=node.text("hjemmeside"),
        language_form=node.text("maalform"),
        registered_on=registered_on,
        founded_on=founded_on,
        started_on=started_on,
        bankrupt=node.truth("konkurs"),
        being_wound_up=node.truth("underAvvikling"),
        being_dissolved_by_force=node.truth("underTvangsavviklingEllerTvangsopplosning"),
        valid_from=valid_from,
        valid_to=closed(valid_from, _start_of(ended_on) if ended_on else None),
        industry_codes=values.unique((each for each in industries if each), lambda each: each.key),
        addresses=addresses,
        flags=node.remarks.flags,
        refused=node.remarks.refused,
    )


def _kind(node: Node, form: CodeValue | None) -> OrganisationKind:
    letters = form.value if form else None
    if letters in _SUB_UNIT_FORMS:
        return OrganisationKind.SUB_UNIT
    if letters == _PART_OF_THE_STATE or not any(node.get(key) for key in _OF_SUB_UNITS):
        return OrganisationKind.MAIN_UNIT
    return OrganisationKind.SUB_UNIT


def _beginning(node: Node, reported: date | None) -> datetime:
    if reported is None:
        node.flag("start-assumed", "registreringsdatoEnhetsregisteret", "no first day is told")
    return _start_of(reported or REGISTER_OPENED)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


def _employees(node: Node) -> int | None:
    text = node.text("antallAnsatte")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        node.refuse("employees", "antallAnsatte", "is no number of persons")
        return None
    return int(text)


def _code(node: Node, key: str, system: str) -> CodeValue | None:
    inner = node.node(key)
    value = inner.text("kode")
    return CodeValue(system, value, inner.text("beskrivelse")) if value else None


def _address(node: Node, kind: AddressKind) -> OrganisationAddressSnapshot | None:
    address = node.node(kind.value)
    if not address:
        return None
    lines = address.get("adresse")
    texts = (Node({"line": line}).text("line") for line in (lines if isinstance(lines, list) else [lines]))
    country = address.text("landkode")
    return OrganisationAddressSnapshot(
        kind=kind,
        lines=tuple(text for text in texts if text),
        postal_code=values.postal_code(address, "postnummer"),
        city=address.text("poststed"),
        municipality=values.municipality_code(
            address, "kommunenummer", address.text("kommunenummer"), address.text("kommune")
        ),
        country=CodeValue(COUNTRIES, country, address.text("land")) if country else None,
    )
