"""Work in child processes: results by number, limits, and deaths that cost one piece only."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from mmap import mmap

import pytest

from sigma_ld.errors import LimitError, UsageError
from sigma_ld.ingestion.crew import Crew


def endless() -> object:
    while True:
        pass


def deaf() -> object:
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    return endless()


def fault() -> object:
    raise KeyError("lost")


def wrong() -> object:
    raise UsageError("no such kind")


WORK = {
    "clock": time.monotonic,
    "deaf": deaf,
    "dies": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "exits": lambda: os._exit(7),
    "fault": fault,
    "loop": endless,
    "memory": lambda: b"x" * 10**10,
    "process": os.getpid,
    "wrong": wrong,
}


def work(piece: object) -> object:
    if isinstance(piece, tuple):
        time.sleep(piece[0])
        return piece[1]
    return WORK[piece]() if isinstance(piece, str) and piece in WORK else f"<{piece}>"


@pytest.fixture
def crew() -> Iterator[Crew[object, object]]:
    with Crew(work, 2, 1, 1024) as made:
        yield made


def said(crew: Crew[object, object], piece: object) -> str:
    result = crew.result(crew.submit(piece))
    assert isinstance(result, LimitError)
    return str(result)


def test_each_result_has_the_number_of_its_piece(crew: Crew[object, object]) -> None:
    slow = crew.submit((0.3, "slow"))
    quick = [crew.submit(number) for number in range(20)]
    assert [crew.result(ticket) for ticket in quick] == [f"<{number}>" for number in range(20)]
    assert crew.result(slow) == "slow"


def test_what_is_submitted_first_comes_before_what_waits() -> None:
    with Crew[object, object](work, 1, 1, 1024) as crew:
        crew.submit((0.2, "busy"))
        late, soon = crew.submit("clock"), crew.submit("clock", first=True)
        assert float(str(crew.result(soon))) < float(str(crew.result(late)))


@pytest.mark.parametrize(
    ("piece", "told"),
    [
        ("loop", "not read within 1 s: divide it, or give it more time by --timeout"),
        ("deaf", "not read within 1 s: divide it, or give it more time by --timeout"),
        ("memory", "needs more than 1024 MB of memory: divide it"),
        ("dies", "its reader was ended by SIGKILL: take it out, or divide it"),
        ("exits", "its reader was ended by exit 7: take it out, or divide it"),
        ("fault", "KeyError: 'lost'; this is a fault of sigma-ld, please report it"),
        ("wrong", "no such kind"),
    ],
)
def test_a_piece_that_breaks_a_limit_or_its_process_is_one_line(
    crew: Crew[object, object], piece: str, told: str
) -> None:
    assert said(crew, piece) == told
    assert crew.result(crew.submit("next")) == "<next>"


def test_there_are_no_more_processes_than_asked_for(crew: Crew[object, object]) -> None:
    tickets = [crew.submit("process") for _ in range(40)]
    assert 1 <= len({crew.result(ticket) for ticket in tickets}) <= 2


def test_processes_end_with_their_crew() -> None:
    with Crew[object, object](work, 1, 1, 1024) as crew:
        process = crew.result(crew.submit("process"))
        crew.submit("loop")
    assert isinstance(process, int)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_processes_at_work_end_with_a_parent_that_is_killed() -> None:
    code = """
import os, time
from sigma_ld.ingestion.crew import Crew
def endless(piece):
    print(os.getpid(), flush=True)
    while True:
        pass
crew = Crew(endless, 1, 60, 1024)
crew.submit(1)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        member = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([member], [], [], 5)
    os.close(member)
    assert ended


def test_a_process_that_died_idle_is_replaced(crew: Crew[object, object]) -> None:
    process = crew.result(crew.submit("process"))
    assert isinstance(process, int)
    os.kill(process, signal.SIGKILL)
    time.sleep(0.1)
    assert crew.result(crew.submit("next")) == "<next>"


def test_a_result_of_any_size_comes_whole(crew: Crew[object, object]) -> None:
    for size in (0, 100_000, 8 * 2**20, 20_000_000):
        assert crew.result(crew.submit((0, b"x" * size))) == b"x" * size


def test_what_the_parent_holds_counts_not_as_memory_of_a_member() -> None:
    with mmap(-1, 1200 * 2**20), Crew(work, 1, 5, 1024) as made:
        assert made.result(made.submit((0, b"x" * 20_000_000))) == b"x" * 20_000_000
