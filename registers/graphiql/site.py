"""/graphiql: the page, its assets and its tabs, under a policy that allows requests to this origin only."""

from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from registers.graphiql.tabs import headers_text, tabs

BUILT = Path(__file__).with_name("dist")

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",  # covers the WebSocket of the same host (CSP level 3)
        "style-src 'self' 'unsafe-inline'",  # the editor positions its lines by inline style
        "font-src 'self' data:",  # GraphiQL's style sheet carries its fonts
        "img-src 'self' data:",  # the editor's carries its icons
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
GUARDED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
NEVER_STORED = GUARDED | {"Cache-Control": "no-store"}
STORED_FOR_GOOD = GUARDED | {"Cache-Control": "public, max-age=31536000, immutable"}  # a year in s


def routes(*, contract: Path, endpoint: str = "/graphql", headers: Mapping[str, str] | None = None) -> list[BaseRoute]:
    """The routes of /graphiql, with tabs from the folder `contract`, asking `endpoint`.

    `headers` are the request headers of every new tab: a development token where there is one, None in
    production. All files but the assets are read here, once. Raises FileNotFoundError when the page has not
    been built.
    """
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    opening = {
        "endpoint": endpoint,
        "headers": headers_text(headers),
        "tabs": tabs(contract, headers=headers),
    }

    async def graphiql(request: Request) -> Response:
        return HTMLResponse(page, headers=NEVER_STORED)

    async def tabs_json(request: Request) -> Response:
        return JSONResponse(opening, headers=NEVER_STORED)

    return [
        Route("/graphiql", graphiql),
        Route("/graphiql/tabs.json", tabs_json),
        Mount("/graphiql/assets", Assets(directory=BUILT / "assets")),
    ]


class Assets(StaticFiles):
    """Files whose names contain the hash of their content, so that a browser may store them for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refusal:
            return PlainTextResponse(refusal.detail, refusal.status_code, headers=NEVER_STORED)
        response.headers.update(STORED_FOR_GOOD)
        return response
