"""The route that a browser asks once a run is over and the hand rests: what is said of the run."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from links.entries import race_of
from locales import speaking
from player import messages
from player.pack import pack
from views.race import live


async def answer(request: Request) -> Response:
    """The account of lane i's run in the race that the query describes; 404 where that has no lane i.

    204 where the server has something else to do: an account never waits for its turn. It takes 5–110 ms, and once for all who have the same lane.
    """
    return await live.quietly(request, packed, request.path_params["i"])


def packed(i: str, link: Mapping[str, str]) -> bytes:
    """The message for lane i of a link. Raises HTTPException 404 where the link has no such lane."""
    flat, lane = live.read(i, link)
    with speaking(flat["lang"]):
        return pack({"account": messages.account(race_of(flat), lane)})
