"""Codes of health personnel, GP lists and persons, with the texts that the sources use.

The national values of 7755, of the end reasons of contracts and of reactions that do not suspend are not public:
STUDENTS, AGREEMENT_ENDED and WARNING are our own.
"""

from typing import NamedTuple


class Code(NamedTuple):
    system: int  # 0 = a system without a number
    value: str
    name: str


PROFESSIONS = {
    value: Code(9060, value, name)
    for value, name in {
        "AA": "Ambulansearbeider",
        "BI": "Bioingeniør",
        "ET": "Ergoterapeut",
        "FA1": "Provisorfarmasøyt",
        "FT": "Fysioterapeut",
        "HF": "Helsefagarbeider",
        "JO": "Jordmor",
        "KI": "Kiropraktor",
        "LE": "Lege",
        "PS": "Psykolog",
        "RA": "Radiograf",
        "SP": "Sykepleier",
        "TL": "Tannlege",
        "VP": "Vernepleier",
    }.items()
}
AUTHORISATION = Code(7704, "1", "Autorisasjon")
LICENCE = Code(7704, "2", "Lisens")
STUDENT_LICENCE = Code(7704, "3", "Studentlisens")
FULL_RIGHT = Code(7701, "1", "Full rekvisisjonsrett")
LIMITED_RIGHT = Code(7701, "2", "Begrenset rekvisisjonsrett")
GENERAL_MEDICINE = Code(7426, "1", "Allmennmedisin")
ORTHOPAEDICS = Code(7426, "152", "Ortopedisk kirurgi")
SICK_NOTE_COURSE = Code(7702, "1", "Sykmeldingskurs")
GP_WITH_REIMBURSEMENT = Code(7702, "3", "Allmenlege med trygderefusjon")  # the spelling of the source
WITHDRAWN = Code(0, "1", "Tilbakekalt")
ANNULLED = Code(0, "2", "Vedtak ugyldiggjort")
RENOUNCED = Code(0, "3", "Frivillig avkall")
ENDED = Code(0, "99", "Avsluttet")
SUSPENDING = tuple(Code(0, value, "Administrativ reaksjon") for value in ("1", "5", "8"))
WARNING = Code(0, "2", "Advarsel")
WOMAN, MAN = Code(3101, "2", "Kvinne"), Code(3101, "1", "Mann")
NORWAY, SWEDEN = Code(9043, "NO", "Norge"), Code(9043, "SE", "Sverige")
SWEDISH_ID = Code(8116, "SEF", "Svensk fødselsnummer")
VISITING_ADDRESS, POSTAL_ADDRESS = Code(3401, "RES", "Besøksadresse"), Code(3401, "PST", "Postadresse")
PHONE = Code(9044, "E_TLF", "Telefonnummer")

GP, SUBSTITUTE, PART_LIST_DOCTOR = (
    Code(7750, "LPFL", "Fastlege"),
    Code(7750, "LPVI", "Vikar"),
    Code(7750, "LPDL", "Delelistelege"),
)
OPEN, CLOSED, LOCKED = Code(7751, "FAAA", "Åpen"), Code(7751, "LUKKET", "Lukket"), Code(7751, "LAAST", "Låst")
LEFT_THE_SCHEME = Code(7753, "OHID", "Ut av ordningen")
AGREEMENT_ENDED = Code(7753, "AVSL", "Avtalen er avsluttet")
STUDENTS = Code(7755, "STUD", "Studenter")
