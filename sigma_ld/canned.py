"""The canned queries, given their parameters and asked of a dataset or an endpoint."""

import re

import pyoxigraph as ox

from sigma_ld.dataset import Dataset
from sigma_ld.errors import UsageError
from sigma_ld.lookup import Index
from sigma_ld.questions import Canned, Parameter, canned
from sigma_ld.store import packaged_store, store_of
from sigma_ld.table import Table

__all__ = ["bound", "query", "solve"]

_INTEGER = re.compile("[+-]?[0-9]{1,18}")
_CURIE = re.compile(r"[A-Za-z][\w.]*:[^\s:][^\s]*")


def _terms(parameter: Parameter, value: str, store: ox.Store) -> str:
    """Return what a parameter's token is replaced by: RDF terms, written by the library.

    Raises:
        UsageError: the value is not of the parameter's type.
    """
    told = f"{parameter.name}={value[:60]!r}"
    if parameter.choices and value not in parameter.choices:
        raise UsageError(f"{told} is none of {', '.join(parameter.choices)}")
    if parameter.type == "iri":
        return " ".join(str(term) for term in Index(store).terms(value))
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value):
            raise UsageError(f"{told} is no integer: give one, such as {parameter.example}")
        return str(ox.Literal(int(value)))
    if parameter.type == "curie" and not _CURIE.fullmatch(value):
        raise UsageError(f"{told} is no CURIE: give one, such as {parameter.example}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{told} is no text that can be written: give plain text") from None
    return str(ox.Literal(value))


def bound(found: Canned, store: ox.Store, values: dict[str, str]) -> str:
    """Return a query's SPARQL with the token of each parameter replaced by RDF terms.

    Args:
        found: the query.
        store: where the terms that parameters name are looked up.
        values: the value of each parameter that is given; the others get their defaults.

    Raises:
        UsageError: the query has no such parameter, or a value is not of its parameter's type.
    """
    known = {parameter.name: parameter for parameter in found.parameters}
    if unknown := sorted(set(values) - set(known)):
        takes = ", ".join(known) or "none"
        raise UsageError(f"{found.name} has no parameter {unknown[0]!r}: it takes {takes}")
    tokens = {}
    for name, parameter in known.items():
        value = values.get(name, parameter.default)
        tokens[name] = "UNDEF" if value is None else _terms(parameter, value, store)
    return re.sub(r"\?_(\w+)", lambda token: tokens[token[1]], found.text)


def solve(
    name: str,
    data: Dataset | ox.Store | None = None,
    /,
    *,
    endpoint: str | None = None,
    **parameters: str,
) -> ox.QuerySolutions:
    """Return the solutions of a canned query over all graphs laid together.

    Args:
        name: the name of the query.
        data: what is asked; the packaged dataset by default. A store is worth its making where
            several queries are asked of one dataset.
        endpoint: the address of a SPARQL endpoint that is asked instead.
        parameters: the query's parameters, such as `term="ALS"`.

    Raises:
        UsageError: there is no such query or parameter, or a value is not of its type.
        EndpointError: the endpoint does not answer as it should.
    """
    found = canned(name)
    store = store_of(data) if data is not None else packaged_store()
    text = bound(found, store, parameters)
    if endpoint:
        from sigma_ld.remote import ask

        answer: object = ask(text, endpoint)
    elif found.federated:
        raise UsageError(f"{name} calls another endpoint: ask it there with --endpoint")
    else:
        answer = store.query(text)
    if not isinstance(answer, ox.QuerySolutions):
        raise UsageError(f"{name} gave no rows to read: only SELECT queries are canned")
    return answer


def query(
    name: str,
    data: Dataset | ox.Store | None = None,
    /,
    *,
    endpoint: str | None = None,
    **parameters: str,
) -> Table:
    """Return the rows that a canned query gives; takes and raises what `solve` does.

    >>> query("identifiers", term="MESH:D000690").columns
    ('term', 'label', 'identifier', 'predicate')
    """
    return Table.of(solve(name, data, endpoint=endpoint, **parameters))
