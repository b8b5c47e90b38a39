"""The files that browsers are served, as they were when the program started, under an address that changes with them: browsers keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
VENDOR = Path(__file__).parent / "vendor"


def files(browser: Path = BROWSER, vendor: Path = VENDOR) -> dict[str, bytes]:
    """The contents of every module, style and font, and of every script that others wrote, by name."""
    own = {f"player/{path.relative_to(browser).as_posix()}": path.read_bytes() for path in sorted(browser.rglob("*")) if path.is_file()}
    return own | {path.relative_to(vendor).as_posix(): path.read_bytes() for path in sorted(vendor.rglob("*.js"))}


def version(contents: Mapping[str, bytes]) -> str:
    """A short hash of names and contents."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


FILES = files()
ADDRESS = f"assets/{version(FILES)}"
