"""The formats of the registers: what each is called, how it is recognised and what reads it.

Titles and notes are shown to users.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass

from registers.communication_parties.intake.snapshot import PartySnapshot
from registers.communication_parties.x509 import CertificateSnapshot
from registers.exchange.formats import brreg, certificates, preg, resh
from registers.exchange.formats.ar import legacy, rest
from registers.exchange.formats.flr import gp_details, team
from registers.exchange.formats.flr import lists as flr
from registers.exchange.formats.hpr import csv_export, soap
from registers.exchange.formats.hpr import rest as hpr_rest
from registers.exchange.reading.documents import Broken, IsRecord
from registers.exchange.reading.files import Source
from registers.exchange.reading.xml_documents import xml_documents
from registers.gp_lists.intake.snapshot import (
    GpContractSnapshot,
    PatientAssociationSnapshot,
    PatientPersonSnapshot,
    TeamSnapshot,
)
from registers.organisations.intake.snapshot import OrganisationSnapshot, ReshUnitSnapshot
from registers.personnel.intake.snapshot import HealthProfessionalSnapshot

Record = (
    PartySnapshot
    | CertificateSnapshot
    | OrganisationSnapshot
    | ReshUnitSnapshot
    | HealthProfessionalSnapshot
    | GpContractSnapshot
    | PatientAssociationSnapshot
    | PatientPersonSnapshot
    | TeamSnapshot
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format in which a register is written to a file."""

    name: str
    title: str
    read: Callable[[Source], Iterator[Record | Broken]]
    json: IsRecord | None = None  # whether an object of JSON with these keys is a record
    xml: IsRecord | None = None  # whether an element of XML with these elements is one
    lists: Set[str] = frozenset()  # keys or elements around records, by which an empty list is recognised
    bare: Callable[[Source], bool] | None = None  # whether a file that is neither JSON nor XML has this format
    note: str | None = None  # why files of this format have no records


def _read_nothing(source: Source) -> Iterator[Broken]:
    yield from ()


def _read_fault(source: Source) -> Iterator[Broken]:
    for found in xml_documents(source, lambda keys: False):
        if isinstance(found, Broken):
            yield found


def _is_export(keys: Set[str]) -> bool:
    return {"lastsequencenumber", "communicationparties"} <= keys


def _is_event(keys: Set[str]) -> bool:
    return {"sequencenumber", "eventtype"} <= keys or keys == {"results", "count"}


KNOWN = (
    Format(  # before ar-legacy: a team has "people" too
        name="flr-team",
        title="Fastlegeregisteret, primary health care teams (XML or JSON)",
        read=team.read,
        json=team.is_team,
        xml=team.is_team,
        lists=frozenset({"arrayofprimaryhealthcareteam", "getprimaryhealthcareteamresponse"}),
    ),
    Format(
        name="ar-rest",
        title="Adresseregisteret, CommunicationParty Api v1 (JSON)",
        read=rest.read,
        json=rest.is_party,
        lists=frozenset({"communicationparties"}),
    ),
    Format(
        name="ar-legacy",
        title="Adresseregisteret, old model (SOAP or DataContract XML, JSON)",
        read=legacy.read,
        json=legacy.is_wrapped_party,
        xml=legacy.is_party,
        lists=frozenset(
            {"arrayofcommunicationparty", "arrayoforganization", "arrayofservice"}
            | {"arrayoforganizationperson", "getcommunicationpartydetailsresponse"}
            | {"getorganizationdetailsresponse", "getservicedetailsresponse"}
            | {"getorganizationpersondetailsresponse", "searchbyidresponse", "searchresponse"}
        ),
    ),
    Format(
        name="ar-certificates",
        title="Adresseregisteret, certificates (JSON or XML)",
        read=certificates.read,
        json=certificates.is_certificate,
        xml=certificates.is_certificate,
        lists=frozenset({"certificatedetails", "arrayofcertificatedetails"}),
    ),
    Format(
        name="brreg",
        title="Enhetsregisteret, enheter or underenheter (JSON)",
        read=brreg.read,
        json=brreg.is_unit,
        lists=frozenset({"enheter", "underenheter"}),
    ),
    Format(
        name="resh-json",
        title="RESH units in the shape of this service (JSON)",
        read=resh.read,
        json=resh.is_unit,
    ),
    Format(
        name="hpr-soap",
        title="Helsepersonellregisteret, SOAP (XML or JSON)",
        read=soap.read,
        json=soap.is_person,
        xml=soap.is_person,
        lists=frozenset(
            {"hentpersonresponse", "hentpersonmedhistorikkresponse", "hentpersonmedpersonnummerresponse"}
            | {"hentpersonerresponse", "søkresponse", "søk2response", "hentregisterendringerresponse"}
        ),
    ),
    Format(
        name="hpr-rest",
        title="Helsepersonellregisteret, Offentlig API (JSON)",
        read=hpr_rest.read,
        json=hpr_rest.is_person,
    ),
    Format(
        name="hpr-csv",
        title="Helsepersonellregisteret, old export (ZIP with personer.csv)",
        read=csv_export.read,
        bare=csv_export.is_export,
    ),
    Format(
        name="flr-contracts",
        title="Fastlegeregisteret, GP contracts (XML or JSON, or a ZIP of these)",
        read=flr.read_contracts,
        json=flr.is_contract,
        xml=flr.is_contract,
        lists=frozenset(
            {"arrayofgpcontract", "getgpcontractresponse", "getgpcontractsonofficeresponse"}
            | {"querygpcontractsresponse", "getgpcontractfornavresponse"}
        ),
    ),
    Format(
        name="flr-gp",
        title="Fastlegeregisteret, doctors with their contracts (XML or JSON)",
        read=gp_details.read,
        json=gp_details.is_doctor,
        xml=gp_details.is_doctor,
        lists=frozenset({"getgpwithassociatedgpcontractsresponse", "searchforgpresponse"}),
    ),
    Format(
        name="flr-patient",
        title="Fastlegeregisteret, patients' places on GP lists (XML or JSON)",
        read=flr.read_patients,
        json=flr.is_association,
        xml=flr.is_association,
        lists=frozenset(
            {"arrayofpatienttogpcontractassociation", "getpatientgpdetailsresponse", "getgppatientlistresponse"}
            | {"getpatientsgpdetailsresponse", "getpatientsgpdetailsattimeresponse", "getpatientgphistoryresponse"}
        ),
    ),
    Format(
        name="preg-persons",
        title="Personregisteret (PREG), persons (JSON)",
        read=preg.read,
        json=preg.is_person,
        lists=frozenset({"persons"}),
    ),
    Format(
        name="certificate",
        title="X.509 certificates (DER, PEM or base64)",
        read=certificates.read_bare,
        bare=certificates.is_bare,
    ),
    Format(
        name="ar-rest-export",
        title="Adresseregisteret, CommunicationParty Api v1, list of HER-ids",
        read=_read_nothing,
        json=_is_export,
        note="is a list of HER-ids and holds no parties: fetch them a hundred at a time",
    ),
    Format(
        name="ar-rest-events",
        title="Adresseregisteret, CommunicationParty Api v1, events",
        read=_read_nothing,
        json=_is_event,
        note="is a page of events and holds no parties: fetch those it names",
    ),
    Format(
        name="soap-fault",
        title="a SOAP fault",
        read=_read_fault,
        xml=lambda keys: keys == {"fault"},
        note="is a refusal by the register and holds no records",
    ),
)
