"""Edits of health personnel as an editor sends them."""

from typing import Any

from tests.conftest import Ask
from tests.support.requests import ANY, Payload, mutation

NUMBER = 900_200_001
START, MIDDLE, LATER, END = (f"{year}-01-01T00:00:00+00:00" for year in (2010, 2020, 2025, 2030))

PARTS = """partId period { from to } endedStatus { value } type { value }"""
PERSON = f"""healthProfessional {{
  hprNumber fullName bornOn diedOn sex {{ value }} citizenship {{ value }} referenceOnly lastEntry
  administrativeReactions {{ partId type {{ value }} period {{ from to }} }}
  educations {{ partId institution country {{ value }} }} alternativeIds {{ partId type {{ value }} value }}
  authorisations {{
    partId valid profession {{ value }} kind {{ value }} period {{ from to }} endedStatus {{ value }}
    internshipApprovedOn convertedFromCountry {{ value }}
    requisitionRights {{ {PARTS} valid suspensions {{ partId period {{ from to }} }} }}
    specialities {{ {PARTS} valid convertedFromCountry {{ value }} }} additionalCompetences {{ {PARTS} valid }}
    suspensions {{ partId period {{ from to }} }} administrativeReactions {{ partId type {{ value }} period {{ to }} }}
    conditions {{ partId text type {{ system value }} }} educations {{ institution }}
  }}
}}"""
INPUTS = {
    "Register": {"input": "HealthProfessionalRegisterInput!", "hprNumber": "HprNumber"},
    "ChangePerson": {"input": "HealthProfessionalPersonInput!"},
    "GrantAuthorisation": {"input": "AuthorisationInput!"},
    "ChangeAuthorisation": {"authorisation": "HprPartId!", "input": "AuthorisationChangeInput!"},
    "EndAuthorisation": {"authorisation": "HprPartId!", "input": "EndInput!"},
    "GrantRequisitionRight": {"authorisation": "HprPartId!", "input": "HeldInput!"},
    "ChangeRequisitionRight": {"requisitionRight": "HprPartId!", "input": "HeldChangeInput!"},
    "EndRequisitionRight": {"requisitionRight": "HprPartId!", "input": "EndInput!"},
    "GrantSpeciality": {"authorisation": "HprPartId!", "input": "SpecialityInput!"},
    "ChangeSpeciality": {"speciality": "HprPartId!", "input": "HeldChangeInput!"},
    "EndSpeciality": {"speciality": "HprPartId!", "input": "EndInput!"},
    "GrantAdditionalCompetence": {"authorisation": "HprPartId!", "input": "HeldInput!"},
    "ChangeAdditionalCompetence": {"additionalCompetence": "HprPartId!", "input": "HeldChangeInput!"},
    "EndAdditionalCompetence": {"additionalCompetence": "HprPartId!", "input": "EndInput!"},
    "AddSuspension": {"subject": "HprPartId!", "input": "SuspensionInput!"},
    "EndSuspension": {"suspension": "HprPartId!", "to": "DateTime"},
    "AddAdministrativeReaction": {"subject": "HprPartId", "input": "AdministrativeReactionInput!"},
    "EndAdministrativeReaction": {"administrativeReaction": "HprPartId!", "to": "DateTime"},
    "SetCondition": {
        "authorisation": "HprPartId!",
        "condition": "HprPartId",
        "input": "AuthorisationConditionInput!",
    },
    "AddEducation": {"input": "EducationInput!"},
    "AddAlternativeId": {"input": "AlternativeIdInput!"},
    "RemovePart": {"part": "HprPartId!"},
    "Merge": {"outgoing": "HprNumber!", "surviving": "HprNumber!", "expectedEntryOfOutgoing": "EntryNumber!"},
}


def document(verb: str, record: str = PERSON, beside: str = "") -> str:
    """The document of an edit. `beside` is answered after it."""
    types = INPUTS[verb]
    if verb != "Register":
        types = types | {"expectedEntry": "EntryNumber!"} | ({} if verb == "Merge" else {"hprNumber": "HprNumber!"})
    return mutation(f"healthProfessional{verb}", record, beside=beside, **types)


DOCUMENTS = {verb: document(verb) for verb in INPUTS}


async def changed(edit: Ask, verb: str, number: int = NUMBER, **arguments: Any) -> Payload:
    """Payload of an edit of a professional, which has seen everything unless it says otherwise."""
    arguments = {"hprNumber": number, "expectedEntry": ANY} | arguments
    return (await edit(DOCUMENTS[verb], **arguments))[f"healthProfessional{verb}"]


async def registered(edit: Ask, number: int | None = NUMBER, **person: Any) -> Payload:
    """Payload of registering a person born in 1980."""
    asked = {"firstName": "Kari", "lastName": "Nordmann", "bornOn": "1980-05-17"} | person
    return await changed(edit, "Register", hprNumber=number, input=asked)


async def authorised(edit: Ask, number: int = NUMBER, *, end: str | None = None, **changes: Any) -> Payload:
    """Payload of granting a doctor's authorisation from 2010 on."""
    asked = {"profession": "LE", "kind": "1", "period": {"from": START, "to": end}} | changes
    return await changed(edit, "GrantAuthorisation", number, input=asked)


async def granted(
    edit: Ask, part: str, *, kind: str = "RequisitionRight", number: int = NUMBER, **more: Any
) -> Payload:
    """Payload of granting something of type 1 on an authorisation from 2020 on."""
    asked = {"type": "1", "period": {"from": MIDDLE}} | more
    return await changed(edit, f"Grant{kind}", number, authorisation=part, input=asked)


async def suspended(edit: Ask, subject: str, start: str = MIDDLE, end: str | None = None, **more: Any) -> Payload:
    return await changed(edit, "AddSuspension", subject=subject, input={"period": {"from": start, "to": end}}, **more)


async def merged(edit: Ask, outgoing: int, surviving: int, **more: Any) -> Payload:
    arguments = {"outgoing": outgoing, "surviving": surviving, "expectedEntryOfOutgoing": ANY} | more
    arguments = {"expectedEntry": ANY} | arguments
    return (await edit(DOCUMENTS["Merge"], **arguments))["healthProfessionalMerge"]


async def doctor(edit: Ask, number: int = NUMBER, **authorisation: Any) -> str:
    """`partId` of the authorisation of a registered doctor."""
    await registered(edit, number)
    return newest(await authorised(edit, number, **authorisation))["partId"]


def newest(payload: Payload, kind: str | None = None) -> Payload:
    """The authorisation that was granted last, or what hangs on it of a `kind`."""
    authorisations = payload["healthProfessional"]["authorisations"]
    rows = authorisations if kind is None else [each for above in authorisations for each in above[kind]]
    return max(rows, key=lambda each: int(each["partId"].rpartition("-")[2]))
