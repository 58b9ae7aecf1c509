"""The canned queries, given their parameters and asked of a dataset or an endpoint."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sigma_ld.dataset import Dataset
from sigma_ld.errors import EndpointError, UsageError
from sigma_ld.lookup import Index, packaged_index
from sigma_ld.questions import Canned, Parameter, canned
from sigma_ld.store import packaged_store, store_of
from sigma_ld.table import Table

if TYPE_CHECKING:
    from sigma_ld.remote import Endpoint

__all__ = ["bound", "parameters_of", "query", "solve"]

_INTEGER = re.compile("[+-]?[0-9]{1,18}")
_CURIE = re.compile(r"[A-Za-z][\w.]*:[^\s:][^\s]*")
_SERVICE = re.compile(r"https?://[A-Za-z0-9\[][!-~]*")


def _terms(parameter: Parameter, value: str, index: Index) -> str:
    """Return what a parameter's token is replaced by: RDF terms, written by the library.

    Raises:
        UsageError: the value is not of the parameter's type.
    """
    told = f"{parameter.name}={value[:60]!r}"
    if parameter.choices and value not in parameter.choices:
        raise UsageError(f"{told} is none of {', '.join(parameter.choices)}")
    if parameter.type == "iri":
        return " ".join(str(term) for term in index.terms(value))
    if parameter.type == "service":
        try:
            if _SERVICE.fullmatch(value):
                return str(ox.NamedNode(value))
        except ValueError:
            pass
        raise UsageError(f"{told} is no endpoint: give its http or https address")
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


def bound(found: Canned, index: Index, values: dict[str, str]) -> str:
    """Return a query's SPARQL with the token of each parameter replaced by RDF terms.

    Args:
        found: the query.
        index: where the terms that parameters name are looked up.
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
        given = name in values
        tokens[name] = _terms(parameter, values[name], index) if given else parameter.default_term
    return re.sub(r"\?_(\w+)", lambda token: tokens[token[1]], found.text)


def solve(
    name: str,
    data: Dataset | ox.Store | None = None,
    /,
    *,
    endpoint: "str | Endpoint | None" = None,
    allow_service: bool = False,
    timeout: float = 60,
    **parameters: str,
) -> ox.QuerySolutions:
    """Return the solutions of a canned query over all graphs laid together.

    Args:
        name: the name of the query.
        data: what is asked; the packaged dataset by default. A store is worth its making where
            several queries are asked of one dataset.
        endpoint: a SPARQL endpoint that is asked instead, or the address of one or of its store.
        allow_service: whether a query that needs another endpoint may call it.
        timeout: how many seconds an endpoint or service may take for each answer.
        parameters: the query's parameters, such as `term="ALS"`.

    Raises:
        UsageError: there is no such query or parameter, a value is not of its type, or a service
            would have to be called and may not.
        EndpointError: the endpoint or service does not answer as it should.
    """
    found = canned(name)
    if found.federated and endpoint is None and not allow_service:
        raise UsageError(f"{name} calls another endpoint: allow that with --allow-service")
    store = store_of(data) if data is not None else packaged_store()
    index = Index(store) if data is not None else packaged_index()
    text = bound(found, index, parameters)

    if endpoint is None:

        def answered(text: str) -> ox.QuerySolutions:
            return _rows(store.query(text))
    else:
        from sigma_ld.remote import Endpoint, reached

        there_is = endpoint if isinstance(endpoint, Endpoint) else reached(endpoint, timeout)

        def answered(text: str) -> ox.QuerySolutions:
            return _rows(there_is.ask(text, timeout))

    if not found.federated:
        return answered(text)
    from sigma_ld.federation import here, joined, narrowed, there
    from sigma_ld.remote import ask

    known = list(answered(here(text)))
    if not known:
        return answered(joined(text, ()))
    if endpoint is not None:
        return answered(narrowed(text, known))
    service = parameters.get("service", found.endpoints[0])
    return answered(joined(text, _rows(ask(there(text, known), service, timeout))))


def _rows(answer: object) -> ox.QuerySolutions:
    if not isinstance(answer, ox.QuerySolutions):
        raise EndpointError("the endpoint answers with yes or no where rows were asked for")
    return answer


def query(
    name: str,
    data: Dataset | ox.Store | None = None,
    /,
    *,
    endpoint: "str | Endpoint | None" = None,
    allow_service: bool = False,
    timeout: float = 60,
    **parameters: str,
) -> Table:
    """Return the rows that a canned query gives; takes and raises what `solve` does.

    >>> query("identifiers", term="MESH:D000690").columns
    ('term', 'label', 'identifier', 'predicate')
    """
    found = solve(
        name,
        data,
        endpoint=endpoint,
        allow_service=allow_service,
        timeout=timeout,
        **parameters,
    )
    return Table.of(found)


def parameters_of(words: Sequence[str]) -> dict[str, str]:
    """Return the values of `--name value` pairs.

    Raises:
        UsageError: a word is no option, or an option has no value.
    """
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if not name.startswith("--"):
            raise UsageError(f"{name!r} is no parameter: write --name value")
        if not has_value:
            if not rest:
                raise UsageError(f"{name} has no value: write {name} value")
            value = rest.pop(0)
        key = name.removeprefix("--").replace("-", "_")
        if key in values:
            raise UsageError(f"{name} is given twice: give it once")
        values[key] = value
    return values
