"""Edges to the log: what is known of a record by its register and key, and of an entry by its number."""

from registers.api.graph.edges import Edge
from registers.changelog import field_changes, repository

TRAIL = Edge(repository.trails)
TRAIL_LENGTH = Edge(repository.trail_lengths)
NEWEST_ENTRY = Edge(repository.newest_of_records)
CHANGES_OF_ENTRY = Edge(field_changes.of_entries, persons_of=lambda answers: answers.persons)
