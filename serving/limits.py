"""How much one address may ask for: 429 with Retry-After and a sentence beyond that, before anything is worked out.

What a page may ask for, an address may for each page that it has open (`serving.visitors`): 300 students behind one address have 300 pages. What
comes of it is shared fairly all the same (`serving.turns`); a limit is for who sends so much that answering no is already a help.

One page, as a student in a class uses it, and what it may:

- lanes: a hand moves a slider for 2 s, 20 lanes a second at most, and looks at what came of it for 2 s: 10 a second. Four such drags at once.
- accounts, rulers: eight lanes have one of each when a page opens, and again after every change.
- sweeps: a map and a finer one for each move of the hand, and Explore's table of 40 rules, which asks for one after the other.
- trainings: five answers a second.
- exports: a text with every letter that is typed into a title.

Pages and files are refused to nobody, only sent more slowly: a page has some 150 files, and a class of 50 may open it
within eight seconds.

Rooms and lessons hold no connection; they are counted for 300 students behind one address, each of whom asks the room once a second and turns a
page each 10 s. So are new connections: all 300 come and reload once at the same moment, and each once a minute after that.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from math import ceil, inf
from typing import NamedTuple

from starlette.datastructures import Headers, QueryParams
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core import N_
from core.rate import Rate
from locales import LANGUAGES, _, speaking
from serving.private import address_of as path_of
from serving.refusals import refused
from serving.visitors import VISITORS, Visitors, address_of

LIMITS = "DESCENT_LAB_LIMITS"  # environment variable: so many times as much for each address, or `off`
TOO_MUCH = N_("More is asked for from your network's address than this server gives to one. It goes on by itself in {seconds} s.")


class Limit(NamedTuple):
    """Requests at once, and a second then; for each open page of an address, or for all of it. What is more waits where `slow`, and is refused else.

    `reason` is a word of serving.reasons.
    """

    reason: str
    burst: int
    rate: float
    each: bool = True
    slow: bool = False


LANES, SAID = Limit("lanes", 80, 10.0), Limit("lanes", 60, 5.0)
SWEEPS, TRAININGS, EXPORTS = Limit("sweeps", 100, 20.0), Limit("trainings", 60, 8.0), Limit("files", 100, 5.0)
ROOMS, LESSONS = Limit("rooms", 1500, 500.0, each=False), Limit("files", 1500, 60.0, each=False)
CONNECTIONS = Limit("connections", 600, 5.0, each=False)
PAGES, FILES = Limit("files", 100, 20.0, each=False, slow=True), Limit("files", 4000, 700.0, each=False, slow=True)

HELD = 0.5  # seconds that a refusal is held back: saying no 3000 times a second kept a class waiting for 4 s
LESSON = "lessons"  # the page that holds no connection
ROUTES = {  # by the first part of a path
    **dict.fromkeys(["lane", "surface"], LANES),
    **dict.fromkeys(["account", "ruler"], SAID),
    **dict.fromkeys(["map", "best", "profile", "paths", "basins", "rates"], SWEEPS),
    **dict.fromkeys(["training", "ratesweep", "plane"], TRAININGS),
    **dict.fromkeys(["export", "code"], EXPORTS),
    "room": ROOMS,
    LESSON: LESSONS,
    **dict.fromkeys(["assets", "static", "_stcore"], FILES),
}


def times() -> float:
    """How many times as much an address may, from the environment: 1 where that says nothing, or nothing that can be read."""
    said = os.environ.get(LIMITS, "").strip().lower() or "1"
    try:
        factor = inf if said == "off" else float(said)
    except ValueError:
        factor = 0.0
    if factor > 0:
        return factor
    print(
        f"{LIMITS}: {said!r} is neither `off` nor a number above 0, such as 3 for three times as much. The limits stay as they are.", file=sys.stderr
    )
    return 1.0


class Allowances:
    """What each address has left of each limit. `clock` gives seconds and only goes forward."""

    def __init__(self, visitors: Visitors = VISITORS, factor: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.visitors, self.factor, self.clock = visitors, factor, clock
        self.rates = {limit: Rate(limit.burst, 1 / limit.rate) for limit in {*ROUTES.values(), CONNECTIONS, PAGES}}

    def wait(self, limit: Limit, address: str) -> float:
        """Seconds until this address may ask for one more; 0 where it may now, which counts. For what is slow it counts in any case."""
        many = self.factor * (self.visitors.pages(address) if limit.each else 1)
        rate = self.rates[limit]
        return (rate.book if limit.slow else rate.spend)(address, self.clock(), 1 / many)


class Limits:
    """ASGI middleware that refuses what goes beyond them, and takes `held` seconds for that, or has it wait."""

    def __init__(self, app: ASGIApp, allowances: Allowances | None = None, held: float = HELD) -> None:
        self.app, self.allowances, self.held = app, allowances or Allowances(factor=times()), held
        self.base = path_of("")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self.limit_of(scope)
        if limit is None:
            return await self.app(scope, receive, send)
        address = address_of(scope)
        wait = self.allowances.wait(limit, address)
        if wait and limit.slow:
            await asyncio.sleep(wait)
        elif wait:
            refused(limit.reason, address)
            if self.held:
                await asyncio.sleep(self.held)
            return await refusal(limit, ceil(wait), scope)(scope, receive, send)
        if scope["path"] == self.base + LESSON:
            self.allowances.visitors.read(address)
        await self.app(scope, receive, send)

    def limit_of(self, scope: Scope) -> Limit | None:
        if scope["type"] == "websocket":
            return CONNECTIONS
        return ROUTES.get(scope["path"].removeprefix(self.base).partition("/")[0], PAGES) if scope["type"] == "http" else None


def refusal(limit: Limit, seconds: int, scope: Scope) -> Response:
    """The answer, in the language of the link, or of the browser: a sentence; for rooms {why, text}, as those have it."""
    asked = QueryParams(scope.get("query_string", b"")).get("lang") or Headers(scope=scope).get("accept-language", "")[:2]
    with speaking(asked if asked in LANGUAGES else "en"):
        text = _(TOO_MUCH).format(seconds=seconds)
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return JSONResponse({"why": "limit", "text": text}, 429, headers) if limit is ROOMS else PlainTextResponse(text, 429, headers)
