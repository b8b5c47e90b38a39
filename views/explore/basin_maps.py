"""The route that a browser asks for the basins of one rule."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.axes import FINE
from links.basins import parts, swept, what_is_swept
from player.messages.basins import basin_map, joined
from runs.basin import Fates
from views.explore import turns
from views.explore.line import Place, Urgency

SIZES = {"40": 40, "200": FINE}  # starts along each axis: a coarse map, which comes at once, and a fine one


async def answer(request: Request) -> Response:
    """The map of n × n starts of the rule that the query describes; 404 for another n, 204 where there is no time for it or nobody waits."""
    n = SIZES.get(request.path_params["n"])
    if n is None:
        raise HTTPException(404)

    async def made(flat: Flat, place: Place) -> Fates:
        its = [(swept, flat, n, rows) for rows in parts(n, flat["steps"])]
        return await turns.in_turn(place, ("basins", n, what_is_swept(flat)), its, joined)

    return await turns.answered(request, Urgency.FINE if n == FINE else Urgency.FIRST, made, lambda flat, found: basin_map(flat, n, found))
