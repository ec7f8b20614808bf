"""Edges to communication parties, mostly by HER-id, and to certificates by thumbprint."""

from registers.api.graph.edges import Edge
from registers.communication_parties import repository

PARTY = Edge(repository.by_her_id)
CHILDREN = Edge(repository.children_of)
PARTIES_OF_ORGANISATION = Edge(repository.of_organisations)
PARTIES_OF_PROFESSIONAL = Edge(repository.of_professionals)
ELECTRONIC_ADDRESSES = Edge(repository.electronic_addresses_of)
PHYSICAL_ADDRESSES = Edge(repository.physical_addresses_of)
COVERAGE = Edge(repository.covered_by)
PROPERTIES = Edge(repository.properties_of)

CERTIFICATES = Edge(repository.certificates_of)
CERTIFICATE = Edge(repository.certificates_by_thumbprint)
USERS_OF_CERTIFICATE = Edge(repository.users_of_certificates)
