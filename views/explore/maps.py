"""The route that a browser asks for a map of runs, while a hand moves and after it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.axes import FINE
from links.sweep import parts, swept, what_is_swept
from player.messages.sweep import joined, mapped
from runs.cells import Cells
from views.explore import turns

SIZES = {"40": 40, "200": FINE}  # cells along each axis: a coarse map, which comes at once, and a fine one
WAITING = 12  # fine maps under way: whoever asks for one more asks again later

under_way = 0


async def answer(request: Request) -> Response:
    """The map of n × n cells that the query describes; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    n = SIZES.get(request.path_params["n"])
    if n is None:
        raise HTTPException(404)

    async def made(flat: Flat) -> Cells | None:
        global under_way
        key = (n, what_is_swept(flat))
        new = n == FINE and key not in turns.known
        if new and under_way >= WAITING:
            return None
        under_way += new
        try:
            return await turns.in_turn(request, key, [(swept, flat, n, rows) for rows in parts(n)], joined)
        finally:
            under_way -= new

    return await turns.answered(request, made, lambda flat, found: mapped(flat, n, found))
