"""What is said where the program itself fails: a sentence and a way back. The trace stands in the server's log, where Streamlit writes it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st

from locales import _, speak
from serving import metrics
from views.language import carried, preferred


def sorry(_error: Exception) -> bool:
    """Say so in place of what failed, the page, a lane or a callback's page; True, because nothing more is to be shown of the error."""
    metrics.FAILURES.inc()
    speak(st.session_state.setdefault("lang", preferred()))  # it may have failed before a page could
    sentence, back = _("Something failed in the program; the server's log says what."), _("To the opening")
    with st.container(border=True, key=f"trouble{uuid4().hex}"):
        st.html(f"<div role='alert'>{escape(sentence)} <a href='./?{escape(urlencode(carried()))}'>{escape(back)}</a></div>")
    return True


def dialogs() -> dict[str, str]:
    """What the browser says in place of Streamlit's own sentences."""
    return {
        "Connection error": _("The server does not answer"),
        "Streamlit server is not responding. Are you connected to the internet?": _("The page goes on by itself as soon as it does."),
        "Page not found": _("There is no such page"),
        "The page that you have requested does not seem to exist. Running the app's main page.": _("This is the race instead."),
    }
