"""What can go wrong, one class for each thing a caller can do about it.

SigmaError            every error of this package; its text is one line for a person
├── UsageError        the call asks for something that does not exist; exit 2
├── SourceError       a file that was read is broken; names file and line; exit 2
└── OutputError       a file could not be written; nothing was changed; exit 2
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Triple

__all__ = [
    "EndpointError",
    "InconsistencyError",
    "LimitError",
    "MissingError",
    "OutputError",
    "SigmaError",
    "SourceError",
    "UsageError",
]


class SigmaError(Exception):
    """An error that a person can mend; its text says what, where and what to do."""


class UsageError(SigmaError, ValueError):
    """The call names a query, term, parameter or syntax that does not exist."""


class SourceError(SigmaError, ValueError):
    """A file that was read is broken.

    Args:
        file: the file's name as the user gave it.
        line: the first line concerned, counted from 1, or None where the whole file is meant.
        problem: what is wrong and what to do, as one sentence.
    """

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")


class MissingError(SigmaError, ImportError):
    """Something optional is not installed; the text says how to install it."""


class EndpointError(SigmaError, RuntimeError):
    """A remote endpoint did not answer, or not with results."""


class InconsistencyError(SigmaError, ValueError):
    """Ontology and facts contradict each other.

    Args:
        problem: what does, as one sentence.
        clash: the asserted triples that contradict each other.
    """

    def __init__(self, problem: str, clash: "tuple[Triple, ...]") -> None:
        self.clash = clash
        super().__init__(problem)


class LimitError(SigmaError, RuntimeError):
    """The work used more time or memory than it may, or a library aborted over its input."""


class OutputError(SigmaError, OSError):
    """A file or folder could not be written; what stood there before still stands."""
