"""Files of the user's, opened only where reading them comes to an end."""

import os
import re
import stat
from io import BufferedReader
from pathlib import Path

from sigma_ld.errors import SourceError

__all__ = ["opened"]

# Where a shell puts the pipe of `<(command)`.
_OF_SHELL = re.compile(r"/dev/(?:fd/\d+|stdin)|/proc/(?:self|\d+)/fd/\d+")
_KINDS = {
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
}


def opened(path: str | Path) -> BufferedReader:
    """Return a file, opened to be read.

    The pipe that a shell makes of `<(command)` is read as standard input is. Another pipe, a
    device or a socket may give nothing for ever, or never stop.

    Args:
        path: the file.

    Raises:
        SourceError: it is a named pipe, a device or a socket.
        OSError: it cannot be opened.
    """
    kind = stat.S_IFMT(Path(path).stat().st_mode)
    if kind in _KINDS and not (kind == stat.S_IFIFO and _OF_SHELL.fullmatch(os.fspath(path))):
        problem = f"is {_KINDS[kind]}, no file: save what it gives in a file and name that"
        raise SourceError(str(path), None, problem)
    return Path(path).open("rb")
