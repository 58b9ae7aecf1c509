"""HTTP as stores and endpoints need it: one deadline, no secret given away, no half answers.

Python's own client has no total deadline, follows redirects to other hosts with the credentials,
and takes an answer that breaks off for a whole one.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from io import RawIOBase
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from sigma_ld.errors import EndpointError
from sigma_ld.names import VERSION
from sigma_ld.web.address import Credentials, bare, web_address
from sigma_ld.web.authentication import Authentication
from sigma_ld.web.deadline import Deadline, SameHost, handlers

__all__ = ["Answer", "Body", "Client", "RefusedError", "Reply"]

Body = bytes | Callable[[], IO[bytes]]
"""What is sent: bytes, or what opens a file, so that it can be sent again."""

_AGENT = {"User-Agent": f"sigma-ld/{VERSION}", "Accept-Encoding": "identity"}
_CHUNK = 2**16
_TRIES = 4
_BUSY = (429, 503)
_REDIRECTS = (301, 302, 303, 307, 308)


class RefusedError(EndpointError):
    """A server answered with an error.

    Args:
        code: its HTTP status.
        server: what it says that it is.
    """

    def __init__(self, message: str, code: int, server: str) -> None:
        self.code, self.server = code, server
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Args:
        code: the HTTP status.
        headers: its headers.
        body: its content.
    """

    code: int
    headers: Message
    body: bytes


