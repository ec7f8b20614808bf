"""Edges to the log: what is known of a record by its register and key."""

from registers.api.graph.edges import Edge
from registers.changelog import repository

TRAIL = Edge(repository.trails)
TRAIL_LENGTH = Edge(repository.trail_lengths)
NEWEST_ENTRY = Edge(repository.newest_of_records)
