"""Edges to health professionals by HPR number."""

from registers.api.graph.edges import Edge
from registers.personnel.repository import professionals as repository

PROFESSIONAL = Edge(repository.by_hpr_number)
SURVIVING_PROFESSIONAL = Edge(repository.surviving)
REPLACED_BY = Edge(repository.replaced_by)
FORMER_NUMBERS = Edge(repository.former_numbers)
MERGER = Edge(repository.mergers)

HOLDING = Edge(repository.holdings)
EDUCATIONS = Edge(repository.educations_of)
ALTERNATIVE_IDS = Edge(repository.alternative_ids_of)
ADDRESSES = Edge(repository.addresses_of)
