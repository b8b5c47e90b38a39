"""The menu "View": what changes the picture and not the runs."""

from __future__ import annotations

import streamlit as st

from links import Flat
from links.entries import surface_of
from links.race import HEIGHTS, VIEWS
from locales import _
from views import controls


def view_menu(flat: Flat) -> None:
    """The menu."""
    with st.popover(_("View"), key="view_menu"):
        solid = not getattr(surface_of(flat), "single", False)
        if solid:
            relief(flat)
        controls.switch("overlay", _("One large map"), help=_("All lanes on one map, their controls below."))
        if solid:
            on_maps(flat)
        former = _("The path that a lane had before its last change stays as a thin pale line, while a slider is dragged and until the next change.")
        controls.switch("ghost", _("Ghost of the last change"), help=former)


def on_maps(flat: Flat) -> None:
    """What is drawn on maps: the loss of one weight is a curve."""
    arrows = _("Arrows of −∇f: where gradient descent would go. Their directions are exact; the steeper, the longer, on a logarithmic scale.")
    controls.switch("field", _("Gradient field"), help=arrows)
    lens(flat)


def lens(flat: Flat) -> None:
    """Whether the curvature is shown where each run is."""
    help = _(
        "Where each run is: the ellipse of the quadratic that fits the surface there, with its curvatures λ and the rates that are stable along each "
        "axis; arrows out of a saddle; and where Newton's method would step. On one large map, of the inspected lane or the first."
    )
    solid = flat["view"] != "2d"
    controls.switch("lens", _("Curvature lens (on maps, not in 3-D)") if solid else _("Curvature lens"), help=help, disabled=solid)


def relief(flat: Flat) -> None:
    """Whether the panels show a map or the surface in 3-D, and on which scale it stands there."""
    turned = _("In 3-D, drag one surface to turn all of them, Ctrl and the wheel to zoom; a double click turns them back. A click sets the start.")
    controls.choice("view", _("Panels"), list(VIEWS), lambda key: _(VIEWS[key]), help=turned)
    if flat["view"] == "3d":
        scale = _("On f itself steep walls dwarf all else on some surfaces; on its logarithm low ground is seen, and a bowl is pointed.")
        controls.choice("height", _("Heights"), list(HEIGHTS), lambda key: HEIGHTS[key], help=scale)
