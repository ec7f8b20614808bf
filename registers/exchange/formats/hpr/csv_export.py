"""Reads HPR's old export: a ZIP of three tables, joined by HPR number.

Semicolons, a line of headings, dates `yyyy.MM.dd HH:mm:ss`, codes as `…:LE` (the text before the last
colon is ignored). No description of it is public. These columns are read, in any order and in any case;
each but the first of a line may be missing, and other columns are ignored:

    personer.csv            HPRNummer; Personnummer or NIN; ManglerNIN; Fornavn; Mellomnavn; Etternavn;
                            Fødselsdato; Dødsdato; Kjønn; Statsborgerskap; ErstattetAvHPRNummer; SistOppdatert
    godkjenninger.csv       HPRNummer; Id; Helsepersonellkategori; Autorisasjon; GyldigFra; GyldigTil;
                            GodkjentTurnus; KonvertertFraLand; AvsluttetStatus
    rekvisisjonsretter.csv  HPRNummer; GodkjenningId; Helsepersonellkategori; Rekvisisjonsrett or Type;
                            GyldigFra; GyldigTil; AvsluttetStatus

A right without GodkjenningId belongs to the authorisation in force when it began, of its profession
where it names one; where that leaves several professions it is refused. What a missing table would carry is not
reported. Each person is put into the shape of the SOAP service and read by the same rules.
"""

import re
from collections.abc import Iterator, Sequence

from registers.exchange.formats.hpr.person import person
from registers.exchange.reading.csv_tables import Row, rows
from registers.exchange.reading.documents import Broken
from registers.exchange.reading.files import Source
from registers.exchange.reading.node import Node
from registers.exchange.reading.records import attempt
from registers.exchange.reading.zip_files import Member, members
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

PERSONS = "personer.csv"
AUTHORISATIONS = "godkjenninger.csv"
RIGHTS = "rekvisisjonsretter.csv"

_TEXTS = ("HPRNummer", "ManglerNIN", "Fornavn", "Mellomnavn", "Etternavn", "ErstattetAvHprNummer")
_DATE = re.compile(r"(\d{4})\.(\d\d)\.(\d\d)(.*)", re.DOTALL)

Object = dict[str, object]
"""A person, approval or right in the shape of the SOAP service."""


class _Rows:
    """The rows of a table by HPR number; `there` is False when the export lacks the table."""

    def __init__(self, member: Member | None) -> None:
        self.there = member is not None
        self.broken: list[Broken] = []
        self._name = "" if member is None else member.name
        self._by_number: dict[str, list[Row]] = {}
        for row in rows(member) if member else ():
            if isinstance(row, Broken):
                self.broken.append(row)
            else:
                self._by_number.setdefault(_number(row), []).append(row)

    def take(self, number: str) -> Sequence[Row]:
        return self._by_number.pop(number, ())

    def left(self) -> Iterator[Broken]:
        if count := sum(map(len, self._by_number.values())):
            yield Broken(self._name, "person-missing", f"{count} rows are of persons whom {PERSONS} does not name")


def is_export(source: Source) -> bool:
    return _member(members(source), PERSONS) is not None


def read(source: Source) -> Iterator[HealthProfessionalSnapshot | Broken]:
    """Keeps the two smaller tables in memory and reads the persons one at a time."""
    found = members(source)
    persons = _member(found, PERSONS)
    if persons is None:
        yield Broken(source.name, "file-missing", f"holds no {PERSONS}")
        return
    authorisations = _Rows(_member(found, AUTHORISATIONS))
    rights = _Rows(_member(found, RIGHTS))
    yield from authorisations.broken
    yield from rights.broken
    for row in rows(persons):
        if isinstance(row, Broken):
            yield row
        else:
            position = f"{persons.name}, line {row.line}"
            number = _number(row)
            yield attempt(position, _person, row, authorisations, rights, number, position)
    yield from authorisations.left()
    yield from rights.left()


