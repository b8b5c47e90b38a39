"""The route that a browser asks again and again for the loss on a plane: first the paths, then the heights, a coarse grid before the fine one."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.planes import filled, laid, trained_for, what_is_sliced
from player.messages.plane import planed, under_way
from player.messages.train import over
from runs.slices import Heights
from views.train import work
from views.train.answers import TOGETHER, answered

KEPT = 64  # planes, of 100 kB each

known: OrderedDict[Any, Heights] = OrderedDict()


async def answer(request: Request) -> Response:
    """A little more of the plane that the query describes, which is the same for everyone."""
    return await answered(request, slices)


async def slices(flat: Flat, _again: str) -> tuple[bytes, bool, float]:
    """A step further: the message, whether that is all, and the seconds of the processor that it took."""
    keys, name = trained_for(flat), what_is_sliced(flat)
    if name not in known:
        behind = next((key for key in keys if (own := work.known.get((key, ""))) is None or not over(own.progress, flat["steps"])), None)
        if behind is not None:
            before = work.known.get((behind, ""))
            now = await work.advance(behind, "", TOGETHER, False)
            return under_way(), False, now.progress.seconds - (before.progress.seconds if before else 0.0)
        paths = [work.known[key, ""].progress.path for key in keys]
        made = await work.worked(laid, keys, paths, flat["plane"], flat["plane.seed"])
    elif not known[name].fine:
        made = await work.worked(filled, keys, known[name], TOGETHER)
    else:
        return planed(flat, known[name]), True, 0.0
    spent = made.seconds - (known[name].seconds if name in known else 0.0)
    if name not in known or made.done >= known[name].done:
        known[name] = made
    known.move_to_end(name)
    while len(known) > KEPT:
        known.popitem(last=False)
    return planed(flat, made), made.fine, spent
