"""A lesson's HTML: served step by step, or one file with all of them that plays by itself."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape

from export.lesson import overview, told
from export.lesson_room import words
from export.page import MAPS, POLICY, SHEETS, licences
from lessons import LESSONS
from lessons.base import Lesson
from links import Flat
from locales import LANGUAGES, _
from player import ADDRESS, FILES, HTML, opening
from player.bundle import bundle
from player.pack import pack

ENTRY, SERVED = "player/hosts/lesson/open.js", "player/hosts/lesson/served.js"
OWN = ("player/hosts/page/page.css", "player/hosts/lesson/lesson.css")
STYLES = (*(f"player/style/{sheet}.css" for sheet in (*SHEETS, "examples", "slider", "ruler", "hand")), *OWN)
ROOM = ("player/style/share.css", "player/hosts/lesson/room.css")  # of a page that is served


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
    head = f'{opening()}<link rel="stylesheet" href="{ADDRESS}/lesson.css"><link rel="icon" href="data:,">'
    return html(LESSONS[name], language, head, pack(first), f'<script defer src="{ADDRESS}/lesson.js"></script>')


def file(name: str, language: str, home: str = "") -> bytes:
    """The lesson as one file, with every step in both languages; this language is spoken first. The same lesson gives the same bytes.

    `home`: the program's address with a slash at its end, to which the file leads for what needs the program; nothing where it is not known.
    """
    order = [language, *(other for other in LANGUAGES if other != language)]
    data = {
        "first": language,
        "home": home,
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
