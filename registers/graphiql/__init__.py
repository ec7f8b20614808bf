"""GraphiQL, built once and served from here: no request leaves the network."""

from registers.graphiql.site import routes

__all__ = ["routes"]
