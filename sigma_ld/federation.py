"""A canned query that calls a service, asked in two steps so that the service is told for what.

Few stores hand on to a service what they know already: they ask it for all labels that it has.
"""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from sigma_ld.errors import EndpointError

__all__ = ["here", "joined", "narrowed", "there"]

_CALL = re.compile(r"(?ms)^  SERVICE \S+ \{\n(?P<asked>.*?)^  \}\n")
_VARIABLE = re.compile(r"[?$](\w+)")


def _parts(text: str) -> tuple[str, str, str]:
    """Return the text of a query before its call, within it, and after it."""
    found = _CALL.search(text)
    if found is None:
        raise ValueError("a federated query has one SERVICE block, two spaces in")
    return text[: found.start()], found["asked"], text[found.end() :]


def _head(text: str) -> str:
    """Return the prefixes of a query."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.startswith("PREFIX "))


def _shared(before: str, asked: str) -> list[str]:
    where = before.partition("\nWHERE {")[2]
    return sorted(set(_VARIABLE.findall(where)) & set(_VARIABLE.findall(asked)))


def _values(names: Iterable[str], solutions: Iterable[ox.QuerySolution]) -> str:
    """Return solutions as inline data, in order.

    Raises:
        EndpointError: one holds a blank node, which means nothing elsewhere.
    """
    names, rows = list(names), set()
    for solution in solutions:
        terms = [solution[name] for name in names]
        if any(isinstance(term, ox.BlankNode) for term in terms):
            raise EndpointError("the service answers with blank nodes, which cannot be joined")
        rows.add(" ".join("UNDEF" if term is None else str(term) for term in terms))
    head = " ".join(f"?{name}" for name in names)
    return f"VALUES ({head}) {{ {' '.join(f'({row})' for row in sorted(rows))} }}\n"


def here(text: str) -> str:
    r"""Return the query for what a federated one needs to tell its service.

    >>> text = "WHERE {\n  ?a <b:c> ?d .\n  SERVICE <e:f> {\n    ?d <g:h> ?i .\n  }\n}"
    >>> here("SELECT ?i\n" + text)
    'SELECT DISTINCT ?d\nWHERE {\n  ?a <b:c> ?d .\n}\n'
    """
    before, asked, _ = _parts(text)
    names = " ".join(f"?{name}" for name in _shared(before, asked))
    where = before.partition("\nWHERE {")[2]
    return f"{_head(text)}SELECT DISTINCT {names}\nWHERE {{{where}}}\n"


def there(text: str, known: Iterable[ox.QuerySolution]) -> str:
    """Return the query for the service itself, which is told what is known here."""
    before, asked, _ = _parts(text)
    names = " ".join(f"?{name}" for name in dict.fromkeys(_VARIABLE.findall(asked)))
    told = _values(_shared(before, asked), known)
    return f"{_head(text)}SELECT {names}\nWHERE {{\n{told}{asked}}}\n"


def narrowed(text: str, known: Iterable[ox.QuerySolution]) -> str:
    """Return a federated query whose SERVICE block tells the service what is known."""
    before, asked, after = _parts(text)
    call = text[len(before) :].partition("\n")[0]
    return f"{before}{call}\n{_values(_shared(before, asked), known)}{asked}  }}\n{after}"


def joined(text: str, answered: Iterable[ox.QuerySolution]) -> str:
    """Return a federated query with the service's answer in the place of the call."""
    before, asked, after = _parts(text)
    return before + _values(dict.fromkeys(_VARIABLE.findall(asked)), answered) + after
