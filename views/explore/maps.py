"""The route that a browser asks for a map of runs, while a hand moves and after it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links.axes import FINE
from player.messages.maps import COARSE, advance, at_hand
from views.explore import turns
from views.explore.line import Place, Urgency

SIZES = {"first": 0, str(COARSE): COARSE, str(FINE): FINE}  # cells along each axis; the first map is as fine as it can be at once


async def answer(request: Request) -> Response:
    """The map of n × n cells that the query describes; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    n = SIZES.get(request.path_params["n"])
    if n is None:
        raise HTTPException(404)
    link = dict(request.query_params)

    async def made(place: Place) -> bytes | None:
        if n != FINE and not turns.awake.is_set():
            turns.wake()
            async with place:
                if at_once := await turns.elsewhere(at_hand, link):
                    return at_once
        return await turns.at_last(place, advance, link, n)

    return await turns.in_line(request, Urgency.FINE if n == FINE else Urgency.FIRST, made)
