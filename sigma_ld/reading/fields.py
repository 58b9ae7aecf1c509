"""What reads the fields of a page, put together: rows, tables, trials, references, links."""

from sigma_ld.reading.columns import Columns
from sigma_ld.reading.gathering import Gathering
from sigma_ld.reading.grammar import Grammar
from sigma_ld.reading.headers import Headers
from sigma_ld.reading.identifiers import Identifiers
from sigma_ld.reading.links import Links
from sigma_ld.reading.prose import Prose
from sigma_ld.reading.references import References
from sigma_ld.reading.rows import Rows
from sigma_ld.reading.trials import Trials
from sigma_ld.reading.values import Values

__all__ = ["Fields"]


class Fields:
    """The readers of what a page lays out in fields.

    Args:
        gathering: where claims are kept.
        grammar: what finds relations in words.
        prose: what reads the words of a cell.
        identifiers: what knows public identifiers.
    """

    def __init__(
        self, gathering: Gathering, grammar: Grammar, prose: Prose, identifiers: Identifiers
    ) -> None:
        self.links = Links(gathering)
        self.references = References(gathering, identifiers)
        self.headers = Headers(gathering)
        self.values = values = Values(gathering, grammar, prose, self.links)
        self.trials = Trials(gathering, grammar, prose, self.headers, values)
        columns = Columns(gathering, grammar, prose, self.headers, values, self.trials, self.links)
        self.rows = Rows(gathering, prose, self.headers, values, columns)
