"""Edges to organisations by number and to RESH units by id."""

from registers.api.graph.edges import Edge
from registers.organisations.repository import organisations

ORGANISATION = Edge(organisations.by_number)
SUB_UNITS = Edge(organisations.sub_units_of)
ADDRESSES = Edge(organisations.addresses_of)
INDUSTRY_CODES = Edge(organisations.industry_codes_of)
OPENING_HOURS = Edge(organisations.opening_hours_of)
PROPERTIES = Edge(organisations.properties_of)
SUCCESSIONS_FROM = Edge(organisations.successors_of)
SUCCESSIONS_TO = Edge(organisations.predecessors_of)

RESH_UNIT = Edge(organisations.resh_by_id)
RESH_UNITS_BELOW = Edge(organisations.resh_units_below)
RESH_UNITS_OF_ORGANISATION = Edge(organisations.resh_units_of_organisations)
RESH_SUCCESSIONS_FROM = Edge(organisations.resh_successors_of)
RESH_SUCCESSIONS_TO = Edge(organisations.resh_predecessors_of)
