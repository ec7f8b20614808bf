"""Edges to code systems and their codes."""

from registers.api.graph.edges import Edge
from registers.code_systems import repository

CODE = Edge(repository.by_key)
CODE_SYSTEM = Edge(repository.systems)
CODES_OF_SYSTEM = Edge(repository.codes_of)
