"""What the verbs `queries` and `query` of the shell do: questions, their answers, their talk."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigma_ld.errors import UsageError
from sigma_ld.verbs import dataset_of, out, say, width

if TYPE_CHECKING:
    from pyoxigraph import Store

    from sigma_ld.dataset import Dataset
    from sigma_ld.questions import Canned
    from sigma_ld.sparql import Answer

__all__ = ["queries", "query"]

_MOST_ROWS = 100_000
_EXCERPT = 5


def queries(call: Namespace) -> int:
    """List the canned queries by tag, or show one with its SPARQL, an example and its rows."""
    from textwrap import wrap

    from sigma_ld.questions import canned
    from sigma_ld.questions import queries as all_queries

    if call.name:
        _show(canned(call.name))
        return 0
    listed = all_queries()
    left = max(len(found.name) for found in listed) + 4
    for theme in sorted({found.tags[0] for found in listed}):
        lines = [theme]
        for found in listed:
            if found.tags[0] == theme:
                first, *more = wrap(found.summary, max(width() - left, 30))
                lines += [f"  {found.name:<{left - 2}}{first}", *(" " * left + m for m in more)]
        out("\n".join([*lines, "", ""]))
    say("`sigma-ld queries NAME` shows one, `sigma-ld query NAME` asks it")
    return 0


def _show(found: "Canned") -> None:
    from sigma_ld.canned import bound
    from sigma_ld.canned import query as ask
    from sigma_ld.lookup import packaged_index
    from sigma_ld.table import Table

    out(f"{found.summary}\n{found.description}\nMind: {found.pitfall}\n\n")
    for parameter in found.parameters:
        default = f" (default: {parameter.default})" if parameter.default else ""
        out(f"--{parameter.name} {parameter.type}: {parameter.description}{default}\n")
    example: dict[str, Any] = {each.name: each.example for each in found.parameters}
    words = "".join(
        f" --{parameter.name} '{parameter.example}'"
        for parameter in found.parameters
        if parameter.example != parameter.default
    )
    words += " --allow-service" * found.federated
    text = bound(found, packaged_index(), example)
    lines = [line for line in text.splitlines() if not line.startswith("#+ ")]
    out("\n".join(["", *lines, "", f"$ sigma-ld query {found.name}{words}", ""]))
    if found.federated:
        out(f"asks {', '.join(found.endpoints)}, so no rows are shown here\n")
        return
    table = ask(found.name, None, **example)
    out(Table(table.columns, table.rows[:_EXCERPT]).as_text(width()))
    say(f"{min(_EXCERPT, len(table))} of {len(table)} rows")


def query(call: Namespace) -> int:
    """Ask a canned query, or one of the user's."""
    from sigma_ld.sparql import answer_as, failures_told

    found, title = _answer(call)
    with failures_told():
        if call.limit is not None or call.file:
            found = _cut(found, _MOST_ROWS if call.limit is None else call.limit)
        text = answer_as(found, call.format, width(), title, iri=call.iri)
    out(text)
    return 0


def _answer(call: Namespace) -> "tuple[Answer, str]":
    """Return what is answered to the call, and the question as a title."""
    from sigma_ld.canned import parameters_of, solve
    from sigma_ld.questions import canned
    from sigma_ld.sparql import answer
    from sigma_ld.store import packaged_store, store_of

    values = parameters_of(call.parameters)
    if bool(call.name) == bool(call.file):
        raise UsageError("name a canned query, or give a query of your own by --file")
    if call.file and values:
        raise UsageError(f"a query of your own takes no parameters: leave out --{min(values)}")
    if [bool(call.data), call.endpoint is not None, call.store is not None].count(True) > 1:
        raise UsageError("each has its own data: give --data, --endpoint or --store, not both")
    if call.inferred and (call.endpoint is not None or call.store is not None):
        raise UsageError(
            "what a store or endpoint holds is not reasoned about: leave out --inferred"
        )
    if call.store == "":
        raise UsageError("--store is empty: give a folder that load made, or leave it out")
    dataset: Dataset | Store | None = dataset_of(call.data) if call.data else None
    if call.store:
        from sigma_ld.loading.file_store import data_of

        dataset = data_of(call.store)
    if call.inferred:
        from sigma_ld.reasoning import reason as closed
        from sigma_ld.reasoning.surroundings import beside_packaged

        given = dataset_of(call.data)
        dataset = closed(beside_packaged(given) if call.data else given, engine="rl")
    if call.name:
        found = solve(
            call.name,
            dataset,
            endpoint=call.endpoint,
            allow_service=call.allow_service,
            timeout=call.timeout,
            **values,
        )
        return found, canned(call.name).summary
    if call.endpoint is not None:
        from sigma_ld.remote import reached

        return reached(call.endpoint, call.timeout).ask(
            _text_of(call.file), call.timeout
        ), call.file
    store = store_of(dataset) if dataset is not None else packaged_store()
    return answer(_text_of(call.file), store, allow_service=call.allow_service), call.file


def _text_of(name: str) -> str:
    """Return the text of a query file, `-` being stdin."""
    from sigma_ld.resources import read

    if name != "-":
        return read(Path(name))
    if sys.stdin is None:
        raise UsageError("stdin is closed: give a file")
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"stdin: not UTF-8 (byte {error.start}): save it so") from None


def _cut(found: "Answer", rows: int) -> "Answer":
    """Return the answer with at most so many rows, and say it if some are left out."""
    import json

    import pyoxigraph as ox

    if not isinstance(found, ox.QuerySolutions):
        return found
    results = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    bindings = results["results"]["bindings"]
    if len(bindings) > rows:
        say(f"{rows} of {len(bindings)} rows: --limit shows more or fewer")
        results["results"]["bindings"] = bindings[:rows]
    return ox.parse_query_results(json.dumps(results), ox.QueryResultsFormat.JSON)
