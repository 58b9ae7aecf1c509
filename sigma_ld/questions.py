"""The canned queries as their files describe them: question, parameters, SPARQL."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from sigma_ld.errors import UsageError
from sigma_ld.model import node
from sigma_ld.resources import query_names, query_text

__all__ = ["Canned", "Parameter", "canned", "queries"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query.

    Args:
        name: what it is called, and with `?_` before it the token that it takes the place of.
        type: `iri`: a term, given by IRI, CURIE, identifier or name; `curie`, `label`, `string`,
            `integer`: a literal; `one of a, b`: one of these words; or `service`: the http or
            https address of another endpoint that the query calls.
        description: what it is for.
        default: the value that is taken where none is given, or None, which leaves it open.
        example: a value that gives rows.
    """

    name: str
    type: str
    description: str
    default: str | None
    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that are allowed, or none where all are."""
        words = self.type.removeprefix("one of ")
        return () if words == self.type else tuple(words.split(", "))

    @property
    def default_term(self) -> str:
        """What its token stands for where no value is given, as SPARQL."""
        if self.default is None:
            return "UNDEF"
        if self.type == "service":
            return str(ox.NamedNode(self.default))
        if self.type == "iri":
            return str(node(self.default))
        return str(ox.Literal(int(self.default) if self.type == "integer" else self.default))


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
        text: its SPARQL with the header; a token `?_name` stands for each parameter.
    """

    name: str
    summary: str
    description: str
    pitfall: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The other endpoints that it calls where no others are given."""
        return tuple(
            parameter.default
            for parameter in self.parameters
            if parameter.type == "service" and parameter.default
        )

    @property
    def federated(self) -> bool:
        """Whether it calls other endpoints."""
        return bool(self.endpoints)

    @property
    def sparql(self) -> str:
        """Its SPARQL without the header, each parameter with its default or left open."""
        tokens = {parameter.name: parameter.default_term for parameter in self.parameters}
        lines = [line for line in self.text.splitlines() if not line.startswith("#+ ")]
        return re.sub(r"\?_(\w+)", lambda token: tokens[token[1]], "\n".join(lines)) + "\n"


def canned(name: str) -> Canned:
    """Return a canned query.

    Raises:
        UsageError: there is none of that name.

    >>> canned("identifiers").parameters[0].name
    'term'
    """
    if name not in query_names():
        from difflib import get_close_matches

        near = get_close_matches(name.lower().replace("-", "_"), query_names(), n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "`sigma-ld queries` lists them"
        raise UsageError(f"no query {name[:60]!r}: {hint}")
    text = query_text(name)
    header = [line.removeprefix("#+ ") for line in text.splitlines() if line.startswith("#+ ")]
    values = dict(line.split(": ", 1) for line in header if re.match(r"[a-z]+: ", line))
    tags = [line.strip(" -") for line in header if re.match(r"  - [a-z-]+$", line)]
    parameters: list[dict[str, str]] = []
    for line in header:
        if found := re.match(r"  - name: (\w+)$", line):
            parameters.append({"name": found[1]})
        elif found := re.match(r"    (type|description|default|example): (.+)$", line):
            parameters[-1][found[1]] = found[2]
    return Canned(
        name,
        values["summary"],
        values["description"],
        values["pitfall"],
        tuple(tags),
        tuple(
            Parameter(
                found["name"],
                found["type"],
                found["description"],
                found.get("default"),
                found["example"],
            )
            for found in parameters
        ),
        text,
    )


def queries() -> tuple[Canned, ...]:
    """Return every canned query, by name."""
    return tuple(canned(name) for name in query_names())
