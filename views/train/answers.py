"""The route that a browser asks again and again while it trains: each answer is a little more of every lane's training, or a place in the queue."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from core import InputError
from links import Flat
from links.trained import Slice, read, what_is_trained
from locales import _, said, speaking
from player.messages.train import over, trained, waiting
from runs.aside import Lost
from serving.visitors import VISITORS, address_of
from serving.work import TRAININGS
from views.train import work
from views.train.line import Line

LOG = logging.getLogger(__name__)
# Seconds of a processor for one answer, shared by the lanes that are under way: on two cores there are five answers a second and more.
TOGETHER = 0.28
LEAST = 0.03  # for each of them
LONGEST_NAME = 40

Work = Callable[[Flat, str], Awaitable[tuple[bytes, bool, float]]]

line = Line(pages=lambda address: 2 * VISITORS.pages(address))  # a page trains, and slices what is trained
TRAININGS.watch(lambda: line.counts(), work.pool.every)


async def answer(request: Request) -> Response:
    """A little more of the trainings that the query describes."""
    return await answered(request, learnt)


async def answered(request: Request, do: Work) -> Response:
    """What is made of the query's settings when its turn has come, or a place in the queue, or a sentence about what went wrong.

    Its `who` names whoever asks, and `again` keeps what they began anew apart from what all know.
    """
    query = dict(request.query_params)
    who, again = (query.pop(name, "")[:LONGEST_NAME] for name in ("who", "again"))
    flat = await asyncio.to_thread(read, query)
    place = line.place(who, address_of(request.scope))
    if place is None:
        TRAININGS.ended("full")
        return Response(status_code=204)
    with speaking(flat["lang"]):
        if place:
            return sent(waiting(place))
        line.begin(who)
        spent = 0.0
        try:
            data, finished, spent = await do(flat, again)
        except InputError as error:
            TRAININGS.ended("refused")
            return sent(waiting(0, said(error)))
        except Lost:
            TRAININGS.ended("lost")
            return sent(waiting(0, _("The process that trained was ended, twice: it may have taken too much time or memory.")))
        except MemoryError:
            TRAININGS.ended("lost")
            return sent(waiting(0, _("There is not enough memory for this training.")))
        except Exception:
            LOG.exception("%s", request.url)
            TRAININGS.ended("failed")
            return sent(waiting(0, _("This could not be worked out; the server's log says why.")))
        finally:
            line.end(who, spent)
        if finished:
            line.leave(who)
            TRAININGS.ended("done")
        return sent(data)


async def learnt(flat: Flat, again: str) -> tuple[bytes, bool, float]:
    """Every lane a little further: the message, whether that is all, and the seconds of the processor that it took."""
    before = {i: work.known.get((what_is_trained(flat, i), again)) for i in lanes(flat)}
    found = await more(flat, again)
    spent = sum(now.progress.seconds - (old.progress.seconds if (old := before[i]) else 0.0) for i, now in found.items())
    return *trained(flat, found), spent


def lanes(flat: Flat) -> range:
    return range(1, flat["lanes"] + 1)


async def more(flat: Flat, again: str) -> dict[int, Slice]:
    """Every lane a little further; lanes with the same settings are one training."""
    keys = {i: what_is_trained(flat, i) for i in lanes(flat)}
    going = [key for key in dict.fromkeys(keys.values()) if not ended(work.known.get((key, again)), flat["steps"])]
    each = max(TOGETHER / max(len(going), 1), LEAST)
    looked = keys[flat["lane"]]
    wanted = [*going, *([] if looked in going else [looked])]
    found: dict[Any, Any] = dict(zip(wanted, await asyncio.gather(*(work.advance(key, again, each, key == looked) for key in wanted)), strict=True))
    return {i: found.get(key) or work.known[key, again] for i, key in keys.items()}


def ended(its: Slice | None, steps: int) -> bool:
    """Whether there is nothing more to do."""
    return its is not None and over(its.progress, steps)


def sent(data: bytes) -> Response:
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})
