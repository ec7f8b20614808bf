"""Settings: environment variables `REGISTERS_*` (and `DATABASE_URL`), a `.env` file, nothing else."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="REGISTERS_", env_file=".env", extra="ignore")

    environment: Literal["development", "production"] = Field(
        default="development", description="Production refuses synthetic national ids and development keys."
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "REGISTERS_DATABASE_URL"),
        description="PostgreSQL 15 or newer; without it the embedded one is used (development).",
    )
    folder: Path = Field(default=Path(".registers"), description="Where embedded PostgreSQL and keys lie.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on; 0 = any free one.")
    queries_by_get: bool = Field(default=False, description="Answer GraphQL queries by GET as well.")
    body_bytes_max: int = Field(default=262_144, ge=1024, description="Largest request body, bytes.")
    anonymous: Literal["public", "nothing"] = Field(
        default="public", description="What a caller without a token may read: public registers or nothing."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="auto = console on a terminal, json otherwise."
    )

    def require_database_url(self) -> str:
        """The URL in the form SQLAlchemy's asyncpg dialect takes. Raises LookupError when unset."""
        if self.database_url is None:
            raise LookupError("DATABASE_URL is not set")
        return asyncpg_url(self.database_url.get_secret_value())


def asyncpg_url(url: str) -> str:
    """`postgres://…` and `postgresql://…` as `postgresql+asyncpg://…`."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+asyncpg"
    return scheme + separator + rest
