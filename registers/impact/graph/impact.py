"""The impact of a dry run in the graph."""

from __future__ import annotations

from datetime import datetime

import strawberry

from registers.api.graph import links
from registers.api.graph.context import Info
from registers.api.graph.enums import described
from registers.api.graph.links import LinkedGpContract, LinkedParty
from registers.changelog import repository as changelog
from registers.changelog.change import Entries
from registers.changelog.graph.entries import Change
from registers.core.identifiers import GpContractId, HerId
from registers.core.validity import Instant
from registers.impact import inherited, recipients

Contact = inherited.Contact
described(
    Contact,
    "What a sender uses of a party.",
    {
        Contact.ELECTRONIC_ADDRESSES: "Queues, EDI mailbox and other electronic addresses in effect.",
        Contact.PHYSICAL_ADDRESSES: "Physical addresses in effect.",
        Contact.TRANSPORT: "Whether AMQP transport is on.",
        Contact.ENCRYPTION_CERTIFICATE: "Certificate in effect to encrypt for it.",
        Contact.SIGNING_CERTIFICATE: "Certificate in effect to verify its signature.",
    },
)


@strawberry.type(description="A party for whom something else is in effect after the change.")
class PartyImpact:
    contacts: list[Contact] = strawberry.field(description="What differs.")
    since: datetime = strawberry.field(description="First moment at which it differs: now, or when a period turns.")
    inherited: bool = strawberry.field(description="True = nothing of the party's own changes; it inherits the change.")
    her_id: strawberry.Private[HerId]
    instant: strawberry.Private[Instant]

    @strawberry.field(description="The party as it would be; null = it would not exist.")
    async def communication_party(self, info: Info) -> LinkedParty | None:
        return await info.context.objects.load(info, links.PARTY, self.her_id, self.instant)


@strawberry.type(description="Patients about whom another party would be written to.")
class PatientImpact:
    since: datetime = strawberry.field(description="First moment at which it differs: now, or when a period turns.")
    patient_count: int = strawberry.field(description="How many patients.")
    contract_before_key: strawberry.Private[GpContractId | None]
    contract_after_key: strawberry.Private[GpContractId | None]
    her_id_before: strawberry.Private[HerId | None]
    her_id_after: strawberry.Private[HerId | None]
    entries: strawberry.Private[Entries]

    @strawberry.field(description="Their list before; null = they were on none.")
    async def contract_before(self, info: Info) -> LinkedGpContract | None:
        return await info.context.objects.load(
            info, links.GP_CONTRACT, self.contract_before_key, self.entries.before(self.since)
        )

    @strawberry.field(description="Their list after; null = they are on none.")
    async def contract_after(self, info: Info) -> LinkedGpContract | None:
        return await info.context.objects.load(
            info, links.GP_CONTRACT, self.contract_after_key, self.entries.after(self.since)
        )

    @strawberry.field(description="The party written to before; null = there was none.")
    async def before(self, info: Info) -> LinkedParty | None:
        return await info.context.objects.load(info, links.PARTY, self.her_id_before, self.entries.before(self.since))

    @strawberry.field(description="The party written to after; null = there is none.")
    async def after(self, info: Info) -> LinkedParty | None:
        return await info.context.objects.load(info, links.PARTY, self.her_id_after, self.entries.after(self.since))


@strawberry.type(description="What a dry run would have done.")
class Impact:
    made: strawberry.Private[Entries]

    @strawberry.field(
        description="Entries of the log that would be written, with the numbers they would have if nobody came before."
    )
    async def entries(self, info: Info) -> list[Change]:
        async with info.context.source.reading() as session:
            return [Change.of(entry) for entry in await changelog.between(session, self.made.first, self.made.last)]

    @strawberry.field(
        description="Parties whose addresses, transport or certificates in effect would differ, those who inherit "
        "from a changed organisation included, by HER-id."
    )
    async def parties(self, info: Info) -> list[PartyImpact]:
        async with info.context.source.reading() as session:
            found = await inherited.parties_affected(session, self.made)
        return [
            PartyImpact(
                contacts=each.contacts,
                since=each.since,
                inherited=each.inherited,
                her_id=each.her_id,
                instant=self.made.after(each.since),
            )
            for each in found
        ]

    @strawberry.field(description="Patients for whom the HER-id of the GP would differ, by list before and after.")
    async def patients(self, info: Info) -> list[PatientImpact]:
        async with info.context.source.reading() as session:
            found = await recipients.patients_affected(session, self.made)
        return [
            PatientImpact(
                since=each.since,
                patient_count=each.patients,
                contract_before_key=each.contract_before,
                contract_after_key=each.contract_after,
                her_id_before=each.her_id_before,
                her_id_after=each.her_id_after,
                entries=self.made,
            )
            for each in found
        ]
