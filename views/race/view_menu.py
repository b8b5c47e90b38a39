"""The menu "View": what changes the picture and not the runs."""

from __future__ import annotations

import streamlit as st

from links import Flat
from links.race import VIEWS
from locales import _
from views import controls


def view_menu(flat: Flat) -> None:
    """The menu."""
    with st.popover(_("View"), key="view_menu"):
        relief()
        controls.switch("overlay", _("One large map"), help=_("All lanes on one map, their controls below."))
        arrows = _("Arrows of −∇f: where gradient descent would go. Their directions are exact; the steeper, the longer, on a logarithmic scale.")
        controls.switch("field", _("Gradient field"), help=arrows)


def relief() -> None:
    """Whether the panels show a map or the surface in 3-D."""
    turned = _("In 3-D, drag one surface to turn all of them; heights are on the scale of the level lines. A click sets the start.")
    controls.choice("view", _("Panels"), list(VIEWS), lambda key: _(VIEWS[key]), help=turned)
