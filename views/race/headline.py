"""The line above the maps: what is to be seen on this surface, what its marks mean, and its formula."""

from __future__ import annotations

from html import escape

import streamlit as st

from core import idea
from landscapes import Landscape
from links import Flat
from links.scenes import scene_of
from locales import _, remarked
from player.messages.headline import found, marks
from views.race.memory import memory


def headline(flat: Flat, surface: Landscape) -> None:
    """The line: a scene's sentence while the page shows the runs that it is about, else the surface's. What has no room is left out."""
    scene = scene_of(flat, memory().scenes)
    with st.container(key="headline_scene" if scene else "headline", horizontal=True, gap="medium", vertical_alignment="top"):
        if scene:
            st.markdown(_(scene.sentence))
        else:
            st.html(f"<p class='dl-idea'><b>{escape(_(surface.title))}.</b> {escape(_(idea(type(surface))))}</p>", width="content")
        st.html(legend(surface), width="content")
        st.markdown(f"$f = {remarked(surface.formula)}$", width="content")


def legend(surface: Landscape) -> str:
    """The meaning of each kind of mark that is on the map."""
    names = " ".join(f"<span>{sign} {escape(name)}</span>" for sign, name in marks(surface))
    said = found(surface)
    short = f" <span title='{escape(said[1])}'>({escape(said[0])})</span>" if said else ""
    return f"<p class='dl-marks'>{names}{short}</p>"
