"""`python -m sigma_ld` is `sigma-ld`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

__all__ = ["run"]


def run() -> NoReturn:
    """Run one call of the command line and end the process.

    It ends at once: to take the store and every module apart first takes as long as a query.
    """
    try:
        from sigma_ld.cli import main

        code = main()
    except KeyboardInterrupt:
        code = 130
    for stream in (sys.stdout, sys.stderr):
        # A stream may be closed or its reader gone; `main` has told what there is to tell.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
