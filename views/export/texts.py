"""The route that the Export dialog asks for texts of a link: a lane as code, and a figure's captions and sources."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from core import InputError, N_
from export import code, words
from export.address import Asked, asked
from locales import LANGUAGES, _, said, speaking
from player.messages.names import names

LOG = logging.getLogger(__name__)
TURN = asyncio.Lock()  # one text at a time, whoever asks: none takes longer than the run of a lane
MOST = 20_000  # characters of a link, more than any page writes
NEW = {"Cache-Control": "no-store"}

FORMS = {
    "text": N_("Caption"),
    "latex": N_("LaTeX figure"),
    "markdown": "Markdown",
    "quarto": "Quarto",
    "bibtex": "BibTeX",
}
Chosen = Mapping[str, str]
# {"text", "file": its name, "wraps": whether its lines are long, "menus": {name: [what is chosen, [[choice, what it is called], …]], …}}
Text = dict[str, Any]


def program(asked: Asked, chosen: Chosen) -> Text:
    """A lane as code; of the first lane, and in NumPy, where no other is chosen. {"said": a sentence} of a page that has none."""
    try:
        race = code.race_of_lanes(asked)
    except InputError as reason:
        return {"said": said(reason)}
    lanes = {str(i): f"{i} · {name}" for i, name in enumerate(names(race), start=1)}
    lane, library = one_of(lanes, chosen.get("lane")), one_of(code.TITLES, chosen.get("library"))
    menus = {"lane": [lane, list(lanes.items())], "library": [library, list(code.TITLES.items())]}
    return {"text": code.code(asked, int(lane), library), "file": code.file(asked, int(lane), library), "menus": menus}


def figure(asked: Asked, chosen: Chosen) -> Text:
    """The figure's caption in plain text or in the markup of notes, or BibTeX of the works behind it, in either language."""
    forms = {name: _(title) for name, title in FORMS.items()}
    form, language = one_of(forms, chosen.get("form")), one_of(LANGUAGES, chosen.get("language") or asked.flat["lang"])
    menus = {"form": [form, list(forms.items())], "language": [language, list(LANGUAGES.items())]}
    return {"text": words.words(asked, form, language=language), "file": words.file(asked) + words.FORMS[form][0], "menus": menus, "wraps": True}


def one_of(choices: Mapping[str, str], chosen: str | None) -> str:
    """What is chosen, or the first choice."""
    return chosen if chosen is not None and chosen in choices else next(iter(choices))


KINDS: Mapping[str, Callable[[Asked, Chosen], Text]] = {"code": program, "words": figure}


async def answer(request: Request) -> Response:
    """The text of this kind for the query's `link`; 400 with {"said": a sentence} where there is none, 404 for another kind."""
    kind, chosen = request.path_params["kind"], dict(request.query_params)
    if kind not in KINDS:
        raise HTTPException(404)
    async with TURN:
        if await request.is_disconnected():
            return Response(status_code=204)
        try:
            content, status = await asyncio.to_thread(made, KINDS[kind], chosen)
        except Exception:
            LOG.exception("%s", request.url)
            content, status = {"said": "The text could not be made; the server's log says why."}, 500
    return JSONResponse(content, status, headers=NEW)


def made(make: Callable[[Asked, Chosen], Text], chosen: Chosen) -> tuple[Text, int]:
    """What is answered, and with which status; in the link's language."""
    language = "en"
    try:
        if len(link := chosen.get("link", "")) > MOST:
            raise InputError(N_("The link has {length} characters; at most {most} are read."), length=len(link), most=MOST)
        page, _ignored = asked(link)
        language = page.flat["lang"]
        with speaking(language):
            return make(page, chosen), 200
    except InputError as reason:
        with speaking(language):
            return {"said": said(reason)}, 400
