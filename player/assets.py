"""The browser modules' folder and the address it is served at, which changes with its contents so that browsers may keep it for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

import figures

BROWSER = Path(__file__).parent / "browser"


def version() -> str:
    """A short hash of every module and of Plotly's version."""
    digest = hashlib.sha256(figures.PLOTLY_VERSION.encode())
    for path in sorted(BROWSER.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


ADDRESS = f"assets/{version()}"
