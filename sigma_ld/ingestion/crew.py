"""Child processes that do pieces of work, each within limits; one that dies is replaced.

A piece of work that lasts too long, eats all memory or aborts its process costs that piece only.
"""

import gc
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from mmap import PAGESIZE, mmap
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Generic, NoReturn, TypeVar

from sigma_ld.errors import LimitError, SigmaError
from sigma_ld.guard import end_with

__all__ = ["Crew"]

Piece = TypeVar("Piece")
Result = TypeVar("Result")

_MEGABYTE = 2**20
# How much longer a piece may last that does not stop when it is told to.
_GRACE = 2
# How large a result may be that does not go through a pipe, which would copy it four times.
_DESK = 8 * _MEGABYTE


class _Late(BaseException):
    """The time of a piece of work is over."""


@dataclass(slots=True)
class _Member:
    process: int
    line: Connection
    desk: mmap
    ticket: int | None = None


class Crew(Generic[Piece, Result]):
    """Does pieces of work in child processes.

    Args:
        work: makes a result of a piece; both must be picklable, `work` itself need not.
        size: how many processes there are at the most.
        seconds: how much CPU time one piece may take.
        megabytes: how much memory a process may take beside what it begins with.
    """

    def __init__(
        self, work: Callable[[Piece], Result], size: int, seconds: int, megabytes: int
    ) -> None:
        self._work, self._size = work, size
        self._seconds, self._megabytes = seconds, megabytes
        self._members: list[_Member] = []
        self._waiting: deque[tuple[int, Piece]] = deque()
        self._done: dict[int, Result | LimitError] = {}
        self._count = 0

    def __enter__(self) -> "Crew[Piece, Result]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all processes, whatever they do."""
        for member in self._members:
            member.line.close()
            member.desk.close()
            with suppress(ProcessLookupError):
                os.kill(member.process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(member.process, 0)
        self._members.clear()

    def submit(self, piece: Piece, *, first: bool = False) -> int:
        """Take a piece of work and return the number under which its result is kept.

        Args:
            piece: the piece.
            first: whether it comes before those that wait already.
        """
        self._count += 1
        if first:
            self._waiting.appendleft((self._count, piece))
        else:
            self._waiting.append((self._count, piece))
        self._collect(0)
        self._hand_out()
        return self._count

    def result(self, ticket: int) -> Result | LimitError:
        """Wait for a piece of work and return what came of it, which is then forgotten.

        Args:
            ticket: the number that `submit` returned.
        """
        while ticket not in self._done:
            self._hand_out()
            self._collect(None)
        self._hand_out()
        return self._done.pop(ticket)

    def _hand_out(self) -> None:
        while self._waiting:
            member = next((each for each in self._members if each.ticket is None), None)
            if member is None:
                if len(self._members) == self._size:
                    return
                member = self._started()
            ticket, piece = self._waiting.popleft()
            try:
                member.line.send(piece)
                member.ticket = ticket
            except OSError:  # It died while it had nothing to do.
                self._buried(member)
                self._waiting.appendleft((ticket, piece))

    def _collect(self, seconds: float | None) -> None:
        """Take the results that are there, after so long a wait for the first."""
        at_work = {each.line: each for each in self._members if each.ticket is not None}
        for line in wait(list(at_work), seconds):
            member = at_work[line]  # type: ignore[index]
            ticket, member.ticket = member.ticket, None
            if ticket is None:
                continue
            try:
                self._done[ticket] = _taken(member.line, member.desk)
            except (EOFError, OSError):
                self._done[ticket] = LimitError(self._why(self._buried(member)))

    def _buried(self, member: _Member) -> int:
        self._members.remove(member)
        member.line.close()
        member.desk.close()
        _, status = os.waitpid(member.process, 0)
        return status

    def _why(self, status: int) -> str:
        by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if by == signal.SIGXCPU:
            return _late(self._seconds)
        name = signal.Signals(by).name if by else f"exit {os.waitstatus_to_exitcode(status)}"
        return f"its reader was ended by {name}: take it out, or divide it"

    def _started(self) -> _Member:
        ours, theirs = Pipe()
        desk = mmap(-1, _DESK)
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            end_with(parent)
            ours.close()
            for member in self._members:
                member.line.close()
            self._serve(theirs, desk)
        theirs.close()
        member = _Member(process, ours, desk)
        self._members.append(member)
        return member

    # In the child ----------------------------------------------------------------

    def _serve(self, line: Connection, desk: mmap) -> NoReturn:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGPROF, _stop)
            _limit_memory(self._megabytes)
            gc.freeze()  # What is there now stays: looking through it again and again takes long.
            while True:
                piece = line.recv()
                _give(self._answer(piece), line, desk)
        except (EOFError, OSError):
            os._exit(0)
        finally:
            os._exit(1)

    def _answer(self, piece: Piece) -> Result | LimitError:
        _limit_time(self._seconds + _GRACE)
        try:
            signal.setitimer(signal.ITIMER_PROF, self._seconds)
            try:
                return self._work(piece)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        except _Late:
            return LimitError(_late(self._seconds))
        except SigmaError as error:
            return LimitError(str(error))
        except MemoryError:
            return LimitError(f"needs more than {self._megabytes} MB of memory: divide it")
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            return LimitError(f"{told}; this is a fault of sigma-ld, please report it")


def _give(result: object, line: Connection, desk: mmap) -> None:
    """Send a result: what fits on the desk, which both processes see, is laid there."""
    data = pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL)
    if len(data) <= len(desk):
        desk[: len(data)] = data
        line.send(len(data))
    else:
        line.send(0)
        line.send_bytes(data)


def _taken(line: Connection, desk: mmap) -> Any:
    """Return a result that was sent by `_give`."""
    size = line.recv()
    if not size:
        return pickle.loads(line.recv_bytes())  # noqa: S301  our own child made it
    with memoryview(desk) as view, view[:size] as part:
        return pickle.loads(part)  # noqa: S301  our own child made it


def _late(seconds: int) -> str:
    return f"not read within {seconds} s: divide it, or give it more time by --timeout"


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Late


def _limit_memory(megabytes: int) -> None:
    """Let this process take so much memory beside what it was forked with."""
    import resource

    most = _address_space() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Return how many bytes of addresses this process has taken; 0 where no file tells."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * PAGESIZE


def _limit_time(seconds: int) -> None:
    """Let the kernel end this process when it has worked so much longer than up to now."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))
