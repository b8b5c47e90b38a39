"""The map of runs: two settings are its axes, and beside it stand the runs of the cells that are looked at."""

from __future__ import annotations

import streamlit as st

from links import Flat
from links.axes import settings_of
from links.display import Display
from links.explore import AXES, measures, race_link
from locales import _
from player import messages
from runs.race import Race
from views import controls, mounts
from views.explore import memory
from views.explore.knobs import knobs
from views.language import preferred
from views.pages import link_to


def draw(flat: Flat, race: Race, display: Display) -> None:
    """The sliders of all settings that are no axis, the map, and the runs of its cells."""
    with st.container(key="controls_explore", gap=None):
        knobs(flat, [flat[name] for name in AXES])
    with st.container(key="view", gap="xsmall"):
        axes(flat)
        mounts.sweep(
            messages.sweep(flat),
            key="sweep_map",
            on_view=lambda: memory.keep_view("sweep_map"),
            on_kept=lambda: memory.keep_cells("sweep_map"),
        )
    with st.container(key="panel", gap="small"):
        mounts.beside(messages.overlay(), key="beside", on_start=lambda: memory.start_at("beside"))
        mounts.curves(messages.curves(race, display), key="curves", on_choice=lambda: None)
        kept(flat)


def axes(flat: Flat) -> None:
    """The menus of what is across, what is up, and what the colours are."""
    options = settings_of(flat)
    with st.container(key="axes", horizontal=True, gap="xsmall"):
        for name, label, arrow in zip(AXES, (_("Across"), _("Up")), "→↑", strict=True):
            controls.menu(name, label, list(options), lambda key, arrow=arrow: f"{arrow} {_(options[key].label)}", hidden=True, width=200)
        controls.menu("measure", _("Colour"), list(measures(flat)), lambda key: _(measures(flat)[key]), hidden=True, width=220)


def kept(flat: Flat) -> None:
    """What can be done with the cells that are kept."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="kept_cells"):
        if not flat["kept"]:
            st.caption(
                _("At rest the best cell's run is shown. Point at another to see its run; a click keeps it, up to eight, to open them in the race.")
            )
            return
        link_to("race", _("Open these in the race"), ":material/arrow_forward:", race_link(flat, preferred()))
        st.button(_("Let go of all"), key="let_go", icon=":material/close:", type="tertiary", on_click=let_go)


def let_go() -> None:
    """Keep no cell any longer (in a callback)."""
    st.session_state["kept"] = ""
