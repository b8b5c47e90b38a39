"""What every document that the server sends begins with: of which version it is, and what is said once another one answers it."""

from __future__ import annotations

import json
from functools import cache
from html import escape

from locales import LANGUAGES, _, speaking
from player.assets import FILES
from player.bundle import bundle
from player.version import VERSION

ENTRY = "player/hosts/document/opening.js"
STYLES = "player/hosts/document/opening.css", "player/hosts/document/streamlit.css"
NAME = "descentLab"


@cache
def opening() -> str:
    """A script for the head of a document, before any other. Nothing of it is asked for later: another version would not have it."""
    told = escape(json.dumps({"version": VERSION, "words": {language: words(language) for language in LANGUAGES}}, ensure_ascii=False))
    style = "".join(FILES[name].decode() for name in STYLES)
    return f'<style>{style}</style><script data-told="{told}">{bundle(ENTRY, NAME)}</script>'


def words(language: str) -> dict[str, str]:
    with speaking(language):
        said = _("A newer version of the program runs here now. To go on, reload the page: its link holds all settings.")
        return {"said": said, "reload": _("Reload")}