def _member(found: Sequence[Member], name: str) -> Member | None:
    return next((each for each in found if each.base_name.endswith(name)), None)


def _number(row: Row) -> str:
    return (row.get("HPRNummer") or "").lstrip("0")


def _person(row: Row, authorisations: _Rows, rights: _Rows, number: str, position: str) -> HealthProfessionalSnapshot:
    reported: Object = {name: row.get(name) for name in _TEXTS if row.has(name)}
    reported |= {name: _code(row, name) for name in ("Kjønn", "Statsborgerskap") if row.has(name)}
    reported |= {name: _date(row, name) for name in ("Fødselsdato", "Dødsdato", "SistOppdatert") if row.has(name)}
    if row.has("Personnummer", "NIN"):
        reported["NIN"] = row.get("Personnummer", "NIN")
    own = authorisations.take(number)
    objects = [_authorisation(each) for each in own]
    if authorisations.there:
        reported["Godkjenninger"] = objects
    node = Node(reported)
    if rights.there:
        for each in objects:
            each["Rekvisisjonsretter"] = []
        for right in rights.take(number):
            _add_right(right, own, objects, node)
    return person(node, position, interface="hpr-csv", history_reported=True)


def _authorisation(row: Row) -> Object:
    reported: Object = {
        "Helsepersonellkategori": _code(row, "Helsepersonellkategori"),
        "Autorisasjon": _code(row, "Autorisasjon"),
        "Gyldig": _period(row),
    }
    reported |= {name: _code(row, name) for name in ("KonvertertFraLand", "AvsluttetStatus") if row.has(name)}
    if row.has("GodkjentTurnus"):
        reported["GodkjentTurnus"] = _date(row, "GodkjentTurnus")
    return reported


def _add_right(right: Row, own: Sequence[Row], objects: Sequence[Object], node: Node) -> None:
    index = _authorisation_of(right, own)
    if index is None:
        text = f"line {right.line} of {RIGHTS} tells not to which authorisation it belongs"
        node.refuse("right-without-authorisation", "Rekvisisjonsretter", text)
        return
    reported: Object = {"Type": _code(right, "Rekvisisjonsrett", "Type"), "Gyldig": _period(right)}
    if right.has("AvsluttetStatus"):
        reported["AvsluttetStatus"] = _code(right, "AvsluttetStatus")
    rights = objects[index]["Rekvisisjonsretter"]
    assert isinstance(rights, list)
    rights.append(reported)


def _authorisation_of(right: Row, own: Sequence[Row]) -> int | None:
    """Index of the authorisation that the right belongs to; None when it cannot be told."""
    if stated := right.get("GodkjenningId"):
        return next((index for index, each in enumerate(own) if each.get("Id") == stated), None)
    profession = _value(right, "Helsepersonellkategori")
    start = _date(right, "GyldigFra") or ""
    candidates = [
        (_date(each, "GyldigFra") or "", index)
        for index, each in enumerate(own)
        if profession in (None, _value(each, "Helsepersonellkategori")) and _holds_at(each, start)
    ]
    if len({_value(own[index], "Helsepersonellkategori") for _, index in candidates}) != 1:
        return None
    return max(candidates)[1]


def _holds_at(authorisation: Row, moment: str) -> bool:
    end = _date(authorisation, "GyldigTil")
    return (_date(authorisation, "GyldigFra") or "") <= moment and (end is None or moment < end)


def _value(row: Row, *names: str) -> str | None:
    return (row.get(*names) or "").rpartition(":")[2].strip() or None


def _code(row: Row, *names: str) -> Object:
    return {"Verdi": _value(row, *names)}


def _date(row: Row, name: str) -> str | None:
    """As an ISO date, whose order as text is that of time."""
    text = row.get(name)
    match = _DATE.fullmatch(text) if text else None
    return f"{match[1]}-{match[2]}-{match[3]}{match[4]}" if match else text


def _period(row: Row) -> Object:
    return {"Fra": _date(row, "GyldigFra"), "Til": _date(row, "GyldigTil")}
