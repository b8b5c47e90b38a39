"""How the race is looked at: the switches that change the picture and not the runs."""

from __future__ import annotations

import streamlit as st

from views.language import _
from views.settings import Flat


def view_menu(flat: Flat) -> None:
    """The popover "View"."""
    with st.popover(_("View"), key="view_menu"):
        st.toggle(_("One large map"), key="overlay", help=_("All lanes on one map, their controls below."))
        arrows = _("Arrows of −∇f: where gradient descent would go. Their directions are exact; the steeper, the longer, on a logarithmic scale.")
        st.toggle(_("Gradient field"), key="field", help=arrows)
