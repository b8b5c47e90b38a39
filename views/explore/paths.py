"""One setting at all its values at once: the route that a browser asks for the runs, and where they stand on the page."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.axes import settings_of
from links.display import Display
from links.explore import measures
from links.paths import chosen_race, pathed, what_is_pathed
from locales import _
from player import messages
from player.messages.paths import moved_through
from runs.paths import Paths
from runs.race import Race
from views import controls, mounts
from views.explore import memory, turns
from views.explore.knobs import knobs
from views.explore.line import Place, Urgency
from views.language import preferred
from views.pages import link_to


async def answer(request: Request) -> Response:
    """The runs at all values of the horizontal axis of the settings that the query describes; 204 where nobody waits for them any longer."""

    async def made(flat: Flat, place: Place) -> Paths:
        return await turns.in_turn(place, ("paths", what_is_pathed(flat)), [(pathed, flat)], lambda found: found[0])

    return await turns.answered(request, Urgency.FIRST, made, moved_through)


def draw(flat: Flat, _race: Race, _display: Display) -> None:
    """The sliders of all other settings, the surface with all paths, and the charts of what hangs on the setting."""
    options = settings_of(flat)
    with st.container(key="controls_explore", gap=None):
        knobs(flat, [flat["ax"]])
    with st.container(key="whole", gap="xsmall"):
        with st.container(key="axes", horizontal=True, gap="xsmall", vertical_alignment="center"):
            title = {key: f"↔ {_(allowed.label)}" for key, allowed in options.items()}.__getitem__
            controls.menu("ax", _("Moved through"), list(options), title, hidden=True, width=200, widget="through")
            controls.menu("measure", _("Measure"), list(measures(flat)), lambda key: _(measures(flat)[key]), hidden=True, width=220)
            link_to("race", _("Open in the race"), ":material/arrow_forward:", chosen_race(flat, preferred()))
        mounts.paths(
            messages.paths(flat),
            key="paths_chart",
            on_scrub=memory.keep_scrub,
            on_view=lambda: memory.keep_view("paths_chart"),
            on_start=lambda: memory.start_at("paths_chart"),
        )
