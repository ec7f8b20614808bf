"""Objects of HPR and FLR as DataContract XML, bare or in SOAP answers."""

from typing import Any
from xml.sax.saxutils import escape

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
FLR = "http://schemas.nhn.no/reg/flr"
HPR = "http://schemas.nhn.no/reg/HPRv2"
LIST_ELEMENTS = {
    "AdministrativeReaksjoner": "AdministrativReaksjon",
    "AlternativeIder": "AlternativId",
    "CoopMunicipalities": "Code",
    "DoctorCycles": "GPOnContractAssociation",
    "ElectronicAddresses": "ElectronicAddress",
    "Contracts": "Contract",
    "FysiskeAdresser": "FysiskAdresse",
    "Godkjenninger": "Godkjenning",
    "OutOfOfficeOffices": "OutOfOfficeLocation",
    "PatientList": "PatientToGPContractAssociation",
    "People": "Person",
    "PhysicalAddresses": "PhysicalAddress",
    "Rekvisisjonsretter": "Rekvisisjonsrett",
    "Spesialiteter": "Spesialitet",
    "Status": "Status",
    "Suspensjonsperioder": "Suspensjonsperiode",
    "Tilleggskompetanser": "Tilleggskompetanse",
    "Utdannelser": "Utdannelse",
    "Vilkår": "Vilkår",
    "WorkingOnDays": "DayOfWeek",
}
DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


def document(element: str, value: Any, namespace: str) -> str:
    """`value` is an object; or a list of (element, object) for an array around them."""
    return f'<{element} xmlns="{namespace}" xmlns:i="{INSTANCE}">{_content(value)}</{element}>'


def answer(operation: str, value: Any, namespace: str) -> str:
    """The SOAP answer of an operation; `value` as in `document`."""
    result = f"<{operation}Result>{_content(value)}</{operation}Result>"
    body = f'<{operation}Response xmlns="{namespace}" xmlns:i="{INSTANCE}">{result}</{operation}Response>'
    return f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Header/><s:Body>{body}</s:Body></s:Envelope>'


def _content(value: Any) -> str:
    members = value if isinstance(value, list) else value.items()
    return "".join(_element(name, each) for name, each in members)


def _element(name: str, value: Any) -> str:
    if value is None:
        return f'<{name} i:nil="true"/>'
    if isinstance(value, list):
        inner = LIST_ELEMENTS.get(name, "Item")
        return f"<{name}>{''.join(_element(inner, _listed(name, each)) for each in value)}</{name}>"
    if isinstance(value, dict):
        return f'<c:{name} xmlns:c="http://register.nhn.no/Common">{_content(value)}</c:{name}>'
    if isinstance(value, bool):
        return f"<{name}>{str(value).lower()}</{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"


def _listed(name: str, value: Any) -> Any:
    """A weekday by its name; what is none, 0.0 for one, as it is."""
    is_day = name == "WorkingOnDays" and isinstance(value, int) and value in range(len(DAYS))
    return DAYS[value] if is_day else value
