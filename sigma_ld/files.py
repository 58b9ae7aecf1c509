"""Files that appear whole or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path

from sigma_ld.errors import OutputError

__all__ = ["write_file", "write_folder"]


def _synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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

    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(mkdtemp(prefix=".sigma-ld-", dir=folder))
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror}): choose another with -o"
        raise OutputError(message) from None
    try:
        for name, content in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            _synced(staged / name, content)
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
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
    if path.is_dir():
        raise OutputError(f"{path}: is a folder: name a file")
    write_folder(path.parent, {path.name: content})
