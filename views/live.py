"""A lane's run while one of its sliders is dragged: the bytes that a rerun would bring, without a rerun."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from views import settings
from views.lane_data import panel_data
from views.language import speak

# One lane at a time, however many people drag: a rerun waits for the interpreter about thirty times, each time behind every thread that computes.
# With a thread for each of them a class of fifty waited 2 s for a change, so 0.05 s.
TURN = asyncio.Lock()


async def lane(request: Request) -> Response:
    """Lane i of the link that the query is, packed as its panel takes it; 404 where the link has no such lane."""
    async with TURN:
        if await request.is_disconnected():  # the slider was let go meanwhile
            return Response()
        data = await asyncio.to_thread(packed, request.path_params["i"], request.query_params)
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


def packed(i: int, link: Mapping[str, str]) -> bytes:
    flat, _ = settings.read(dict(link), "en")
    if not 1 <= i <= flat["lanes"]:
        raise HTTPException(404)
    speak(flat["lang"])
    return panel_data(i, settings.race_of(flat), flat)
