"""The routes of what is saved and printed of lessons: a file that plays by itself, the teacher's sheet, the handout, and their pictures."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from core import N_
from export.lesson_page import file
from export.lesson_pdf import MISSING, there
from export.lesson_sheet import KINDS, Picture, html, is_drawn, picture, pictures_there, sheet_files
from lessons import LESSONS
from locales import LANGUAGES, _, speaking
from player import ADDRESS
from serving.network import answers_others, is_local, own_address
from views.export.home import at_home
from views.lessons.page import preferred

LOG = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]  # where `python -m export.lesson_pdf` is found
TURN, DRAWING = asyncio.Lock(), asyncio.Lock()  # one thing is made at a time, and one picture
LONGEST = 180.0  # seconds; a PDF of all lessons takes about one
UNKNOWN = N_("{name}={value}: allowed is {allowed}.")
SLOW = N_("The PDF takes too long just now; the page itself can be printed.")
FILES = sheet_files()
KEPT: dict[tuple[str, ...], bytes] = {}  # PDFs
MOST = 16


async def save(request: Request) -> Response:
    """A lesson as one file, to be saved; 404 with a sentence for one that there is not."""
    names, language, wrong = asked(request)
    if wrong or len(names) != 1:
        return PlainTextResponse(wrong or complaint("lesson", "", LESSONS), status_code=404)
    async with TURN:
        content = await asyncio.to_thread(file, names[0], language, for_others(request))
    saved = {"Content-Disposition": f'attachment; filename="{names[0]}.html"', "Cache-Control": "no-store"}
    return HTMLResponse(content, headers=saved)


async def sheet(request: Request) -> Response:
    return await paper(request, "sheet")


async def handout(request: Request) -> Response:
    return await paper(request, "handout")


async def paper(request: Request, kind: str) -> Response:
    """The sheet or the handout of the lessons that the query names, with commas between them, or of all; with form=pdf as PDF."""
    names, language, wrong = asked(request)
    if wrong:
        return PlainTextResponse(wrong, status_code=404)
    live = for_others(request)
    if request.query_params.get("form") == "pdf":
        return await pdf(kind, names, language, live)
    pictures = linked(language, kind) if pictures_there() else None
    head = f'<script src="../{ADDRESS}/sheet.js"></script>'
    async with TURN:
        content = await asyncio.to_thread(html, names, language, kind, live, pictures, head, bar(kind, names, language))
    return HTMLResponse(content, headers={"Cache-Control": "no-cache", "Content-Disposition": "inline"})


async def drawn(request: Request) -> Response:
    """A picture of a sheet: `lesson`, `number` of the step, `kind` of the sheet; 404 where there is none."""
    names, language, wrong = asked(request)
    number, kind = request.query_params.get("number", ""), request.query_params.get("kind", "sheet")
    drawable = [str(k) for k, step in enumerate(LESSONS[names[0]].steps) if is_drawn(step)] if len(names) == 1 else []
    if wrong or kind not in KINDS or not pictures_there() or number not in drawable:
        return PlainTextResponse(wrong or "There is no such picture.", status_code=404)
    async with DRAWING:
        content = await asyncio.to_thread(picture, names[0], int(number), language, kind)
    return Response(content, media_type="image/svg+xml", headers={"Cache-Control": "no-cache", "Content-Disposition": "inline"})


def asked(request: Request) -> tuple[list[str], str, str]:
    """The lessons that a query names, in the lecture's order, all where it names none; its language; and what is wrong with it."""
    query = request.query_params
    language = query.get("lang", preferred(request))
    if language not in LANGUAGES:
        return [], "en", complaint("lang", language, LANGUAGES)
    chosen = [name for name in query.get("lesson", "").split(",") if name]
    with speaking(language):
        wrong = next((complaint("lesson", name, LESSONS) for name in chosen if name not in LESSONS), "")
    return [name for name in LESSONS if name in chosen or not chosen], language, wrong


def complaint(name: str, value: str, allowed: Iterable[str]) -> str:
    return _(UNKNOWN).format(name=name, value=value, allowed=", ".join(allowed))


