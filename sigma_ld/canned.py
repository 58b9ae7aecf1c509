"""The canned queries: read from their files, given their parameters, asked of a dataset."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from sigma_ld.errors import UsageError
from sigma_ld.graph import Dataset
from sigma_ld.lookup import Index
from sigma_ld.resources import query_names, query_text
from sigma_ld.store import packaged_store, store_of
from sigma_ld.table import Table

__all__ = ["Canned", "Parameter", "canned", "query", "solve"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query.

    Args:
        name: what it is called, and with `?_` before it the token that it takes the place of.
        type: `term`: a term, given by IRI, CURIE, identifier or name.
        description: what it is for.
        example: a value that gives rows.
    """

    name: str
    type: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Canned:
    """A canned query.

    Args:
        name: its name, that of its file.
        summary: the question.
        description: what a row is.
        pitfall: where a naive query would mislead.
        tags: what it is about.
        parameters: what it can be given.
        text: its SPARQL with the header.
    """

    name: str
    summary: str
    description: str
    pitfall: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


def canned(name: str) -> Canned:
    """Return a canned query.

    Raises:
        UsageError: there is none of that name.

    >>> canned("identifiers").parameters[0].name
    'term'
    """
    if name not in query_names():
        raise UsageError(f"no query {name!r}: use one of {', '.join(query_names())}")
    text = query_text(name)
    header = [line.removeprefix("#+ ") for line in text.splitlines() if line.startswith("#+ ")]
    values = dict(line.split(": ", 1) for line in header if re.match(r"[a-z]+: ", line))
    tags = [line.strip(" -") for line in header if re.match(r"  - [a-z-]+$", line)]
    parameters: list[dict[str, str]] = []
    for line in header:
        if found := re.match(r"  - name: (\w+)$", line):
            parameters.append({"name": found[1]})
        elif found := re.match(r"    (type|description|example): (.+)$", line):
            parameters[-1][found[1]] = found[2]
    return Canned(
        name,
        values["summary"],
        values["description"],
        values["pitfall"],
        tuple(tags),
        tuple(Parameter(**values) for values in parameters),
        text,
    )


def _bound(found: Canned, store: ox.Store, values: dict[str, str]) -> str:
    """Return the query's text with each parameter's token replaced by RDF terms."""
    known = [parameter.name for parameter in found.parameters]
    if unknown := sorted(set(values) - set(known)):
        takes = ", ".join(known) or "none"
        raise UsageError(f"{found.name} has no parameter {unknown[0]!r}: it takes {takes}")
    tokens = dict.fromkeys(known, "UNDEF")
    if values:
        index = Index(store)
        tokens |= {
            name: " ".join(str(term) for term in index.terms(value))
            for name, value in values.items()
        }
    return re.sub(r"\?_(\w+)", lambda token: tokens[token[1]], found.text)


def solve(name: str, dataset: Dataset | None = None, **parameters: str) -> ox.QuerySolutions:
    """Return the solutions of a canned query over all graphs of a dataset laid together.

    Raises:
        UsageError: there is no such query or parameter, or a parameter names no term.
    """
    found = canned(name)
    store = store_of(dataset) if dataset else packaged_store()
    solutions = store.query(_bound(found, store, parameters))
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError(f"{name} is no SELECT query: only such queries are canned")
    return solutions


def query(name: str, dataset: Dataset | None = None, **parameters: str) -> Table:
    """Return the rows that a canned query gives.

    Args:
        name: the name of the query.
        dataset: what is asked; the packaged dataset by default.
        parameters: the query's parameters, such as `term="ALS"`.

    Raises:
        UsageError: there is no such query or parameter, or a parameter names no term.

    >>> query("identifiers", term="MESH:D000690").columns
    ('term', 'label', 'identifier', 'predicate')
    """
    solutions = solve(name, dataset, **parameters)
    columns = tuple(variable.value for variable in solutions.variables)
    rows = tuple(tuple(solution[name] for name in columns) for solution in solutions)
    return Table(columns, rows)
