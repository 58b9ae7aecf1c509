"""Files that appear whole or not at all."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sigma_ld.errors import OutputError

__all__ = ["STAGED", "check_apart", "check_folder", "scratch", "write_file", "write_folder"]

STAGED = ".sigma-ld-"
"""How the folder begins in which files wait for their places; a killed process leaves it."""


def _synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refusal(folder: Path, error: OSError) -> OutputError:
    return OutputError(f"{folder}: cannot be written ({error.strerror}): choose another with -o")


def check_folder(folder: Path) -> None:
    """Tell at once that a folder cannot be written, before there is long work for it.

    Raises:
        OutputError: it cannot be made, or nothing can be put into it.
    """
    from tempfile import TemporaryFile

    place = folder.absolute()
    while not place.exists():
        place = place.parent
    try:
        TemporaryFile(dir=place).close()
    except OSError as error:
        raise _refusal(folder, error) from None


def check_apart(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Tell that a file would be written over that is read, by whatever name or link.

    Args:
        outputs: the files that would be written, of which some may be there.
        inputs: the files that are read.

    Raises:
        OutputError: one of them is both.
    """
    there = {_identity(path): path for path in outputs if path.exists()}
    for path in inputs if there else ():
        output = there.get(_identity(path)) if path.exists() else None
        if output is not None:
            problem = f"is read by this call (as {path}): choose another place to write to"
            raise OutputError(f"{output}: {problem}")


def _identity(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_dev, about.st_ino


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder: all are made beside it first, then moved to their places.

    Args:
        folder: where to write; made if it is not there. Other files in it are left alone.
        files: the content of each file by its path below the folder.

    Raises:
        OutputError: the folder cannot be written; what stood in it still stands.
    """
    import shutil
    from tempfile import mkdtemp

    try:
        folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(prefix=STAGED, dir=folder))
    except OSError as error:
        raise _refusal(folder, error) from None
    try:
        for name, content in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            _synced(staged / name, content)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if (folder / name).exists():
                (staged / name).chmod((folder / name).stat().st_mode)
            (staged / name).replace(folder / name)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    except OSError as error:
        raise OutputError(f"{folder}: writing failed ({error.strerror}): make room there") from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file.

    Raises:
        OutputError: it cannot be written; what stood there still stands.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: is no plain file: name one, or leave out -o to write to stdout")
    write_folder(path.parent, {path.name: content})


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for what is needed for a while only.

    Its name tells its process, so that folders of those that were killed are removed by the next.
    """
    import shutil
    from tempfile import TemporaryDirectory, gettempdir

    for left in Path(gettempdir()).glob("sigma-ld-*-*"):
        process = left.name.split("-")[2]
        if process.isdecimal() and not left.is_symlink() and _ended(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=f"sigma-ld-{os.getpid()}-") as folder:
        yield Path(folder)


def _ended(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
