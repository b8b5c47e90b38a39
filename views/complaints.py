"""What is said of a link or a text that cannot be used."""

from __future__ import annotations

from html import escape

import streamlit as st

from locales import _, said
from views.visit import Memory


def complain(memory: Memory) -> None:
    """What the link to this page said that was ignored, until it is dismissed."""
    if not memory.complaints:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="top", key="complaints"):
        warn(*(said(error) for error in memory.complaints))
        st.button(_("Close"), key="dismiss", on_click=memory.complaints.clear)


def warn(*sentences: str) -> None:
    """Sentences that quote what somebody gave: text that is nothing else, where Markdown would make links, icons and formulas of it."""
    st.html("".join(f"<p class='dl-warned'><span>⚠</span> {escape(sentence)}</p>" for sentence in sentences))
