"""The line above the maps: what is to be seen on this surface, what its marks mean, and its formula."""

from __future__ import annotations

from html import escape

import streamlit as st

import figures
from core import N_
from landscapes import Landscape
from links import Flat
from links.scenes import scene_of
from locales import _, remarked
from views import controls
from views.race.memory import memory

SIGNS = {"lowest": ("★", N_("lowest minimum")), "minimum": ("☆", N_("minimum")), "saddle": ("×", N_("saddle")), "maximum": ("△", N_("maximum"))}


def headline(flat: Flat, surface: Landscape) -> None:
    """The line: a scene's sentence while the page shows the runs that it is about, else the surface's. What has no room is left out."""
    scene = scene_of(flat, memory().scenes)
    with st.container(key="headline_scene" if scene else "headline", horizontal=True, gap="medium", vertical_alignment="top"):
        if scene:
            st.markdown(_(scene.sentence))
        else:
            st.html(f"<p class='dl-idea'><b>{escape(_(surface.title))}.</b> {escape(_(controls.idea(type(surface))))}</p>", width="content")
        st.html(legend(surface), width="content")
        st.markdown(f"$f = {remarked(surface.formula)}$", width="content")


def legend(surface: Landscape) -> str:
    """The meaning of each kind of mark that is on the map."""
    there = set(figures.kinds(surface))
    names = " ".join(f"<span>{sign} {escape(_(name))}</span>" for kind, (sign, name) in SIGNS.items() if kind in there)
    said = _("The minima and the other points marked on the map were found by a search; there may be more.")
    short = _("found by a search")
    found = f" <span title='{escape(said)}'>({escape(short)})</span>" if there and surface.listed == "found" else ""
    return f"<p class='dl-marks'>{names}{found}</p>"
