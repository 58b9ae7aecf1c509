"""Work on what comes from outside, done in a process of its own that is stopped at its limits.

Some inputs make a library run for ever, eat all memory or abort the process, and none of this can
be stopped from within.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from sigma_ld.errors import LimitError

__all__ = ["end_with", "guarded"]

_MEGABYTE = 2**20
# Twentieths of a second.
_PATIENCE = 40
# PR_SET_PDEATHSIG of prctl(2), which Linux alone has.
_SET_DEATH_SIGNAL = 1


def end_with(parent: int) -> None:
    """Let the kernel end this process when its parent ends, however that comes about.

    Elsewhere than on Linux a process outlives a parent that is killed.

    Args:
        parent: the process that forked this one.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # It ended before it could be waited for.
            os._exit(1)


def guarded(
    work: Callable[[], int], seconds: int, megabytes: int, *, by_the_clock: bool = False
) -> int:
    """Return what `work` returns, having run it in a child process.

    Args:
        work: returns an exit code; what it changes in memory is lost.
        seconds: how much CPU time it may use.
        megabytes: how much memory it may use.
        by_the_clock: whether it may also last no longer, since it may wait for others.

    Raises:
        LimitError: it used more, or a library aborted.
    """
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 2
        try:
            end_with(parent)
            _limit(seconds, megabytes)
            if by_the_clock:
                # A second more lets an endpoint's own deadline, which names it, come first.
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(seconds + 1)
            code = work()
            for stream in filter(None, (sys.stdout, sys.stderr)):
                with suppress(OSError, ValueError):
                    stream.flush()
        finally:
            os._exit(code)

    def end(number: int, _: object) -> None:
        _end(child)
        sys.exit(128 + number)

    before = {name: signal.signal(name, end) for name in (signal.SIGHUP, signal.SIGTERM)}
    try:
        _, status = os.waitpid(child, 0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if not os.WIFSIGNALED(status):
        return os.waitstatus_to_exitcode(status)
    if os.WTERMSIG(status) == signal.SIGXCPU:
        raise LimitError(f"stopped after {seconds} s of work: give less, or more time by --timeout")
    if os.WTERMSIG(status) == signal.SIGALRM:
        raise LimitError(f"no answer within {seconds} s: ask another, or give more by --timeout")
    name = signal.Signals(os.WTERMSIG(status)).name
    raise LimitError(
        f"the work was ended by {name}, as happens when {megabytes} MB do not suffice or the input "
        "is built to break its reader: give less"
    )


def _end(child: int) -> None:
    """End a child, which has a moment to tidy up what it started."""
    from time import sleep

    os.kill(child, signal.SIGTERM)
    for _ in range(_PATIENCE):
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        sleep(0.05)
    os.kill(child, signal.SIGKILL)


def _limit(seconds: int, megabytes: int) -> None:
    import resource

    # A second more for the hard limit lets the kernel send SIGXCPU and not SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
