"""Edits of health personnel as an editor writes them."""

from typing import Any

from tests.conftest import Ask
from tests.support.provoking import ERRORS

ANY = 10**9  # an expected entry that nothing is newer than
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
Answer = dict[str, Any]


def document(verb: str, record: str = PERSON, beside: str = "") -> str:
    """The operation of a mutation. `beside` stands next to it and is answered after it."""
    types = INPUTS[verb] | {"dryRun": "Boolean", "reason": "String"}
    if verb != "Register":
        types |= {"expectedEntry": "EntryNumber!"} | ({} if verb == "Merge" else {"hprNumber": "HprNumber!"})
    declared = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    passed = ", ".join(f"{name}: ${name}" for name in types)
    impact = "impact { entries { entry key action } }"
    answer = f"{record} entry {impact} {ERRORS}"
    return f"mutation ({declared}) {{ healthProfessional{verb}({passed}) {{ {answer} }} {beside} }}"


DOCUMENTS = {verb: document(verb) for verb in INPUTS}


async def changed(edit: Ask, verb: str, number: int = NUMBER, **arguments: Any) -> Answer:
    """Payload of an edit of a professional, which has seen everything unless it says otherwise."""
    arguments = {"hprNumber": number, "expectedEntry": ANY} | arguments
    return (await edit(DOCUMENTS[verb], **arguments))[f"healthProfessional{verb}"]


async def registered(edit: Ask, number: int | None = NUMBER, **person: Any) -> Answer:
    """Payload of registering a person born in 1980."""
    validated_text = {"firstName": "Kari", "lastName": "Nordmann", "bornOn": "1980-05-17"} | person
    return await changed(edit, "Register", hprNumber=number, input=validated_text)


async def authorised(edit: Ask, number: int = NUMBER, *, end: str | None = None, **changes: Any) -> Answer:
    """Payload of granting a doctor's authorisation from 2010 on."""
    validated_text = {"profession": "LE", "kind": "1", "period": {"from": START, "to": end}} | changes
    return await changed(edit, "GrantAuthorisation", number, input=validated_text)


async def granted(edit: Ask, part: str, *, kind: str = "RequisitionRight", number: int = NUMBER, **more: Any) -> Answer:
    """Payload of granting something of type 1 on an authorisation from 2020 on."""
    validated_text = {"type": "1", "period": {"from": MIDDLE}} | more
    return await changed(edit, f"Grant{kind}", number, authorisation=part, input=validated_text)


async def suspended(edit: Ask, subject: str, start: str = MIDDLE, end: str | None = None, **more: Any) -> Answer:
    return await changed(edit, "AddSuspension", subject=subject, input={"period": {"from": start, "to": end}}, **more)


async def merged(edit: Ask, outgoing: int, surviving: int, **more: Any) -> Answer:
    arguments = {"outgoing": outgoing, "surviving": surviving, "expectedEntryOfOutgoing": ANY} | more
    arguments = {"expectedEntry": ANY} | arguments
    return (await edit(DOCUMENTS["Merge"], **arguments))["healthProfessionalMerge"]


async def doctor(edit: Ask, number: int = NUMBER, **authorisation: Any) -> str:
    """`partId` of the authorisation of a registered doctor."""
    await registered(edit, number)
    return newest(await authorised(edit, number, **authorisation))["partId"]


def newest(payload: Answer, kind: str | None = None) -> Answer:
    """The authorisation that was granted last, or what hangs on it of a `kind`."""
    authorisations = payload["healthProfessional"]["authorisations"]
    rows = authorisations if kind is None else [each for above in authorisations for each in above[kind]]
    return max(rows, key=lambda each: int(each["partId"].rpartition("-")[2]))


def refused(payload: Answer) -> list[tuple[str, str]]:
    """(rule, path) of each refusal."""
    return [(error["rule"], ".".join(error["path"])) for error in payload["userErrors"]]


def entries(payload: Answer) -> list[tuple[str, str]]:
    """(key, action) of each entry that a dry run would have written."""
    return [(entry["key"], entry["action"]) for entry in payload["impact"]["entries"]]
