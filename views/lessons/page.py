"""The routes of the lessons: the page, and what it shows of each step."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from export.lesson import overview, told
from export.lesson_index import index, index_files
from export.lesson_page import LESSON_FILES, document
from lessons import LESSONS
from lessons.parts.link import table
from locales import LANGUAGES, said, speaking
from player import pack

LOG = logging.getLogger(__name__)
TABLE = table(LESSONS)
TURN = asyncio.Lock()  # one step is worked out at a time, once for everybody
OWN = {"Cache-Control": "no-cache", "Content-Disposition": "inline"}  # no document of Streamlit's


async def page(request: Request) -> Response:
    """A lesson at a step, or all lessons; what the address says wrong is said on the page."""
    async with TURN:
        content = await asyncio.to_thread(made, request.url.query, preferred(request))
    return HTMLResponse(content, headers=OWN)


@lru_cache(maxsize=32)
def made(query: str, language: str) -> str:
    """The page of an address, for a browser that prefers this language: what many open at once is made once."""
    flat, complaints = TABLE.read_link(query, language)
    with speaking(flat["lang"]):
        said_of = [said(complaint) for complaint in complaints]
        return document(flat, said_of) if flat["lesson"] else index(flat["lang"], said_of)


async def step(request: Request) -> Response:
    """A step as the page takes it; 404 for one that there is not."""
    query = request.query_params
    name, number, language = query.get("lesson", ""), query.get("number", ""), query.get("lang", "en")
    if name not in LESSONS or language not in LANGUAGES or number not in map(str, range(len(LESSONS[name].steps))):
        return PlainTextResponse(escape(f"There is no such step: {query}"), status_code=404)
    async with TURN:
        try:
            content = await asyncio.to_thread(packed, name, int(number), language)
        except Exception:
            LOG.exception("%s", request.url)
            return PlainTextResponse("The step could not be worked out; the server's log says why.", status_code=500)
    return Response(content, media_type="application/octet-stream", headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=512)
def packed(name: str, number: int, language: str) -> bytes:
    """The step, and with the first what all share."""
    return pack({"lesson": overview(name, language), "step": told(name, number, language)})


def preferred(request: Request) -> str:
    """The browser's language, where it is one of ours."""
    for each in request.headers.get("accept-language", "").split(","):
        if (language := each.strip()[:2].lower()) in LANGUAGES:
            return language
    return "en"


FILES = LESSON_FILES | index_files()  # what the pages load