def for_others(request: Request) -> str:
    """The program's address as others in the room have it, with a slash at its end; nothing where there is none."""
    here = at_home(request.headers.get("referer", ""), request) or at_home(str(request.url), request)
    base = here[: here.rfind("/lessons") + 1] if "/lessons" in here else ""
    parts = urlsplit(base)
    if not base or not is_local(parts.hostname or ""):
        return base
    own = own_address() if answers_others(st.get_option("server.address")) else None
    return f"{parts.scheme}://{own}{f':{parts.port}' if parts.port else ''}{parts.path}" if own else ""


def linked(language: str, kind: str) -> Picture:
    """Pictures that the page asks for one by one."""
    return lambda name, number: f"picture?{urlencode({'lesson': name, 'number': number, 'kind': kind, 'lang': language})}"


def bar(kind: str, names: list[str], language: str) -> str:
    """The row above a sheet: ways to the lessons and to the other paper, the PDF, the other language; and for the lesson's step beside it."""
    query = {"lang": language} if len(names) == len(LESSONS) else {"lesson": ",".join(names), "lang": language}
    lesson = {"lang": language} if len(names) != 1 else query
    other = "handout" if kind == "sheet" else "sheet"
    with speaking(language):
        titles = {"sheet": _("Teacher's sheet"), "handout": _("Handout")}
        links = [(f"../lessons?{urlencode(lesson)}", _("Lessons") if len(names) != 1 else _("Lesson"))]
        links += [(f"{other}?{urlencode(query)}", titles[other]), (f"{kind}?{urlencode(query | {'form': 'pdf'})}", "PDF")]
        printing, following, back, on = _("Print"), _("The lesson's step"), _("Back"), _("Next")
        bare = "" if pictures_there() else _("Pictures of the scenes need what requirements-export.txt names.")
    ways = "".join(f'<a href="{escape(address)}">{escape(text)}</a>' for address, text in links)
    tongues = "".join(
        f'<a href="{kind}?{escape(urlencode(query | {"lang": key}))}" lang="{key}" hreflang="{key}">{text}</a>'
        for key, text in LANGUAGES.items()
        if key != language
    )
    turn = (
        f'<div class="dl-sheet-turn" role="group" aria-label="{escape(following)}" hidden><button type="button" data-by="-1">{escape(back)}</button> '
        f'<button type="button" data-by="1">{escape(on)}</button></div>'
    )
    button = f'<button type="button" class="dl-sheet-print">{escape(printing)}</button>'
    return f'<header class="dl-sheet-top">{ways}{tongues}{button}<span>{escape(bare)}</span>{turn if kind == "sheet" else ""}</header>'


async def pdf(kind: str, names: list[str], language: str, live: str) -> Response:
    """The PDF, made by a process aside, one at a time; a sentence where there is none, 501 without the library."""
    key = (kind, ",".join(names), language, live)
    with speaking(language):
        if not there():
            return PlainTextResponse(_(MISSING), 501)
        async with TURN:
            try:
                content = KEPT.get(key) or await printed(*key)
            except TimeoutError:
                return PlainTextResponse(_(SLOW), 503)
        if not content:
            return PlainTextResponse(_(MISSING), 501)
    KEPT[key] = content
    for old in list(KEPT)[:-MOST]:
        del KEPT[old]
    name = f"{kind}_{names[0] if len(names) == 1 else 'lessons'}_{language}.pdf"
    return Response(content, media_type="application/pdf", headers={"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{name}"'})


async def printed(*key: str) -> bytes:
    """The PDF; nothing where the library could not be loaded. Raises TimeoutError."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "export.lesson_pdf", *key, cwd=ROOT, stdout=pipe, stderr=pipe)
    try:
        content, said = await asyncio.wait_for(process.communicate(), LONGEST)
    except BaseException:  # too slow, or whoever asked has gone
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        LOG.warning("%s", said.decode(errors="replace")[-2000:])
    return b"" if process.returncode else content
