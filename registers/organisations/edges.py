"""Edges to organisations by number and to RESH units by id."""

from registers.api.graph.edges import Edge
from registers.organisations import repository

ORGANISATION = Edge(repository.by_number)
SUB_UNITS = Edge(repository.sub_units_of)
ADDRESSES = Edge(repository.addresses_of)
INDUSTRY_CODES = Edge(repository.industry_codes_of)
OPENING_HOURS = Edge(repository.opening_hours_of)
PROPERTIES = Edge(repository.properties_of)
SUCCESSIONS_FROM = Edge(repository.successors_of)
SUCCESSIONS_TO = Edge(repository.predecessors_of)

RESH_UNIT = Edge(repository.resh_by_id)
RESH_UNITS_BELOW = Edge(repository.resh_units_below)
RESH_UNITS_OF_ORGANISATION = Edge(repository.resh_units_of_organisations)
RESH_SUCCESSIONS_FROM = Edge(repository.resh_successors_of)
RESH_SUCCESSIONS_TO = Edge(repository.resh_predecessors_of)
