"""Kernels on disk: a text becomes a module in a private folder, and Numba keeps what it compiled of it there.

Numba keeps nothing of a function that has no file, and what it keeps is pickle: whoever may write to the folder may run code here. So the folder
belongs to the user who runs the program and to no one else. Where it cannot, a folder of this process's own takes its place, and nothing is kept.
This is the only file of the program in which a text that was generated is run.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Lock
from typing import Any

FOLDER = "DESCENT_LAB_KERNELS"  # environment variable: the folder, instead of one in the user's cache
MOST = 300  # kernels; of about 200 kB each
COMPILING = Lock()  # Numba compiles one thing at a time


def load() -> None:
    """Import Numba now, and not when the first kernel is there."""
    with suppress(ImportError):
        import numba  # noqa: F401  # pyright: ignore[reportUnusedImport]


def name_of(text: str) -> str:
    return f"kernel_{sha256(text.encode()).hexdigest()[:24]}"


def kept(text: str) -> bool:
    """Whether what was compiled of this text lies in the folder."""
    return any((folder() / "__pycache__").glob(f"{name_of(text)}.*.nbi"))


def prepare(text: str, at: Path) -> None:
    """Compile this text into the folder of another process, which reads it from there."""
    imported(name_of(text), written(at, name_of(text), text))


def kernel_of(text: str) -> Callable[..., None]:
    """The function `kernel` of a module with this text, compiled or read from disk; raises OSError, or what Numba raises."""
    name = name_of(text)
    with COMPILING:
        try:
            return imported(name, written(folder(), name, text))
        except ImportError:
            raise
        except Exception:  # a disk that is full, a folder that was taken away, a file that is damaged
            with suppress(OSError):
                forgotten(folder() / f"{name}.py")
            return imported(name, written(own_folder(), name, text))


def imported(name: str, path: Path) -> Callable[..., None]:
    """What the module at this path calls `kernel`; Numba keeps its machine code beside it."""
    from numba.core import config  # here, because it takes a third of a second, and the core does without

    spec = spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module: Any = module_from_spec(spec)
    kept: Any = config
    before = kept.CACHE_LOCATOR_CLASSES
    sys.modules[name] = module
    kept.CACHE_LOCATOR_CLASSES = "InTreeCacheLocator"  # nowhere else, whatever the environment says
    try:
        spec.loader.exec_module(module)
    finally:
        kept.CACHE_LOCATOR_CLASSES = before
        del sys.modules[name]
    return module.kernel


def written(folder: Path, name: str, text: str) -> Path:
    """The file with this text in the folder; left as it is where it is there, because Numba's cache hangs on its time."""
    path = folder / f"{name}.py"
    if not path.exists() or path.read_text("utf-8") != text:
        draft = folder / f".{name}.{os.getpid()}"
        draft.write_text(text, "utf-8")
        draft.replace(path)
        thinned(folder)
    return path


def thinned(folder: Path) -> None:
    """Remove the oldest kernels beyond the most that are kept."""
    for path in sorted(folder.glob("kernel_*.py"), key=lambda path: path.stat().st_mtime)[:-MOST]:
        forgotten(path)


def forgotten(path: Path) -> None:
    """Remove the text at this path and what was made of it."""
    for file in [path, *(path.parent / "__pycache__").glob(f"{path.stem}.*")]:
        file.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def folder() -> Path:
    """The private folder of kernels; one of this process's own where there is none that is private and can be written to."""
    chosen = os.environ.get(FOLDER)
    caches = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    path = Path(chosen or f"{caches}/descent-lab/kernels").expanduser()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if private(path):
            tempfile.TemporaryFile(dir=path).close()
            return path
    except (OSError, RuntimeError):
        pass
    return own_folder()


def private(path: Path) -> bool:
    """Whether this is a folder that belongs to this user, and that nobody else may look into."""
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o077))


@lru_cache(maxsize=1)
def own_folder() -> Path:
    """A private folder that goes with the process."""
    made = OWN.append(tempfile.TemporaryDirectory(prefix="descent-lab-")) or OWN[-1]
    return Path(made.name)


OWN: list[tempfile.TemporaryDirectory[str]] = []
