"""How one server is told who asks: it says which way it wants, and no other host hears it."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from email.message import Message
from urllib.parse import urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from sigma_ld.errors import EndpointError
from sigma_ld.web.address import Credentials

__all__ = ["Authentication"]


class _Digest(AbstractDigestAuthHandler):
    """The digest of RFC 7616, whose names and passwords may have any letters."""

    def get_algorithm_impls(
        self, algorithm: str
    ) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        """Return the hash of an algorithm, and that of a secret and data."""
        name = {"MD5": "md5", "SHA": "sha1", "SHA-256": "sha256"}.get(algorithm.upper())
        if name is None:
            raise EndpointError(f"the server asks for a digest by {algorithm[:20]}, unknown here")

        def hashed(text: str) -> str:
            return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

        return hashed, lambda secret, data: hashed(f"{secret}:{data}")


class Authentication:
    """The credentials for one server, and the way in which it takes them.

    Args:
        credentials: who asks; None for nobody in particular.
    """

    def __init__(self, credentials: Credentials | None) -> None:
        self.credentials = credentials
        self._host: str | None = None
        self._challenge: dict[str, str] | None = None
        self._basic = False

    @property
    def unlearned(self) -> bool:
        """Whether there is a password and the server has not said how it takes it."""
        named = self.credentials is not None and not self.credentials.token
        return named and self._challenge is None and not self._basic

    def hear(self, url: str, headers: Message) -> bool:
        """Take in how a server asks for credentials; false if there is nothing to tell it."""
        if self.credentials is None or self.credentials.token or not self._belongs(url):
            return False
        for challenge in headers.get_all("WWW-Authenticate", []):
            scheme, _, rest = challenge.partition(" ")
            if scheme.lower() == "digest":
                self._challenge = parse_keqv_list(parse_http_list(rest))
                return True
            if scheme.lower() == "basic":
                self._basic = True
                return True
        return False

    def sign(self, request: Request) -> None:
        """Add to a request what its server is to know, which no redirect takes elsewhere."""
        who, url = self.credentials, request.full_url
        if who is None or not self._belongs(url):
            return
        if who.token:
            request.add_unredirected_header("Authorization", f"Bearer {who.token}")
        elif self._challenge is not None:
            known = HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, url, who.user, who.password)
            proof = _Digest(known).get_authorization(request, self._challenge)
            request.add_unredirected_header("Authorization", f"Digest {proof}")
        elif self._basic:
            pair = b64encode(f"{who.user}:{who.password}".encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {pair}")

    def _belongs(self, url: str) -> bool:
        """Whether an address is on the first host that was asked."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        self._host = self._host or host
        return host == self._host
