"""Development tokens: signed with a key that is stored beside the embedded database and is of no use elsewhere."""

import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from registers.core.caller import Caller, Role
from registers.core.errors import NotAuthenticated

ISSUER = "http://127.0.0.1/development"
LIFETIME = timedelta(days=30)
KEY_BYTES = 32
TOKENS_MAX = 256  # verified signatures that are cached; a caller sends the same token with each request


class DevelopmentTokens:
    """Issues and verifies tokens of callers who exist on this machine only."""

    def __init__(self, folder: Path) -> None:
        self._key = OctKey.import_key(_key(folder / "development-token.key"))
        self._claims_of = lru_cache(maxsize=TOKENS_MAX)(self._decode)

    def issue(self, role: Role, *, now: datetime, organisation_number: str | None = None) -> str:
        claims = {
            "iss": ISSUER,
            "sub": f"development-{role.value}",
            "role": role.value,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
        }
        if organisation_number:
            claims["organisation_number"] = organisation_number
        return jwt.encode({"alg": "HS256"}, claims, self._key)

    def verify(self, token: str, *, now: datetime) -> Caller:
        """The caller the token names. Raises NotAuthenticated, whose message gives no details."""
        try:
            claims = self._claims_of(token)
            if claims.get("iss") != ISSUER or int(claims["exp"]) <= now.timestamp():
                raise NotAuthenticated("The token has expired or is not of this service")
            return Caller(str(claims["sub"]), Role(claims["role"]), claims.get("organisation_number"))
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise NotAuthenticated("The token cannot be verified") from error

    def _decode(self, token: str) -> dict[str, Any]:
        """Claims of a token that is signed by us, expired or not."""
        return jwt.decode(token, self._key, algorithms=["HS256"]).claims


def _key(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()
