"""GraphiQL, built beforehand and served from here, so that no request goes to another host."""

from registers.graphiql.site import routes

__all__ = ["routes"]
