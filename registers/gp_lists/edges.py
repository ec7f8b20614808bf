"""Edges to GP contracts by id and to patients, of whom each names the persons it has read."""

from registers.api.graph.edges import Edge
from registers.gp_lists.repository import contracts, patients

GP_CONTRACT = Edge(contracts.contracts)
GP_CONTRACTS_OF_OFFICE = Edge(contracts.contracts_of_offices)
COOP_MUNICIPALITIES = Edge(contracts.coop_municipalities)
DOCTOR_CYCLES_OF_CONTRACT = Edge(contracts.cycles_of_contracts)
DOCTOR_CYCLES_OF_PROFESSIONAL = Edge(contracts.cycles_of_professionals)
PARTIES_AT_OFFICE = Edge(contracts.parties_at_offices)
GP_OFFICE = Edge(contracts.offices)
TEAM = Edge(contracts.teams)
TEAM_MEMBERS = Edge(contracts.members_of_teams)
LOCATIONS_OF_CONTRACT = Edge(contracts.locations_of_contracts)
LOCATION_ADDRESSES = Edge(contracts.addresses_of_locations)
LOCATION_CONTACTS = Edge(contracts.contacts_of_locations)

PATIENT = Edge(patients.by_national_id, persons_of=lambda record: [record.person_id])
PERSON = Edge(patients.persons, persons_of=lambda found: [found.person.person_id])
ASSOCIATIONS_OF_PERSON = Edge(patients.associations_of, persons_of=lambda rows: {row.person_id for row in rows})
PATIENTS_OF_CONTRACT = Edge(patients.pages, persons_of=lambda page: {each.association.person_id for each in page})
PATIENT_COUNT = Edge(patients.counts)
