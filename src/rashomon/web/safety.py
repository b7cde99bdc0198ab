"""What every request must pass: a known Host, and for writing our own Origin and the token.

The address of the page in which the app was opened carries the token once; a cookie
keeps it. Nothing about a request or the case is logged.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

COOKIE = "rashomon"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" a browser sends a form of our own with the Origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LARGEST = 64 * 1024  # bytes of a form


class Guard:
    """Turns away what does not come from this app; `private` asks for the token to read, too."""

    def __init__(self, hosts: Sequence[str], token: str, *, private: bool) -> None:
        self.hosts, self.token, self.private = frozenset(hosts), token, private

    def holds(self, request: Request) -> bool:
        """Whether the request carries the token in its cookie."""
        return self._right(request.cookies.get(COOKIE, ""))

    def _right(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())

    async def __call__(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = self._refused(request) or self._let_in(request) or await call_next(request)
        response.headers.update(HEADERS)
        return response

    def _let_in(self, request: Request) -> Response | None:
        """An address with the right token sets the cookie and is shortened."""
        given = request.query_params.get("token", "")
        if request.method != "GET" or not self._right(given):
            return None
        response = RedirectResponse(str(request.url.remove_query_params("token").path), 303)
        response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
        return response

    def _refused(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if host not in self.hosts:
            return PlainTextResponse("This host is not served here.", 421)
        if request.method in ("GET", "HEAD"):
            given = request.query_params.get("token", "")
            if self.private and not self.holds(request) and not self._right(given):
                return PlainTextResponse("Open the address that `rashomon serve` printed.", 403)
            return None
        if request.method != "POST":
            return PlainTextResponse("Not allowed.", 405)
        origin = request.headers.get("origin", "")
        if urlsplit(origin).netloc != host:
            return PlainTextResponse("The form was not sent from this app.", 403)
        if not self.holds(request):
            return PlainTextResponse(
                "To decide something, open the address that `rashomon serve` printed: it carries the token.",
                403,
            )
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return PlainTextResponse("The form is too long.", 413)
        return None
