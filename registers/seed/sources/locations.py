"""Addresses of the synthetic enterprises: real municipalities, invented streets.

Municipality numbers and names: SSB Klass 131 as of 2024-01-01. Postal codes look like those of the
county and belong to one municipality each; they are not the real ones.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from registers.seed.sources.draw import pick, share, words

STREET_STEMS = words(
    "Granbar Tyttebær Bjørkekvist Snøfnugg Multebær Lyngtust Måneskinn Rognebær Blåveis Hestehov "
    "Kongle Vårløsning Elvesus Soleie Nattergal Regnbue Kløvereng Furukvae Fjærskjell Morgengry "
    "Åkerrikse Østavind Ærfugl Čáhci Muohta"
)
STREET_ENDINGS = ("veien", "gata", "stien", "bakken", "tunet", "svingen", "kroken", "alleen")
POSTAL_CODES_PER_MUNICIPALITY = 8
CORE = ("0301", "1103", "1508", "1804", "3201", "3405", "4204", "4601", "5001", "5041", "5501", "5612")
"""Municipality numbers of the first twelve: big and small, from every part of the country."""


class Municipality(NamedTuple):
    number: str  # 3402
    name: str
    first_postal_code: int

    @property
    def city(self) -> str:
        """Postal town: the name in capitals, without the county that tells two of that name apart."""
        return self.name.split(" (")[0].upper()


class Address(NamedTuple):
    street: str
    postal_code: str
    municipality: Municipality


@dataclass(frozen=True, slots=True)
class County:
    number: str  # 3404
    name: str
    postal_codes: range
    members: str  # last two digits and name of each municipality


COUNTIES = (
    County(
        "03",
        "Oslo",
        range(100, 1300),
        "01 Oslo",
    ),
    County(
        "11",
        "Rogaland",
        range(4000, 4400),
        "01 Eigersund, 03 Stavanger, 06 Haugesund, 08 Sandnes, 11 Sokndal, 12 Lund, 14 Bjerkreim, "
        "19 Hå, 20 Klepp, 21 Time, 22 Gjesdal, 24 Sola, 27 Randaberg, 30 Strand, 33 Hjelmeland, 34 "
        "Suldal, 35 Sauda, 44 Kvitsøy, 45 Bokn, 46 Tysvær, 49 Karmøy, 51 Utsira, 60 Vindafjord",
    ),
    County(
        "15",
        "Møre og Romsdal",
        range(6000, 6700),
        "05 Kristiansund, 06 Molde, 08 Ålesund, 11 Vanylven, 14 Sande, 15 Herøy (Møre og Romsdal), "
        "16 Ulstein, 17 Hareid, 20 Ørsta, 25 Stranda, 28 Sykkylven, 31 Sula, 32 Giske, 35 Vestnes, "
        "39 Rauma, 47 Aukra, 54 Averøy, 57 Gjemnes, 60 Tingvoll, 63 Sunndal, 66 Surnadal, 73 Smøla, "
        "76 Aure, 77 Volda, 78 Fjord, 79 Hustadvika, 80 Haram",
    ),
    County(
        "18",
        "Nordland",
        range(8000, 9000),
        "04 Bodø, 06 Narvik, 11 Bindal, 12 Sømna, 13 Brønnøy, 15 Vega, 16 Vevelstad, 18 Herøy "
        "(Nordland), 20 Alstahaug, 22 Leirfjord, 24 Vefsn, 25 Grane, 26 Hattfjelldal, 27 Dønna, 28 "
        "Nesna, 32 Hemnes, 33 Rana, 34 Lurøy, 35 Træna, 36 Rødøy, 37 Meløy, 38 Gildeskål, 39 "
        "Beiarn, 40 Saltdal, 41 Fauske, 45 Sørfold, 48 Steigen, 51 Lødingen, 53 Evenes, 56 Røst, 57 "
        "Værøy, 59 Flakstad, 60 Vestvågøy, 65 Vågan, 66 Hadsel, 67 Bø, 68 Øksnes, 70 Sortland, 71 "
        "Andøy, 74 Moskenes, 75 Hamarøy",
    ),
    County(
        "31",
        "Østfold",
        range(1500, 1900),
        "01 Halden, 03 Moss, 05 Sarpsborg, 07 Fredrikstad, 10 Hvaler, 12 Råde, 14 Våler (Østfold), "
        "16 Skiptvet, 18 Indre Østfold, 20 Rakkestad, 22 Marker, 24 Aremark",
    ),
    County(
        "32",
        "Akershus",
        range(1900, 2200),
        "01 Bærum, 03 Asker, 05 Lillestrøm, 07 Nordre Follo, 09 Ullensaker, 12 Nesodden, 14 Frogn, "
        "16 Vestby, 18 Ås, 20 Enebakk, 22 Lørenskog, 24 Rælingen, 26 Aurskog-Høland, 28 Nes, 30 "
        "Gjerdrum, 32 Nittedal, 34 Lunner, 36 Jevnaker, 38 Nannestad, 40 Eidsvoll, 42 Hurdal",
    ),
    County(
        "33",
        "Buskerud",
        range(3300, 3700),
        "01 Drammen, 03 Kongsberg, 05 Ringerike, 10 Hole, 12 Lier, 14 Øvre Eiker, 16 Modum, 18 "
        "Krødsherad, 20 Flå, 22 Nesbyen, 24 Gol, 26 Hemsedal, 28 Ål, 30 Hol, 32 Sigdal, 34 "
        "Flesberg, 36 Rollag, 38 Nore og Uvdal",
    ),
    County(
        "34",
        "Innlandet",
        range(2200, 3000),
        "01 Kongsvinger, 03 Hamar, 05 Lillehammer, 07 Gjøvik, 11 Ringsaker, 12 Løten, 13 Stange, 14 "
        "Nord-Odal, 15 Sør-Odal, 16 Eidskog, 17 Grue, 18 Åsnes, 19 Våler (Innlandet), 20 Elverum, "
        "21 Trysil, 22 Åmot, 23 Stor-Elvdal, 24 Rendalen, 25 Engerdal, 26 Tolga, 27 Tynset, 28 "
        "Alvdal, 29 Folldal, 30 Os, 31 Dovre, 32 Lesja, 33 Skjåk, 34 Lom, 35 Vågå, 36 Nord-Fron, 37 "
        "Sel, 38 Sør-Fron, 39 Ringebu, 40 Øyer, 41 Gausdal, 42 Østre Toten, 43 Vestre Toten, 46 "
        "Gran, 47 Søndre Land, 48 Nordre Land, 49 Sør-Aurdal, 50 Etnedal, 51 Nord-Aurdal, 52 Vestre "
        "Slidre, 53 Øystre Slidre, 54 Vang",
    ),
    County(
        "39",
        "Vestfold",
        range(3100, 3300),
        "01 Horten, 03 Holmestrand, 05 Tønsberg, 07 Sandefjord, 09 Larvik, 11 Færder",
    ),
    County(
        "40",
        "Telemark",
        range(3700, 4000),
        "01 Porsgrunn, 03 Skien, 05 Notodden, 10 Siljan, 12 Bamble, 14 Kragerø, 16 Drangedal, 18 "
        "Nome, 20 Midt-Telemark, 22 Seljord, 24 Hjartdal, 26 Tinn, 28 Kviteseid, 30 Nissedal, 32 "
        "Fyresdal, 34 Tokke, 36 Vinje",
    ),
    County(
        "42",
        "Agder",
        range(4400, 5000),
        "01 Risør, 02 Grimstad, 03 Arendal, 04 Kristiansand, 05 Lindesnes, 06 Farsund, 07 "
        "Flekkefjord, 11 Gjerstad, 12 Vegårshei, 13 Tvedestrand, 14 Froland, 15 Lillesand, 16 "
        "Birkenes, 17 Åmli, 18 Iveland, 19 Evje og Hornnes, 20 Bygland, 21 Valle, 22 Bykle, 23 "
        "Vennesla, 24 Åseral, 25 Lyngdal, 26 Hægebostad, 27 Kvinesdal, 28 Sirdal",
    ),
    County(
        "46",
        "Vestland",
        range(5000, 6000),
        "01 Bergen, 02 Kinn, 11 Etne, 12 Sveio, 13 Bømlo, 14 Stord, 15 Fitjar, 16 Tysnes, 17 "
        "Kvinnherad, 18 Ullensvang, 19 Eidfjord, 20 Ulvik, 21 Voss, 22 Kvam, 23 Samnanger, 24 "
        "Bjørnafjorden, 25 Austevoll, 26 Øygarden, 27 Askøy, 28 Vaksdal, 29 Modalen, 30 Osterøy, 31 "
        "Alver, 32 Austrheim, 33 Fedje, 34 Masfjorden, 35 Gulen, 36 Solund, 37 Hyllestad, 38 "
        "Høyanger, 39 Vik, 40 Sogndal, 41 Aurland, 42 Lærdal, 43 Årdal, 44 Luster, 45 Askvoll, 46 "
        "Fjaler, 47 Sunnfjord, 48 Bremanger, 49 Stad, 50 Gloppen, 51 Stryn",
    ),
    County(
        "50",
        "Trøndelag",
        range(7000, 8000),
        "01 Trondheim, 06 Steinkjer, 07 Namsos, 14 Frøya, 20 Osen, 21 Oppdal, 22 Rennebu, 25 Røros, "
        "26 Holtålen, 27 Midtre Gauldal, 28 Melhus, 29 Skaun, 31 Malvik, 32 Selbu, 33 Tydal, 34 "
        "Meråker, 35 Stjørdal, 36 Frosta, 37 Levanger, 38 Verdal, 41 Snåsa, 42 Lierne, 43 Røyrvik, "
        "44 Namsskogan, 45 Grong, 46 Høylandet, 47 Overhalla, 49 Flatanger, 52 Leka, 53 Inderøy, 54 "
        "Indre Fosen, 55 Heim, 56 Hitra, 57 Ørland, 58 Åfjord, 59 Orkland, 60 Nærøysund, 61 Rindal",
    ),
    County(
        "55",
        "Troms",
        range(9000, 9500),
        "01 Tromsø, 03 Harstad, 10 Kvæfjord, 12 Tjeldsund, 14 Ibestad, 16 Gratangen, 18 Lavangen, "
        "20 Bardu, 22 Salangen, 24 Målselv, 26 Sørreisa, 28 Dyrøy, 30 Senja, 32 Balsfjord, 34 "
        "Karlsøy, 36 Lyngen, 38 Storfjord, 40 Kåfjord, 42 Skjervøy, 44 Nordreisa, 46 Kvænangen",
    ),
    County(
        "56",
        "Finnmark",
        range(9500, 10000),
        "01 Alta, 03 Hammerfest, 05 Sør-Varanger, 07 Vadsø, 10 Karasjok, 12 Kautokeino, 14 Loppa, "
        "16 Hasvik, 18 Måsøy, 20 Nordkapp, 22 Porsanger, 24 Lebesby, 26 Gamvik, 28 Tana, 30 "
        "Berlevåg, 32 Båtsfjord, 34 Vardø, 36 Nesseby",
    ),
)


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 357, the core first, then by number."""
    found: list[Municipality] = []
    for county in COUNTIES:
        members = county.members.split(", ")
        step = len(county.postal_codes) // len(members)
        for index, member in enumerate(members):
            code, _, name = member.partition(" ")
            first = county.postal_codes.start + index * step
            found.append(Municipality(county.number + code, name, first))
    return tuple(sorted(found, key=lambda each: (each.number not in CORE, each.number)))


def address(index: int, municipality: Municipality) -> Address:
    """The address drawn for `index`."""
    street = pick("street", index, STREET_STEMS) + pick("street ending", index, STREET_ENDINGS)
    code = municipality.first_postal_code + share("postal code", index, POSTAL_CODES_PER_MUNICIPALITY)
    return Address(f"{street} {1 + share('house', index, 98)}", f"{code:04}", municipality)
