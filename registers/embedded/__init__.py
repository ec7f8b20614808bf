"""PostgreSQL and identity provider for development only."""
