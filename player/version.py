"""Which version of the program this is: pages, modules, messages and numbers of another one do not go together with this one's."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version as version_of
from pathlib import Path

from player.assets import ADDRESS, version

ROOT = Path(__file__).parent.parent
FOLDERS = ("core", "landscapes", "optimizers", "problems", "runs", "locales", "links", "lessons", "rooms", "figures")
FOLDERS += ("player", "export", "serving", "views")
FILES = "app.py", ".streamlit/config.toml"
KINDS = (".py", ".mo", ".json", ".css", ".gz")  # what runs, what is said, and what is read


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file of the server's side that makes the program what it is; a new entry's too."""
    for folder in FOLDERS:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.suffix in KINDS)
    yield from (root / name for name in FILES)


def of_program(root: Path = ROOT, address: str = ADDRESS, streamlit: str = "") -> str:
    """A short hash of the program in `root`, of the browser's files, by their address, and of Streamlit, whose script has come with a page too.

    The same on every machine that has the same files, whenever it was started: a page may go from one such server to another.
    """
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in sources(root)}
    return version(files | {"browser": address.encode(), "streamlit": (streamlit or version_of("streamlit")).encode()})


VERSION = of_program()
