"""The route that the Export dialog asks for the numbers of what a page shows: as CSV, as arrays, or the settings alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core import InputError
from export import explored, served
from export.address import Asked, PAGES, asked
from export.lanes import bands, lanes
from export.tables import names
from links import Flat
from links.axes import FINE
from links.basins import of_rule, parts, rules_of, swept, what_is_swept
from links.paths import pathed, what_is_pathed
from links.rates import rated, what_is_rated
from locales import said, speaking
from optimizers import OPTIMIZERS
from player.messages.basins import joined
from views.explore import bests, turns
from views.explore.line import Place, Urgency
from views.export.home import FROM, at_home
from views.export.trained import trained

FIRST = "first"
HOW: dict[str, Callable[..., Any]] = {  # a table is made of the settings, and of what was found
    "runs": lanes,
    "bands": bands,
    "paths": explored.paths_of,
    "rates": explored.rates_of,
    "range_test": explored.range_test_of,
    "basins": explored.basins_of,
    "best": explored.best_of,
}


async def answer(request: Request) -> Response:
    """The table `name` of the settings that the query describes, of the page and in the form that the path names, packed: {"table": …}.

    The name "first" is the page's main table, `from` in the query the address of the page that asks. 404 for what there is not, 400 with a sentence
    for a link that is wrong or where there is nothing yet, 204 where the server has no time for it.
    """
    page, name, kind = (request.path_params[each] for each in ("page", "name", "kind"))
    if page not in PAGES or kind not in served.KINDS:
        raise HTTPException(404)
    try:
        its = await asyncio.to_thread(read, page, request)
        name = names(its)[0] if name == FIRST else name
        if name not in names(its):
            raise HTTPException(404)
        of_train = await asyncio.to_thread(trained, its, name) if page == "train" and kind != "json" else None
    except InputError as reason:
        return PlainTextResponse(str(reason), 400, {"Cache-Control": "no-store"})

    async def made(place: Place) -> bytes | None:
        if kind == "json":
            return await asyncio.to_thread(served.settings, its, name)
        if name == "map":
            return await turns.at_last(place, served.of_map, its, name, kind)
        how, *known = of_train or (HOW[name], *([await found(place, its.flat, name)] if page == "explore" else []))
        if any(each is None for each in known):
            return None
        async with place:
            return await turns.elsewhere(turns.worker.do, served.packed, its, name, kind, how, *known)

    return await turns.in_line(request, Urgency.FIRST, made)


def read(page: str, request: Request) -> Asked:
    """The settings of the query; raises InputError, with its sentence in the link's language, for one of them that is wrong."""
    query = [(key, value) for key, value in request.query_params.multi_items() if key != FROM]
    its, complaints = asked(f"{page}?{urlencode(query)}")
    if complaints:
        with speaking(its.flat["lang"]):
            raise InputError("{said}", said=said(complaints[0]))
    return replace(its, base=at_home(request.query_params.get(FROM, ""), request) or its.base)


async def found(place: Place, flat: Flat, name: str) -> Any:
    """What the Explore page shows, which it may have had worked out already; None where there is nothing to reach."""
    if name == "paths":
        return await turns.in_turn(place, ("paths", what_is_pathed(flat)), [(pathed, flat)], lambda made: made[0])
    if name in ("rates", "range_test"):
        return await turns.in_turn(place, ("rates", what_is_rated(flat)), [(rated, flat)], lambda made: made[0])
    if name == "basins":
        its = {rule: of_rule(flat, rule) for rule in rules_of(flat)}
        rows = {rule: [(swept, own, FINE, part) for part in parts(FINE, own["steps"])] for rule, own in its.items()}
        return {rule: await turns.in_turn(place, ("basins", FINE, what_is_swept(own)), rows[rule], joined) for rule, own in its.items()}
    best = {rule: await bests.made(flat, rule) for rule in OPTIMIZERS}
    return None if None in best.values() else best
