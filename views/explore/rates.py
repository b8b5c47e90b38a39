"""What the learning rate does: the route that a browser asks for it, and where it stands on the page."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.display import Display
from links.rates import Found, rated, what_is_rated
from player import messages
from player.messages.rates import rated_and_tested
from runs.race import Race
from views import mounts
from views.explore import memory, turns
from views.explore.knobs import knobs
from views.explore.line import Place, Urgency


async def answer(request: Request) -> Response:
    """The sweep of rates and the range test for the settings that the query describes; 204 where nobody waits for them any longer."""

    async def made(flat: Flat, place: Place) -> Found:
        return await turns.in_turn(place, ("rates", what_is_rated(flat)), [(rated, flat)], lambda found: found[0])

    return await turns.answered(request, Urgency.FIRST, made, rated_and_tested)


def draw(flat: Flat, race: Race, display: Display) -> None:
    """The sliders of all settings, the losses and paths of the four rates, the sweep and the range test."""
    with st.container(key="controls_explore", gap=None):
        knobs(flat, [])
    with st.container(key="whole", gap="small"):
        with st.container(key="four", gap="small"):
            mounts.curves(messages.curves(race, display), key="curves", on_choice=lambda: None)
            mounts.beside(messages.overlay(), key="beside", on_start=lambda: memory.start_at("beside"))
        mounts.rates(messages.rates(flat), key="rates_chart", on_rate=memory.keep_rate)
