"""The canned queries as a page: each question with its SPARQL and the first of its rows."""

import pyoxigraph as ox

from sigma_ld.canned import query
from sigma_ld.dataset import Dataset
from sigma_ld.questions import Canned, queries
from sigma_ld.store import store_of
from sigma_ld.table import Table

__all__ = ["cookbook"]

_ROWS = 5


def cookbook(dataset: Dataset) -> str:
    """Return the page in Markdown."""
    found, store = queries(), store_of(dataset)
    tags = sorted({question.tags[0] for question in found})
    lines = ["# Questions", "", "Each is a query of `sigma-ld query NAME`.", ""]
    for tag in tags:
        named = [f"[{q.name}](#{q.name})" for q in found if q.tags[0] == tag]
        lines.append(f"- {tag}: {', '.join(named)}")
    for question in found:
        lines += ["", *_entry(question, store)]
    return "\n".join(lines) + "\n"


def _entry(question: Canned, store: ox.Store) -> list[str]:
    lines = [f"## {question.name}", "", f"**{question.summary}** {question.description}", ""]
    lines += [f"Mind: {question.pitfall}", ""]
    for parameter in question.parameters:
        lines.append(f"- `--{parameter.name}` ({parameter.type}): {parameter.description}")
    lines += ["", "```sparql", question.sparql.rstrip(), "```", ""]
    if question.federated:
        return [*lines, f"Asks {', '.join(question.endpoints)}; no rows are shown here."]
    table = query(question.name, store)
    first = Table(table.columns, table.rows[:_ROWS]).as_markdown().rstrip()
    return [*lines, first, "", f"{min(_ROWS, len(table))} of {len(table)} rows."]
