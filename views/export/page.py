"""The route that a browser asks for a race as one file that plays by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from core import InputError
from export.address import Asked
from export.page import html
from links.data import is_data, table_of
from links.display import display_of
from links.entries import race_of
from locales import said, speaking
from player.messages.transport import file_name
from serving.network import is_local
from views.export.home import FROM, at_home

LOG = logging.getLogger(__name__)
TURN = asyncio.Lock()  # one file is made at a time, of some 0.1–0.5 s each
OWN = ("title", FROM, "inline")  # of the query, what belongs to no link
LONGEST = 200  # letters of a title


async def answer(request: Request) -> Response:
    """The file for the race that the query describes, to be saved; with inline=1 to be looked at. 400 with a sentence for a link that is not right.

    `title` stands at its top; `from` is the address of the page that asks, to which the file then leads back.
    """
    query = dict(request.query_params)
    own = {name: query.pop(name, "") for name in OWN}
    async with TURN:
        if await request.is_disconnected():
            return Response(status_code=204)
        try:
            content, name = await asyncio.to_thread(made, query, own["title"][:LONGEST], elsewhere(at_home(own[FROM], request)))
        except InputError as reason:
            return PlainTextResponse(str(reason), status_code=400)
        except Exception:
            LOG.exception("%s", request.url)
            return PlainTextResponse("The page could not be made; the server's log says why.", status_code=500)
    shown = "inline" if own["inline"] == "1" else "attachment"
    return HTMLResponse(content, headers={"Cache-Control": "no-store", "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}"})


def elsewhere(address: str) -> str:
    """The address where it leads others here too; else nothing."""
    return "" if is_local(urlsplit(address).hostname or "") else address


def made(link: Mapping[str, str], title: str, base: str) -> tuple[bytes, str]:
    """The file and its name. Raises InputError, in the link's language, where something in the link would be ignored."""
    flat, complaints = table_of(dict(link)).read(dict(link), "en")
    with speaking(flat["lang"]):
        if complaints:
            raise InputError("{all}", all=" ".join(map(said, complaints)))
        race, display = race_of(flat), display_of(flat)
        return html(Asked("data" if is_data(flat) else "race", flat, base), title), f"{file_name(race, display.hidden)}.html"
