"""Encyclopaedia articles about proteins as checked, validated linked data.

>>> import sigma_ld as sl
>>> dataset = sl.build()
>>> [found.label for found in sl.find("GRP78", dataset)]
['BiP']
"""

from importlib import import_module
from typing import TYPE_CHECKING

from sigma_ld.names import VERSION as __version__  # noqa: N811  the name Python has for it

if TYPE_CHECKING:
    from sigma_ld.assembly import build
    from sigma_ld.canned import query
    from sigma_ld.connection import Connection, connect
    from sigma_ld.dataset import Dataset
    from sigma_ld.desk import claims, read
    from sigma_ld.errors import (
        EndpointError,
        InconsistencyError,
        LimitError,
        MissingError,
        OutputError,
        SigmaError,
        SourceError,
        UsageError,
    )
    from sigma_ld.judgement import Assessment
    from sigma_ld.loading import Loaded, load
    from sigma_ld.lookup import Found, find
    from sigma_ld.model import Claim
    from sigma_ld.questions import Canned, queries
    from sigma_ld.reading.article import Article
    from sigma_ld.reading.gathering import StatedClaim
    from sigma_ld.reasoning import reason
    from sigma_ld.revision import Difference, diff
    from sigma_ld.serialization import export, serialize
    from sigma_ld.store import graph
    from sigma_ld.table import Table
    from sigma_ld.validation import Report, validate
    from sigma_ld.weighing import check

__all__ = [
    "Article",
    "Assessment",
    "Canned",
    "Claim",
    "Connection",
    "Dataset",
    "Difference",
    "EndpointError",
    "Found",
    "InconsistencyError",
    "LimitError",
    "Loaded",
    "MissingError",
    "OutputError",
    "Report",
    "SigmaError",
    "SourceError",
    "StatedClaim",
    "Table",
    "UsageError",
    "__version__",
    "build",
    "check",
    "claims",
    "connect",
    "diff",
    "export",
    "find",
    "graph",
    "load",
    "queries",
    "query",
    "read",
    "reason",
    "serialize",
    "validate",
]

_HOME = {
    "Article": "reading.article",
    "Assessment": "judgement",
    "Canned": "questions",
    "Claim": "model",
    "Connection": "connection",
    "Dataset": "dataset",
    "Difference": "revision",
    "EndpointError": "errors",
    "Found": "lookup",
    "InconsistencyError": "errors",
    "LimitError": "errors",
    "Loaded": "loading",
    "MissingError": "errors",
    "OutputError": "errors",
    "Report": "validation",
    "SigmaError": "errors",
    "SourceError": "errors",
    "StatedClaim": "reading.gathering",
    "Table": "table",
    "UsageError": "errors",
    "build": "assembly",
    "check": "weighing",
    "claims": "desk",
    "connect": "connection",
    "diff": "revision",
    "export": "serialization",
    "find": "lookup",
    "graph": "store",
    "load": "loading",
    "queries": "questions",
    "query": "canned",
    "read": "desk",
    "reason": "reasoning",
    "serialize": "serialization",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for, so that help is instant."""
    if name not in _HOME:
        raise AttributeError(f"module 'sigma_ld' has no attribute {name!r}")
    value: object = getattr(import_module(f"sigma_ld.{_HOME[name]}"), name)
    globals()[name] = value
    return value
