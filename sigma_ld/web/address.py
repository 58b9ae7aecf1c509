"""Addresses of servers, and the credentials that belong to them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sigma_ld.errors import EndpointError

__all__ = ["Credentials", "bare", "web_address"]


def web_address(text: str) -> str:
    """Return an http or https address as it is.

    Raises:
        EndpointError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable()
        _ = parts.port
    except ValueError:
        whole = False
    if not whole or " " in text:
        raise EndpointError(f"{text}: an endpoint has an http or https address")
    if parts.username is not None:
        rest = parts.netloc.rpartition("@")[2]
        raise EndpointError(
            f"{rest}: leave the password out of the address: give it by SIGMA_LD_USER and "
            "SIGMA_LD_PASSWORD, or in netrc"
        )
    return text


def bare(url: str) -> str:
    """Return an address without its query, which may be long or hold a key."""
    return urlsplit(url)._replace(query="", fragment="").geturl()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server is told about who asks: a token, or a name and password.

    Args:
        user: the name, for basic or digest authentication as the server asks.
        password: the password.
        token: a bearer token, in place of the two.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @staticmethod
    def of(url: str, environ: Mapping[str, str] = os.environ) -> "Credentials | None":
        """Return those of the environment or, for the host of an address, of netrc.

        Args:
            url: the address that they are for.
            environ: SIGMA_LD_TOKEN, or SIGMA_LD_USER and SIGMA_LD_PASSWORD; NETRC names a file.

        Raises:
            EndpointError: netrc cannot be read.
        """
        from netrc import NetrcParseError, netrc

        if token := environ.get("SIGMA_LD_TOKEN"):
            return Credentials(token=token)
        if user := environ.get("SIGMA_LD_USER"):
            return Credentials(user, environ.get("SIGMA_LD_PASSWORD", ""))
        try:
            found = netrc(environ.get("NETRC")).authenticators(urlsplit(url).hostname or "")
        except FileNotFoundError:
            return None
        except (NetrcParseError, OSError, RuntimeError) as error:
            told = getattr(error, "msg", None) or getattr(error, "strerror", None) or "no home"
            raise EndpointError(f"netrc cannot be read: {told}: mend it or take it away") from None
        return Credentials(found[0], found[2] or "") if found else None
