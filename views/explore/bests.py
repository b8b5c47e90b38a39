"""The routes that a browser asks, one small part after the other, for rules at their best: a row of the table, and the profile over all surfaces."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.best import Found, Problem, SURFACES, found, on, problem_of
from optimizers import OPTIMIZERS
from player.messages.best import profile, row
from views.explore import turns
from views.explore.line import Place, Urgency

WAITING = 60  # under way: whoever asks for one more asks again later
EVERYONE = "*"  # for whom it is worked out: no visitor
KEPT = 4000  # of 2 kB each: ten profiles

known: OrderedDict[Any, Found] = OrderedDict()
under_way: dict[Any, asyncio.Task[Found]] = {}


async def rule(request: Request) -> Response:
    """The row of a rule on the surface that the query describes; 404 for no such rule, 204 where there is no time for it or nothing to reach."""
    name = request.path_params["rule"]
    if name not in OPTIMIZERS:
        raise HTTPException(404)
    return await turns.answered(request, Urgency.LONG, lambda flat, _place: made(flat, name), row)


async def surfaces(request: Request) -> Response:
    """The profile over the first n surfaces; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    n = request.path_params["n"]
    if n not in map(str, range(1, len(SURFACES) + 1)):
        raise HTTPException(404)

    async def every(flat: Flat, _place: Place) -> list[list[Found]] | None:
        rows = []
        for surface in SURFACES[: int(n)]:
            own = await asyncio.to_thread(on, surface, flat)
            its = [await made(own, name) for name in OPTIMIZERS]
            if None in its:
                return None
            rows.append(its)
        return rows

    return await turns.answered(request, Urgency.LONG, every, profile)


async def made(flat: Flat, name: str) -> Found | None:
    """The rule at its best on the settings' problem, worked out once for all who ask; None where there is no time for it, or nothing to reach."""
    key = name, await asyncio.to_thread(posed, flat)
    if key in known:
        known.move_to_end(key)
        return known[key]
    if key[1] is None:
        return None
    if key not in known and key not in under_way:
        if len(under_way) >= WAITING:
            return None
        under_way[key] = asyncio.create_task(work(key, flat, name))
    return known.get(key) or await asyncio.shield(under_way[key])


def posed(flat: Flat) -> Problem | None:
    """The settings' problem; None where there is nothing to reach. The minima of a typed formula take a moment to find."""
    problem = problem_of(flat)
    return None if problem.surface.lowest is None else problem


async def work(key: Any, flat: Flat, name: str) -> Found:
    """Have it worked out by the process aside, when it is its turn, and remember it."""
    try:
        with turns.line.place(EVERYONE, Urgency.LONG) as place:
            async with place:
                its = await asyncio.to_thread(turns.worker.do, found, flat, name)
        known[key] = its
        while len(known) > KEPT:
            known.popitem(last=False)
        return its
    finally:
        under_way.pop(key, None)
