"""A connection to a SPARQL endpoint that has this dataset."""

from dataclasses import dataclass

import pyoxigraph as ox

from sigma_ld.canned import query
from sigma_ld.errors import EndpointError
from sigma_ld.remote import Endpoint, reached
from sigma_ld.table import Table

__all__ = ["Connection", "connect"]


@dataclass(frozen=True, slots=True)
class Connection:
    """An endpoint that answers the canned queries and others.

    Args:
        endpoint: the endpoint, with the graphs of this dataset there.
        timeout: how many seconds it may take for each answer.
    """

    endpoint: Endpoint
    timeout: float = 60

    def query(self, name: str, *, allow_service: bool = False, **parameters: str) -> Table:
        """Return the rows that a canned query gives there; takes and raises what `query` does."""
        return query(
            name,
            endpoint=self.endpoint,
            allow_service=allow_service,
            timeout=self.timeout,
            **parameters,
        )

    def select(self, text: str) -> Table:
        """Return the rows that a SELECT query gives there.

        Where this dataset is there, its graphs together are what is asked: `GRAPH` finds nothing.

        Raises:
            EndpointError: the endpoint does not answer as it should.
        """
        answer = self.endpoint.ask(text, self.timeout)
        if not isinstance(answer, ox.QuerySolutions):
            raise EndpointError("the endpoint answers with yes or no where rows were asked for")
        return Table.of(answer)

    def ask(self, text: str) -> bool:
        """Return what an ASK query gives there.

        Raises:
            EndpointError: the endpoint does not answer as it should.
        """
        answer = self.endpoint.ask(text, self.timeout)
        if not isinstance(answer, ox.QueryBoolean):
            raise EndpointError("the endpoint answers with rows where yes or no was asked for")
        return bool(answer)


def connect(url: str, timeout: float = 60) -> Connection:
    """Return a connection to an endpoint, or to the store that has one.

    Args:
        url: its address. Credentials come from the environment or netrc.
        timeout: how many seconds it may take for each answer.

    Raises:
        MissingError: SPARQLWrapper is not installed.
        EndpointError: no endpoint answers there.
    """
    return Connection(reached(url, timeout), timeout)
