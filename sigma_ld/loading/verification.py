"""Whether a store holds what it was sent: count and digest, and the triples that differ."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from sigma_ld.loading.values import normal_lines

__all__ = ["Tally", "differences", "tally"]

_SPACE = 2**128
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How many triples there are, and a digest of them that does not depend on their order.

    Args:
        count: how many.
        digest: the sum of the 128-bit BLAKE2b hashes of their normal lines, modulo 2^128.
    """

    count: int
    digest: int


def tally(lines: Iterable[bytes]) -> Tally:
    r"""Return the tally of lines of N-Triples, each triple of which stands there once.

    >>> one, two = b"<a:> <b:> <c:> .\n", b"<a:> <b:> <d:> .\n"
    >>> tally([one, two]) == tally([two, one])
    True
    """
    count = total = 0
    for line in normal_lines(lines):
        count += 1
        total += int.from_bytes(blake2b(line, digest_size=16).digest())
    return Tally(count, total % _SPACE)


def differences(
    sent: Callable[[], Iterable[bytes]], held: Callable[[], Iterable[bytes]]
) -> list[str]:
    """Return the first triples that only one side has, each with a word on which; none if equal.

    Args:
        sent: gives the lines that were sent, each time it is called.
        held: gives the lines that the store holds.
    """
    hashes = {hash(line) for line in normal_lines(sent())}
    seen: set[int] = set()
    more: list[str] = []
    for line in normal_lines(held()):
        seen.add(hash(line))
        if hash(line) not in hashes and len(more) < _SHOWN:
            more.append(f"not sent: {_told(line)}")
    less = [f"lost: {_told(line)}" for line in normal_lines(sent()) if hash(line) not in seen]
    return sorted(set(less))[:_SHOWN] + more


def _told(line: bytes) -> str:
    return line.decode().removesuffix(" .\n")[:300]
