"""A lesson's HTML: served step by step, or one file with all of them that plays by itself; and the page of all lessons."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from urllib.parse import urlencode

from export.lesson import overview, told
from export.lesson_room import words
from export.page import MAPS, POLICY, SHEETS, licences
from lessons import LESSONS
from lessons.base import Lesson
from links import Flat
from locales import LANGUAGES, _
from player import ADDRESS, FILES, HTML
from player.bundle import bundle
from player.pack import pack
from rooms import CODE

ENTRY, SERVED = "player/hosts/lesson/open.js", "player/hosts/lesson/served.js"
OWN = ("player/hosts/page/page.css", "player/hosts/lesson/lesson.css")
STYLES = (*(f"player/style/{sheet}.css" for sheet in (*SHEETS, "examples", "slider", "ruler", "hand")), *OWN)
ROOM = ("player/style/share.css", "player/hosts/lesson/room.css")  # of a page that is served
LIST = "player/hosts/lesson/index.css"


@cache
def script() -> str:
    """The only script of a lesson in one file."""
    return bundle(ENTRY)


@cache
def style() -> str:
    """Its style sheet."""
    return "".join(FILES[name].decode() for name in STYLES)


LESSON_FILES = {  # as they are served
    f"{ADDRESS}/lesson.js": bundle(SERVED).encode(),
    f"{ADDRESS}/lesson.css": style().encode() + b"".join(FILES[name] for name in ROOM),
}


def document(flat: Flat, said: list[str]) -> str:
    """A lesson as it is served: at the step of these settings, the others asked for one by one. `said`: what of the address was ignored."""
    name, language = flat["lesson"], flat["lang"]
    number = [step.name for step in LESSONS[name].steps].index(flat["step"])
    first = {"lesson": overview(name, language), "step": told(name, number, language), "said": said, "room": words()}
    head = f'<link rel="stylesheet" href="{ADDRESS}/lesson.css"><link rel="icon" href="data:,">'
    return html(LESSONS[name], language, head, pack(first), f'<script defer src="{ADDRESS}/lesson.js"></script>')


def file(name: str, language: str) -> bytes:
    """The lesson as one file, with every step in both languages; this language is spoken first. The same lesson gives the same bytes."""
    order = [language, *(other for other in LANGUAGES if other != language)]
    data = {
        "first": language,
        "whole": {key: {"lesson": overview(name, key), "steps": [told(name, k, key) for k in range(len(LESSONS[name].steps))]} for key in order},
    }
    policy = POLICY.format(script=b64encode(sha256(script().encode()).digest()).decode())
    inline = style().replace("</", "<\\/")
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<!-- {licences()} -->\n<link rel="icon" href="data:,">\n'
        f"<style>\n{inline}</style>"
    )
    return html(LESSONS[name], language, head, pack(data), f"<script>{script()}</script>").encode()


def html(lesson: type[Lesson], language: str, head: str, data: bytes, script: str) -> str:
    """The HTML around it all."""
    sorry = _("This page plays with JavaScript, which is not allowed here.")
    return f"""<!doctype html>
<html lang="{language}" class="dl-page dl-lesson-page">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Descent Lab">
<title>{escape(lesson.title.said(language, {}))} · Descent Lab</title>
{head}
</head>
<body>
<noscript><p>{escape(sorry)}</p></noscript>
<header class="dl-top dl-lesson-top">{HEAD}</header>
<main class="dl-lesson">
<section class="dl-lesson-text"></section>
<div class="dl-lesson-scene"><div class="dl-data" hidden>{HTML["examples"]}</div>{MAPS}<iframe class="dl-lesson-frame" hidden></iframe></div>
</main>
<footer class="dl-player">{HTML["transport"]}</footer>
<template id="dl-slider">{HTML["slider"]}</template>
<script type="application/octet-stream" id="dl-told">{b64encode(data).decode()}</script>
{script}
</body>
</html>
"""


HEAD = """
<nav class="dl-lesson-way"></nav>
<h1 class="dl-title"></h1>
<ol class="dl-lesson-dots"></ol>
<div class="dl-choices"><button type="button" class="dl-look">◐</button><select class="dl-language"></select></div>
"""


def index(language: str, said: list[str]) -> str:
    """The page of all lessons, in the order of the lecture."""
    rows = "".join(row(name, lesson, language) for name, lesson in LESSONS.items())
    minutes = sum(lesson.minutes for lesson in LESSONS.values())
    lead = _("{count} lessons, {minutes} minutes in all: predict, run, see why, try.").format(count=len(LESSONS), minutes=minutes)
    others = "".join(
        f'<a href="lessons?{urlencode({"lang": key})}" lang="{key}" hreflang="{key}">{text}</a>' for key, text in LANGUAGES.items() if key != language
    )
    complaints = "".join(f'<p class="dl-complaint" role="status">{escape(each)}</p>' for each in said)
    return f"""<!doctype html>
<html lang="{language}" class="dl-page dl-lesson-index">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(_("Lessons"))} · Descent Lab</title>
<link rel="icon" href="data:,">
<style>{FILES["player/hosts/page/page.css"].decode()}{FILES[LIST].decode()}</style>
</head>
<body>
<header><nav>{way(language)}</nav><span class="dl-languages">{others}</span></header>
{complaints}
<main><h1>{escape(_("Lessons"))}</h1><p>{escape(lead)}</p>{door(language)}<ol>{rows}</ol></main>
</body>
</html>
"""


def door(language: str) -> str:
    """Where a student types the code of the lecture hall's room."""
    label, button = escape(_("Code of the lecture hall's room")), escape(_("Join"))
    field = f'<input name="room" size="{CODE + 2}" maxlength="{2 * CODE}" required autocomplete="off" autocapitalize="characters" spellcheck="false">'
    hidden = f'<input type="hidden" name="lang" value="{language}">'
    return f'<form class="dl-door" action="lessons"><label>{label} {field}</label>{hidden}<button>{button}</button></form>'


def row(name: str, lesson: type[Lesson], language: str) -> str:
    """A lesson in the list."""
    title, idea = (text.said(language, {}) for text in (lesson.title, lesson.idea))
    after = ", ".join(LESSONS[other].title.said(language, {}) for other in lesson.after if other in LESSONS)
    told = [_("{minutes} min").format(minutes=lesson.minutes), _("{count} steps").format(count=len(lesson.steps))]
    told += [_("after: {lessons}").format(lessons=after)] if after else []
    address = urlencode({"lesson": name, "lang": language})
    return f'<li><a href="lessons?{address}">{escape(title)}</a><p>{escape(idea)}</p><p class="dl-about">{escape(" · ".join(told))}</p></li>'


def way(language: str) -> str:
    """The program's name, and links to its other pages."""
    pages = {"./": _("Race"), "explore": _("Explore"), "data": _("Data"), "train": _("Train"), "catalogue": _("Catalogue")}
    links = "".join(f'<a href="{address}?{urlencode({"lang": language})}">{escape(text)}</a>' for address, text in pages.items())
    return f'<b class="dl-brand">Descent Lab</b>{links}'
