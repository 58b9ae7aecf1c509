"""Work on what comes from outside, done in a process of its own that is stopped at its limits.

Some inputs make a library run for ever, eat all memory or abort the process, and none of this can
be stopped from within.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from sigma_ld.errors import LimitError

__all__ = ["end_with", "guarded"]

_MEGABYTE = 2**20
# Twentieths of a second, more where a child clears up after itself.
_PATIENCE = 40
_LONG_PATIENCE = 160
# What stops a process; the first is Ctrl-C.
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
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
    work: Callable[[], int],
    seconds: int,
    megabytes: int,
    *,
    by_the_clock: bool = False,
    tidies: bool = False,
) -> int:
    """Return what `work` returns, having run it in a child process.

    Args:
        work: returns an exit code; what it changes in memory is lost.
        seconds: how much CPU time it may use.
        megabytes: how much memory it may use.
        by_the_clock: whether it may also last no longer, since it may wait for others.
        tidies: whether it clears up when it is stopped: a signal, also one that reaches this
            process alone, is a KeyboardInterrupt there, and it has some seconds then.

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
            if tidies:
                _heard(_STOPS, _interrupt)
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

    status = _awaited(child, tidies)
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


def _heard(numbers: Iterable[int], act: Callable[..., object]) -> dict[int, Any]:
    """Act on signals that are not ignored, as `nohup` does; return what was done on them."""
    return {
        number: signal.signal(number, act)
        for number in numbers
        if signal.getsignal(number) != signal.SIG_IGN
    }


def _awaited(child: int, tidies: bool) -> int:
    """Return the status with which a child ends, which is stopped when this process is."""

    def end(number: int, _: object) -> None:
        _end(child, tidies)
        sys.exit(128 + number)

    before = _heard(_STOPS if tidies else _STOPS[1:], end)
    try:
        return os.waitpid(child, 0)[1]
    finally:
        for number, heard in before.items():
            signal.signal(number, heard)


def _interrupt(*_: object) -> None:
    """Interrupt what is done, but not what clears up after an interrupt."""
    error = sys.exc_info()[1]
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return
        error = error.__context__
    raise KeyboardInterrupt


def _end(child: int, tidies: bool) -> None:
    """End a child, which has a moment to tidy up what it started; it may have ended by itself."""
    from time import sleep

    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGTERM)
        for turn in range(_LONG_PATIENCE if tidies else _PATIENCE):
            if os.waitpid(child, os.WNOHANG)[0]:
                return
            sleep(0.05)
            # An interrupt is lost where Python itself is called back, as by the end of an import.
            if tidies and turn % 10 == 9:
                os.kill(child, signal.SIGTERM)
        os.kill(child, signal.SIGKILL)


def _limit(seconds: int, megabytes: int) -> None:
    import resource

    # A second more for the hard limit lets the kernel send SIGXCPU and not SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
