"""Work on what comes from outside, done in a process of its own that is stopped at its limits.

Some inputs make a library run for ever, eat all memory or abort the process, and none of this can
be stopped from within.
"""

import os
import signal
from collections.abc import Callable

from sigma_ld.errors import LimitError

__all__ = ["guarded"]

_MEGABYTE = 2**20


def guarded(work: Callable[[], int], seconds: int, megabytes: int) -> int:
    """Return what `work` returns, having run it in a child process.

    Args:
        work: returns an exit code; what it changes in memory is lost.
        seconds: how much CPU time it may use.
        megabytes: how much memory it may use.

    Raises:
        LimitError: it used more, or a library aborted.
    """
    child = os.fork()
    if child == 0:
        os._exit(_limited(work, seconds, megabytes))
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        return os.waitstatus_to_exitcode(status)
    if os.WTERMSIG(status) == signal.SIGXCPU:
        raise LimitError(f"stopped after {seconds} s of work: give less, or more time by --timeout")
    name = signal.Signals(os.WTERMSIG(status)).name
    raise LimitError(
        f"the work was ended by {name}, as happens when {megabytes} MB do not suffice or the input "
        "is built to break its reader: give less"
    )


def _limited(work: Callable[[], int], seconds: int, megabytes: int) -> int:
    import resource
    import sys

    # A second more for the hard limit lets the kernel send SIGXCPU and not SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code = work()
    sys.stdout.flush()
    sys.stderr.flush()
    return code
