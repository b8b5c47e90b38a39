"""The route that a browser asks for a map of runs, while a hand moves and after it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.axes import FINE
from links.explore import EXPLORE
from links.sweep import parts, swept, what_is_swept
from locales import speaking
from player.messages.sweep import joined, mapped
from runs.aside import Aside
from runs.cells import Cells

LOG = logging.getLogger(__name__)
SIZES = {"40": 40, "200": FINE}  # cells along each axis: a coarse map, which comes at once, and a fine one
WAITING = 12  # fine maps under way: whoever asks for one more asks again later
KEPT = 24  # maps that are remembered, of 1.4 MB at most

# A map's runs are made in another process, of less right to the processor than this one, which answers the Race page. It makes a part of one map at
# a time, whoever's turn it is: a coarse map is one part and so waits for one part of each fine one at most.
worker = Aside()
turn = asyncio.Lock()
under_way = 0
known: OrderedDict[object, Cells] = OrderedDict()


async def answer(request: Request) -> Response:
    """The map of n × n cells that the query describes; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    global under_way
    n = SIZES.get(request.path_params["n"])
    if n is None:
        raise HTTPException(404)
    try:
        flat = await asyncio.to_thread(read, request.query_params)
        key = (n, what_is_swept(flat))
        if key not in known:
            if n == FINE and under_way >= WAITING:
                return Response(status_code=204)
            under_way += n == FINE
            try:
                found = await made(request, flat, n)
            finally:
                under_way -= n == FINE
            if found is None:
                return Response(status_code=204)
            keep(key, found)
        known.move_to_end(key)
        data = await asyncio.to_thread(packed, flat, n, known[key])
    except Exception:
        LOG.exception("%s", request.url)
        return Response("The map could not be worked out; the server's log says why.", status_code=500)
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def made(request: Request, flat: Flat, n: int) -> Cells | None:
    """The cells, a part at a time between other people's; None as soon as nobody waits for them."""
    found = []
    for rows in parts(n):
        async with turn:
            if await request.is_disconnected():
                return None
            found.append(await asyncio.to_thread(worker.do, swept, flat, n, rows))
    return joined(found)


def keep(key: object, found: Cells) -> None:
    """Remember a map, which is asked for again with another measure, or by someone else."""
    known[key] = found
    while len(known) > KEPT:
        known.popitem(last=False)


def read(link: Mapping[str, str]) -> Flat:
    return EXPLORE.read(dict(link), "en")[0]


def packed(flat: Flat, n: int, found: Cells) -> bytes:
    with speaking(flat["lang"]):
        return mapped(flat, n, found)
