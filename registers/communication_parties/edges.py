"""Edges to communication parties, mostly by HER-id, and to certificates by thumbprint."""

from registers.api.graph.edges import Edge
from registers.communication_parties.repository import parties

PARTY = Edge(parties.by_her_id)
CHILDREN = Edge(parties.children_of)
PARTIES_OF_ORGANISATION = Edge(parties.of_organisations)
PARTIES_OF_PROFESSIONAL = Edge(parties.of_professionals)
ELECTRONIC_ADDRESSES = Edge(parties.electronic_addresses_of)
PHYSICAL_ADDRESSES = Edge(parties.physical_addresses_of)
COVERAGE = Edge(parties.covered_by)
PROPERTIES = Edge(parties.properties_of)

CERTIFICATES = Edge(parties.certificates_of)
CERTIFICATE = Edge(parties.certificates_by_thumbprint)
USERS_OF_CERTIFICATE = Edge(parties.users_of_certificates)
