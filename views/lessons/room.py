"""The routes of a lecture hall's room: opened and led by its teacher, entered and answered by students, asked for by both about every second."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from typing import Any, NoReturn
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

import serving
from core import N_
from export.lesson import told
from export.lesson_index import index
from lessons import LESSONS
from locales import LANGUAGES, said, speaking
from rooms import Asked, CODE, Desk, Place, Refused, asking
from serving.limits import HELD
from serving.pulse import count_rooms
from serving.visitors import address_of
from views.lessons.page import OWN, TURN, page, preferred

MOST = {"room/open": 500, "room/lead": 500, "room/tell": 2000}  # bytes of what a browser sends
SECRET = "Room-Secret"  # the header with it: an address would stand in logs
TOO_MANY = 429
STATUS = {"wrong": 404, "gone": 410, "restarted": 410, "secret": 403, "elsewhere": 409, "shown": 409, "unreadable": 400}
STATUS |= {"guessing": TOO_MANY, "often": TOO_MANY, "fast": TOO_MANY, "many": 503, "full": 503, "away": 503}
NEW = {"Cache-Control": "no-store"}
WHO = re.compile("[0-9a-f]{32}")  # a browser's random id
UNREADABLE = N_("This is nothing that a room takes.")

ask = asking()
count_rooms(lambda: ask(Desk.count))

Route = Callable[[Request], Awaitable[Response]]


def refusing(route: Route) -> Route:
    """The route, whose refusals are a sentence in the language that was asked for, and when to come again."""

    async def answer(request: Request) -> Response:
        try:
            return await route(request)
        except Refused as refused:
            serving.refused(f"room-{refused.why}", address(request))
            if STATUS[refused.why] == TOO_MANY:
                await asyncio.sleep(HELD)
            return refusal(refused, getattr(request.state, "language", None) or request.query_params.get("lang", ""))

    return answer


def refusal(refused: Refused, language: str) -> Response:
    with speaking(language if language in LANGUAGES else "en"):
        content = {"why": refused.why, "text": said(refused)}
    return JSONResponse(content, STATUS[refused.why], headers=NEW | wait(refused))


def wait(refused: Refused) -> dict[str, str]:
    return {"Retry-After": str(ceil(refused.after))} if refused.after else {}


@refusing
async def opened(request: Request) -> Response:
    """POST {lesson, step}: {code, secret, era} of a new room."""
    place = place_of(await read(request))
    return JSONResponse(await ask(Desk.open, address(request), place, await asked_at(place)), headers=NEW)


@refusing
async def led(request: Request) -> Response:
    """POST {code, secret, era, lesson, step, revealed} or {…, close: true}: the room is there, shows its answers, or is over."""
    given = await read(request)
    teacher = code_of(given), text(given, "secret"), text(given, "era"), address(request)
    if given.get("close") is True:
        await ask(Desk.close, *teacher)
    else:
        place = place_of(given)
        await ask(Desk.lead, *teacher, place, await asked_at(place), given.get("revealed") is True)
    return Response(status_code=204, headers=NEW)


@refusing
async def answered(request: Request) -> Response:
    """POST {code, who, era, lesson, step, answer}: it counts."""
    given = await read(request)
    await ask(Desk.tell, code_of(given), who_of(given), text(given, "era"), address(request), place_of(given), given.get("answer"))
    return Response(status_code=204, headers=NEW)


@refusing
async def state(request: Request) -> Response:
    """?code&who&era&since: what the room is at, for its teacher by the secret in a header; 204 where nothing is new since `since`."""
    given = request.query_params
    era, since, secret = given.get("era", ""), given.get("since", ""), request.headers.get(SECRET)
    if secret is None:
        told = await ask(Desk.follow, code_of(given), who_of(given), era, address(request), since)
    else:
        told = await ask(Desk.watch, code_of(given), secret, era, address(request), since)
    return Response(status_code=204, headers=NEW) if told is None else JSONResponse(told, headers=NEW)


async def entrance(request: Request) -> Response:
    """The Lessons page: for who comes by a room's code alone the step that its teacher shows."""
    given = request.query_params
    if not given.get("room") or given.get("lesson"):
        return await page(request)
    language = given.get("lang") if given.get("lang") in LANGUAGES else preferred(request)
    code = code_of(given, "room")
    try:
        place = await ask(Desk.look, code, address(request))
    except Refused as refused:
        if refused.why == "away" and code != given["room"]:  # a proxy can tell now where it is
            return RedirectResponse(f"lessons?{urlencode({**given, 'room': code})}", 303, headers=NEW)
        serving.refused(f"room-{refused.why}", address(request))
        with speaking(str(language)):
            return HTMLResponse(index(str(language), [said(refused)]), STATUS[refused.why], headers=OWN | NEW | wait(refused))
    query = urlencode({**place._asdict(), "lang": language, "room": code})
    return RedirectResponse(f"lessons?{query}", 303, headers=NEW)


async def read(request: Request) -> dict[str, Any]:
    """What was sent, by its names. Raises Refused."""
    try:
        given = json.loads(await request.body(), parse_constant=unreadable)
    except (ValueError, RecursionError):
        unreadable()
    if not isinstance(given, dict):
        unreadable()
    request.state.language = text(given, "lang")
    return given


def unreadable(_given: object = None) -> NoReturn:
    raise Refused("unreadable", UNREADABLE)


def text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""


def code_of(given: Mapping[str, Any], name: str = "code") -> str:
    """A code as somebody types it, in small letters and with gaps too."""
    return "".join(letter for letter in text(given, name).upper() if letter.isalnum())[: 2 * CODE]


def who_of(given: Mapping[str, Any]) -> str:
    who = text(given, "who")
    return who if WHO.fullmatch(who) else unreadable()


def place_of(given: Mapping[str, Any]) -> Place:
    """The step of a lesson that there is. Raises Refused."""
    place = Place(text(given, "lesson"), text(given, "step"))
    if place.lesson not in LESSONS or place.step not in [step.name for step in LESSONS[place.lesson].steps]:
        unreadable()
    return place


async def asked_at(place: Place) -> Asked | None:
    """What is asked at this step, which its page was told; None where nothing is."""
    number = [step.name for step in LESSONS[place.lesson].steps].index(place.step)
    async with TURN:
        question = (await asyncio.to_thread(told, place.lesson, number, "en"))["question"]
    if question is None:
        return None
    many = len(question.get("options") or question.get("lanes") or [1])
    return Asked(question["kind"], many, question.get("low", Asked._field_defaults["low"]), question.get("high", Asked._field_defaults["high"]))


def address(request: Request) -> str:
    return address_of(request.scope)
