"""Basins side by side: the minimum that the run from each start reaches, for several rules."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core import parameters
from landscapes import LANDSCAPES
from links import Flat
from links.basins import TOLERANCE, race_link, rate_of, rules_of
from links.display import Display
from links.entries import surface_of
from links.explore import EXPLORE
from links.lanes import MOST_LANES
from locales import _
from optimizers import OPTIMIZERS
from player import messages
from runs.race import Race
from views import controls, live_slider, mounts
from views.explore import memory
from views.explore.knobs import knobs
from views.language import preferred
from views.pages import link_to

SEVERAL = "himmelblau"  # a surface with several minima
KEPT = ("view", "rules", "steps", "1.rule", "1.warmup", "noise", "seed", "tolerance", "nearest", "present", "hide")  # on the way there


def draw(flat: Flat, _race: Race, _display: Display) -> None:
    """The sliders, and beside them the maps of all rules."""
    with st.container(key="controls_explore", gap=None):
        for name in rules_of(flat):
            rates(flat, name)
        knobs(flat, [f"1.{name}" for name in parameters(OPTIMIZERS[flat["1.rule"]])])
        live_slider.slider("tolerance", TOLERANCE)
        whatever = _("Where a run ends counts for the nearest minimum, also of rules that do not settle.")
        controls.switch("nearest", _("Count the nearest minimum"), help=whatever)
    with st.container(key="whole", gap="xsmall"):
        controls.several("rules", _("Rules"), list(OPTIMIZERS), lambda key: _(OPTIMIZERS[key].title), MOST_LANES)
        few(flat)
        if not flat["rules"]:
            st.info(_("Choose a rule: each has a map of its own."))
            return
        mounts.basins(
            messages.basins(flat),
            key="basins",
            on_view=lambda: memory.keep_starts("basins"),
            on_start=lambda: memory.start_at("basins"),
        )
        link_to("race", _("Open in the race"), ":material/arrow_forward:", race_link(flat, preferred()))


def rates(flat: Flat, name: str) -> None:
    """A slider for a rule's rate, and for the page's own for each of its settings."""
    rule = OPTIMIZERS[name]
    for setting, allowed in parameters(rule).items():
        own = f"1.{setting}" if name == flat["1.rule"] else rate_of(name) if setting == "lr" else None
        if own:
            live_slider.slider(own, replace(allowed, label=f"{_(rule.title)} {allowed.letter or _(allowed.label)}"))


def few(flat: Flat) -> None:
    """A sentence, and the way out, on a surface where there is nothing to compare."""
    count = surface_of(flat).minima().shape[1]
    if count > 1:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="few_minima"):
        one, none = _("This surface has one minimum: all runs that settle end there."), _("This surface has no minimum for a run to reach.")
        st.markdown(one if count else none)
        title = _("Show {surface}").format(surface=_(LANDSCAPES[SEVERAL].title))
        st.button(title, key="several_minima", on_click=memory.show, args=(elsewhere(flat),))


def elsewhere(flat: Flat) -> dict[str, str]:
    """The link to the surface with several minima, for the same rules at the rates suggested there."""
    return {key: text for key, text in EXPLORE.write(flat).items() if key in KEPT or key.startswith("1.schedule")} | {"surface": SEVERAL}
