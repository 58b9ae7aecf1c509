"""Connections that end when the time is up, whatever they wait for, and stay on their host."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request

from sigma_ld.errors import EndpointError
from sigma_ld.web.address import bare

__all__ = ["Deadline", "SameHost", "handlers"]

# How many bytes of a file are sent at once.
_BLOCK = 2**18


class SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the host that was asked, and only of what has no body."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Return the request to make next, or raise for another host."""
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            fp.close()
            told = after._replace(query="", fragment="", netloc=after.netloc.rpartition("@")[2])
            other = "another host" if before.netloc != after.netloc else "another scheme"
            message = f"{bare(req.full_url)} redirects to {other}: ask {told.geturl()} itself"
            raise EndpointError(message)
        made = Request(newurl, req.data, req.headers, method=req.get_method())  # noqa: S310
        made.unredirected_hdrs.update(
            {k: v for k, v in req.unredirected_hdrs.items() if k == "Authorization"}
        )
        return made

    def http_error_308(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]
        """Follow it as 307."""
        return self.http_error_307(req, fp, 307, msg, headers)


class Deadline:
    """Ends whatever a connection waits for when the time is up, in a thread of its own."""

    def __init__(self, until: float) -> None:
        self.until, self.passed = until, False
        self._connections: list[HTTPConnection] = []
        self._timer = threading.Timer(max(0.0, until - time.monotonic()), self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: HTTPConnection) -> None:
        """Have a connection ended with the others."""
        self._connections.append(connection)

    def _end(self) -> None:
        self.passed = True
        for connection in self._connections:
            if (sock := getattr(connection, "watched", None)) is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def cancel(self) -> None:
        """Let the time pass without an end."""
        self._timer.cancel()


def handlers(deadline: Deadline) -> list[Any]:
    """Return handlers whose connections the deadline knows from their first moment on."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            self.blocksize = _BLOCK
            deadline.watch(self)
            super().connect()
            self.watched = self.sock

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            self.blocksize = _BLOCK
            deadline.watch(self)
            create: Callable[..., socket.socket] = vars(self)["_create_connection"]

            def created(*words: Any) -> socket.socket:
                # The handshake that follows can wait for ever, too.
                self.watched = create(*words)
                return self.watched

            vars(self)["_create_connection"] = created
            super().connect()

    class OverPlain(HTTPHandler):
        def http_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Plain, req)

    class OverSecure(HTTPSHandler):
        def https_open(self, req: Request) -> HTTPResponse:
            return self.do_open(Secure, req)

    return [OverPlain(), OverSecure()]
