"""PostgreSQL for development and tests, without installing it."""
