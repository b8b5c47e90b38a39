"""Which language a visit's pages speak, and how it goes along."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

from locales import LANGUAGES, speak


def preferred() -> str:
    """The browser's language where the page speaks it, else English."""
    wanted = (st.context.locale or "en").split("-")[0].lower()
    return wanted if wanted in LANGUAGES else "en"


def carried() -> dict[str, str]:
    """The parameters that a link to another page needs so that this page speaks the same language: none where the browser prefers it anyway."""
    language = st.session_state["lang"]
    return {} if language == preferred() else {"lang": language}


def fragment(draw: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that can be drawn again alone, as `st.fragment` has it, and speaks the page's language then too.

    Streamlit draws in a new thread, which speaks English until it is told; a page tells it, and such a part is drawn without its page.
    """

    @wraps(draw)
    def spoken(*given: Any) -> None:
        speak(st.session_state["lang"])
        draw(*given)

    return st.fragment(spoken)
