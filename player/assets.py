"""The files that browsers are served, as they were when the program started, under an address that changes with them: browsers keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
PLOTLY = Path(__file__).parent / "vendor" / "plotly"


def files(browser: Path = BROWSER, plotly: Path = PLOTLY) -> dict[str, bytes]:
    """The contents of every module, style and font, and of Plotly's script, by name."""
    own = {f"player/{path.relative_to(browser).as_posix()}": path.read_bytes() for path in sorted(browser.rglob("*")) if path.is_file()}
    return own | {"plotly/plotly.min.js": (plotly / "plotly.min.js").read_bytes()}


def version(contents: Mapping[str, bytes]) -> str:
    """A short hash of names and contents."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


FILES = files()
ADDRESS = f"assets/{version(FILES)}"
