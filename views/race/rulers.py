"""The route that a browser asks once the hand rests: what is drawn behind a lane's slider."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links.entries import race_of, suggested
from links.sliders import range_of
from locales import speaking
from player import messages
from problems import Problem
from problems.quadratic import LeastSquares
from runs.race import Race
from views.race import live

LABOUR = 500_000  # examples times steps


async def answer(request: Request) -> Response:
    """The ruler for a setting of a lane of the race that the query describes, `1.lr` in the path; 404 where that has no such slider.

    204 where the server has something else to do: a ruler never waits for its turn, so that lanes under a hand come first. It takes some 10 ms
    for 200 steps and 50 for 1000 (BFGS 30 and 170), and once for all who have the same lane.
    """
    return await live.quietly(request, packed, request.path_params["setting"])


def laborious(race: Race) -> bool:
    """Whether a ruler would keep the server from lanes under a hand: some sixty runs over each of very many examples."""
    surface = race.surface
    return isinstance(surface, Problem) and not isinstance(surface, LeastSquares) and surface.count * race.steps > LABOUR


def packed(setting: str, link: Mapping[str, str]) -> bytes:
    """The message for a setting of a link's lane. Raises HTTPException 404 where the link has no such lane, or the lane no such slider."""
    i, _dot, name = setting.partition(".")
    flat, lane = live.read(i, link)
    allowed = range_of(flat, lane, name)
    race = race_of(flat)
    if allowed is None or laborious(race):
        raise HTTPException(404)
    with speaking(flat["lang"]):
        return messages.ruler(race, lane, name, allowed, suggested(flat, lane) if name == "lr" else None)