class Reply(RawIOBase):
    """The body of an answer, read as it comes; it raises where that is late, large or short.

    Args:
        response: what the server answers.
        url: what an error calls it.
        largest: how many bytes it may have.
        deadline: what ends it.
    """

    def __init__(self, response: HTTPResponse, url: str, largest: int, deadline: Deadline) -> None:
        self.code, self.headers = response.status, response.headers
        self._response, self._url, self._largest, self._size = response, url, largest, 0
        self._deadline = deadline

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come into a buffer.

        Raises:
            EndpointError: the answer is too large or breaks off.
            TimeoutError: the time is up.
        """
        piece = self._response.read1(len(buffer))
        self._size += len(piece)
        if self._size > self._largest:
            raise EndpointError(f"{self._url} answers with more than {self._largest >> 20} MB")
        if not piece:
            if self._deadline.passed:
                raise TimeoutError
            expected = self.headers.get("Content-Length") or ""
            if expected.isdecimal() and self._size < int(expected):
                told = f"{self._size} of {expected} bytes"
                raise EndpointError(f"{self._url} broke off after {told}")
        buffer[: len(piece)] = piece
        return len(piece)


class Client:
    """Speaks with one server, within one deadline.

    Args:
        seconds: how long all that is asked may take.
        credentials: who asks; they are sent to no other host.
    """

    def __init__(self, seconds: float, credentials: Credentials | None = None) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds
        self._who = Authentication(credentials)

    def renewed(self, seconds: float) -> "Client":
        """Return a client that speaks with the same server for some more seconds."""
        made = Client(seconds)
        made._who = self._who
        return made

    def send(
        self,
        method: str,
        url: str,
        body: Body = b"",
        *,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
        largest: int = 256 * 2**20,
    ) -> Answer:
        """Return what a server answers; takes and raises what `open` does."""
        opened = self.open(
            method, url, body, headers=headers, repeatable=repeatable, largest=largest
        )
        with opened as reply:
            read = b"".join(iter(lambda: reply.read(_CHUNK) or b"", b""))
            return Answer(reply.code, reply.headers, read)

    @contextmanager
    def open(
        self,
        method: str,
        url: str,
        body: Body = b"",
        *,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
        largest: int = 2**40,
    ) -> Iterator[Reply]:
        """Give the answer of a server while it comes.

        Args:
            method: the HTTP method.
            url: the address.
            body: what is sent.
            headers: further headers.
            repeatable: whether it may be sent again after a fault that leaves open whether it
                was done. A server that is busy is asked again when it says so.
            largest: how many bytes the answer may have.

        Raises:
            RefusedError: the server answers with an error.
            EndpointError: it cannot be reached, is late, or its answer is not whole.
        """
        told = bare(web_address(url))
        deadline = Deadline(self._until)
        try:
            response = self._response(deadline, method, url, body, headers or {}, repeatable)
            with response:
                if (packed := response.headers.get("Content-Encoding", "identity")) != "identity":
                    raise EndpointError(f"{told} answers packed by {packed}, unasked")
                yield Reply(response, told, largest, deadline)
        except EndpointError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise self._failure(told, error, deadline) from None
        finally:
            deadline.cancel()

    def _failure(self, told: str, error: Exception, deadline: Deadline) -> EndpointError:
        reason = error.reason if isinstance(error, URLError) else error
        late = isinstance(reason, TimeoutError) or deadline.passed
        if late or time.monotonic() > self._until:
            return EndpointError(f"{told} does not answer within {self.seconds:g} s")
        why = getattr(reason, "strerror", None) or " ".join(str(reason).split()) or type(reason)
        return EndpointError(f"{told} cannot be asked: {why}")

    def _response(
        self,
        deadline: Deadline,
        method: str,
        url: str,
        body: Body,
        headers: Mapping[str, str],
        repeatable: bool,
    ) -> HTTPResponse:
        opener = build_opener(SameHost, *handlers(deadline))
        asked_who = False
        failed = 0
        if self._who.unlearned and not isinstance(body, bytes):
            self._learn(opener, url)
        while True:
            request = self._request(method, url, body, headers)
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                response: HTTPResponse = opener.open(request, timeout=left)
                return response
            except HTTPError as error:
                with error:
                    if error.code == 401 and not asked_who and self._who.hear(url, error.headers):
                        asked_who = True
                        continue
                    if error.code in _BUSY and self._waited(error.headers, failed):
                        failed += 1
                        continue
                    raise self._refusal(bare(url), error) from None
            except (OSError, HTTPException):
                failed += 1
                pause = 0.1 * 2**failed
                gone = deadline.passed or failed == _TRIES
                if gone or not repeatable or time.monotonic() + pause > self._until:
                    raise
                time.sleep(pause)
            finally:
                if close := getattr(request.data, "close", None):
                    close()

    def _learn(self, opener: Any, url: str) -> None:
        """Ask without a body how the server wants to be told who asks.

        Some close the connection on a large body that comes without credentials.
        """
        left = max(0.01, self._until - time.monotonic())
        try:
            opener.open(Request(url, headers=_AGENT), timeout=left).close()  # noqa: S310
        except HTTPError as error:
            with error:
                if error.code == 401:
                    self._who.hear(url, error.headers)

    def _request(self, method: str, url: str, body: Body, headers: Mapping[str, str]) -> Request:
        data = body if isinstance(body, bytes) else body()
        size = {}
        if not isinstance(data, bytes):
            size = {"Content-Length": str(os.fstat(data.fileno()).st_size)}
        made = Request(  # noqa: S310  web_address has looked at it
            url, data or None, {**_AGENT, **size, **headers}, method=method
        )
        self._who.sign(made)
        return made

    def _waited(self, headers: Message, failed: int) -> bool:
        """Wait as long as a busy server asks to; false if that is longer than there is time."""
        asked = (headers.get("Retry-After") or "").strip()
        pause = 0.5 * 2**failed
        if asked.isdecimal() and len(asked) < 10:
            pause = float(asked)
        elif asked:
            with suppress(TypeError, ValueError):
                pause = parsedate_to_datetime(asked).timestamp() - time.time()
        if failed + 1 == _TRIES or time.monotonic() + pause > self._until:
            return False
        time.sleep(max(0.0, pause))
        return True

    def _refusal(self, told: str, error: HTTPError) -> RefusedError:
        server = error.headers.get("Server") or ""
        says = f"{told} answers {error.code} {error.reason}"
        if error.code == 401:
            given = (
                "does not take these credentials" if self._who.credentials else "wants credentials"
            )
            says += f": it {given}: give SIGMA_LD_USER and SIGMA_LD_PASSWORD, or SIGMA_LD_TOKEN"
        elif error.code in _BUSY and (pause := error.headers.get("Retry-After")):
            says += f": it asks to wait for {pause[:40]} s"
        elif error.code in _REDIRECTS:
            says += ": it redirects without an end"
        else:
            with suppress(OSError, HTTPException):
                text = error.read(2000).decode("utf-8", "replace")
                if "<html" not in text.lower() and (lines := text.strip().splitlines()):
                    says += f": {lines[0][:300]}"
        return RefusedError("".join(filter(str.isprintable, says)), error.code, server)
