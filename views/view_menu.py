"""How the race is looked at: the switches that change the picture and not the runs."""

from __future__ import annotations

import streamlit as st

from views.language import _
from views.settings import Flat


def view_menu(flat: Flat) -> None:
    """The popover "View"."""
    with st.popover(_("View"), key="view_menu"):
        pass
