"""A remote SPARQL endpoint, asked through SPARQLWrapper with what that lacks.

It has no total deadline, no cap on size, and follows redirects to other hosts.
"""

import time
from collections.abc import Iterator
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph as ox

from sigma_ld.errors import EndpointError, MissingError

if TYPE_CHECKING:
    from http.client import HTTPResponse

__all__ = ["ask"]

_LARGEST = 256 * 2**20
_CHUNK = 2**16
_JSON = ("application/sparql-results+json", "application/json")


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the host that was asked."""

    def redirect_request(self, req: Request, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Return the request to make next, or raise for another host."""
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            fp.close()
            raise EndpointError(f"{req.full_url} redirects to another host: ask {newurl} itself")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(text: str, endpoint: str, seconds: float = 60) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return what an endpoint answers to a SELECT or ASK query.

    Args:
        text: the query.
        endpoint: its http or https address.
        seconds: how long the whole may take.

    Raises:
        MissingError: SPARQLWrapper is not installed.
        EndpointError: the endpoint does not answer in time, or not with results in JSON.
    """
    if not _is_web_address(endpoint):
        raise EndpointError(f"{endpoint}: an endpoint has an http or https address")
    try:
        from SPARQLWrapper import JSON, POST, SPARQLWrapper
    except ImportError:
        message = "SPARQLWrapper is not installed: pip install 'sigma-ld[remote]'"
        raise MissingError(message) from None
    wrapper = SPARQLWrapper(endpoint, returnFormat=JSON)
    wrapper.setMethod(POST)
    wrapper.setQuery(text)
    wrapper.queryType = "SELECT"
    request = wrapper._createRequest()
    deadline = time.monotonic() + seconds
    try:
        with build_opener(_SameHost).open(request, timeout=seconds) as response:
            _require_json(endpoint, response)
            body = b"".join(_chunks(endpoint, response, deadline))
    except HTTPError as error:
        with error:
            reason = error.read(300).decode("utf-8", "replace").strip().splitlines()[:1]
        detail = f": {reason[0]}" if reason else ""
        raise EndpointError(f"{endpoint} answers {error.code} {error.reason}{detail}") from None
    except TimeoutError:
        raise EndpointError(f"{endpoint} does not answer within {seconds:g} s") from None
    except (OSError, HTTPException) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise EndpointError(f"{endpoint} does not answer within {seconds:g} s") from None
        raise EndpointError(f"{endpoint} cannot be asked: {error}") from None
    try:
        found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise EndpointError(f"{endpoint} answers with broken results: {error}") from None
    return found


def _is_web_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in {"http", "https"}
    except ValueError:
        return False


def _require_json(endpoint: str, response: "HTTPResponse") -> None:
    kind = (response.headers.get("Content-Type") or "nothing").partition(";")[0].strip()
    if kind not in _JSON:
        raise EndpointError(f"{endpoint} answers with {kind} in place of results in JSON")


def _chunks(endpoint: str, response: "HTTPResponse", deadline: float) -> Iterator[bytes]:
    """Yield the body piece by piece, within the deadline and the largest size."""
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if time.monotonic() > deadline:
            raise TimeoutError
        if size > _LARGEST:
            raise EndpointError(f"{endpoint} answers with more than {_LARGEST >> 20} MB")
        yield chunk
    expected = response.headers.get("Content-Length")
    if expected and expected.isdecimal() and size < int(expected):
        raise EndpointError(f"{endpoint} broke off after {size} of {expected} bytes")
