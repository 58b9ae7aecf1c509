"""Addresses of servers, and the credentials that belong to them."""

import os
import re
import unicodedata
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
        raise EndpointError(f"{bare(text)}: an endpoint has an http or https address")
    if parts.username is not None:
        rest = parts.netloc.rpartition("@")[2]
        raise EndpointError(
            f"{rest}: leave the password out of the address: give it by SIGMA_LD_USER and "
            "SIGMA_LD_PASSWORD, or in netrc"
        )
    return text


def bare(url: str) -> str:
    """Return an address without what may be a secret: user and password, query and fragment.

    >>> bare("https://me:secret@my.org/sparql?api_key=secret")
    'https://my.org/sparql'
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="")
        text = shown.geturl()
    except ValueError:
        text = ""
    if not text or "@" in text:  # It is no address, and what stands before an @ may be a secret.
        scheme, slashes, rest = url.rpartition("//")
        text = scheme + slashes + re.split("[?#]", rest.rpartition("@")[2], maxsplit=1)[0]
    return "".join(filter(str.isprintable, text))


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
            environ: SIGMA_LD_TOKEN, or SIGMA_LD_USER and SIGMA_LD_PASSWORD, of which spaces and
                ends of lines around them are no part; NETRC names a file.

        Raises:
            EndpointError: netrc cannot be read, or one of them can be sent to nobody.
        """
        from netrc import NetrcParseError, netrc

        if token := _secret("SIGMA_LD_TOKEN", environ):
            return Credentials(token=token)
        if user := _secret("SIGMA_LD_USER", environ):
            return Credentials(user, _secret("SIGMA_LD_PASSWORD", environ))
        file = environ.get("NETRC") or None
        try:
            found = netrc(file).authenticators(urlsplit(url).hostname or "")
        except FileNotFoundError:
            if file is None:
                return None
            raise EndpointError(f"{file}: there is no such netrc: mend NETRC") from None
        except (NetrcParseError, OSError, RuntimeError, UnicodeError) as error:
            told = getattr(error, "msg", None) or getattr(error, "strerror", None) or "no text"
            raise EndpointError(f"netrc cannot be read: {told}: mend it or take it away") from None
        return Credentials(found[0], found[2] or "") if found else None


def _secret(name: str, environ: Mapping[str, str]) -> str:
    """Return a secret of the environment, as a file of settings may have it with its line's end.

    Raises:
        EndpointError: it has control characters, with which it could not be sent.
    """
    text = environ.get(name, "").strip()
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text) or (
        name == "SIGMA_LD_TOKEN" and not text.isascii()
    ):
        raise EndpointError(f"{name} has characters that cannot be sent: set it anew")
    return text
