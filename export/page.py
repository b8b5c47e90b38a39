"""A race as one HTML file that plays by itself: the player's modules with what they show, from a disk, without a network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

import numpy as np

from core import InputError, N_
from export.address import Asked
from figures import mathml
from figures.formula import lines
from links import Flat
from links.display import display_of
from links.entries import race_of
from locales import LANGUAGES, _, remarked, speaking
from player import FILES, HTML, messages
from player.assets import VENDOR
from player.bundle import bundle
from player.messages import classroom
from player.messages.headline import headline
from player.messages.lane import told
from player.messages.run import single
from player.messages.stage import seen
from player.messages.stage import words as said_on_maps
from player.pack import pack
from runs.race import Race

HOSTS = {"race": "player/hosts/page/race.js", "data": "player/hosts/page/data.js"}
SHEETS = ("access", "account", "present", "panel", "curves", "transport", "print")
LOOKS = "player/hosts/page/page.css"
UNKNOWN = ("PageUp PageDown", "Ctrl Z", "E")  # keys that need the program
# Nothing is loaded, from anywhere: what is here is all there is.
POLICY = "default-src 'none'; script-src 'sha256-{script}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def html(asked: Asked, title: str = "", languages: Sequence[str] = tuple(LANGUAGES)) -> bytes:
    """The file. It speaks the link's language first, and has a menu of all of them; where the address of the page is known, a link leads there.

    The same link gives the same bytes. Raises InputError for a page that is no race.
    """
    if asked.page not in HOSTS:
        raise InputError(N_("The page {page} does not play without a server: those of a race do, and those of Data."), page=asked.page)
    first = asked.flat["lang"]
    order = [first, *(language for language in languages if language != first)]
    data = {"first": first, "languages": [shown(asked, language, title) for language in order], "live": live(asked)}
    with speaking(first):
        return document(asked, data["languages"][0]["title"], b64encode(pack(data)).decode()).encode()


def live(asked: Asked) -> str:
    """The address of the page that this one was made from; nothing where that is not known."""
    return asked.link if asked.base.startswith(("http://", "https://")) else ""


def shown(asked: Asked, language: str, title: str) -> dict[str, Any]:
    """All that the page is told in one language."""
    flat = asked.flat | {"lang": language}
    race = race_of(flat)
    display = replace(display_of(flat), inspected=0)
    with speaking(language):
        head = headline(flat, race.surface)
        transport = {name: value for name, value in messages.transport(race, display).items() if name != "export"}  # there is no such dialog
        return {
            "language": language,
            "name": LANGUAGES[language],
            "title": title or (_("A surface") if "surface" in display.hidden else (head["scene"] or [head["surface"]])[0]),
            "headline": head | {"formula": mathml(remarked(race.surface.formula))},
            "surface": seen(race.surface, display.window),
            "whole": seen(race.surface, None) if display.window else None,
            "settings": {name: value for name, value in display.link().items() if name not in ("x", "y")},  # no click moves the start here
            "words": words() | {"maps": said_on_maps() | {"first": None}},
            "lanes": [lane(race, i, flat) for i in range(1, len(race.lanes) + 1)],
            "accounts": [np.frombuffer(account(race, i, bool(live(asked))), np.uint8) for i in range(1, len(race.lanes) + 1)],
            "overlay": messages.overlay(),
            "curves": messages.curves(race, display),
            "data": messages.data(race) if asked.page == "data" else None,
            "transport": transport
            | {"at": flat.get("at"), "play": flat.get("play"), "reset": 0, "scene": [0, 0]}
            | {"keys": [[_(key), _(text)] for key, text in classroom.KEYS.items() if key not in UNKNOWN]},
        }


def lane(race: Race, i: int, flat: Flat) -> dict[str, Any]:
    """A lane as its panel takes it, with everything that charts can show, and its rule's formula."""
    its = race.lanes[i - 1]
    further = single(its, race.descended(its), race.start, race.steps).further
    formula = [mathml(remarked(line.replace("&", "", 1 if "cases" in line else -1))) for line in lines(its.rule.formula)]
    return told(race, i, display_of(flat | {"inspect": 0})) | {"further": further, "formula": formula}


def account(race: Race, i: int, live: bool) -> bytes:
    """What is said of a lane's run, as the program answers; what it suggests only where that can be tried."""
    said = messages.account(race, i)
    return pack({"account": said if live else said | {"suggestion": None}})


def words() -> dict[str, str]:
    """What the page says besides."""
    return {
        "language": _("Language"),
        "look": _("Light or dark"),
        "space": _("The surface in 3-D"),
        "live": _("Open in Descent Lab"),
        "live_title": _("The same race in the program, where every setting can be changed"),
    }


def document(asked: Asked, title: str, data: str) -> str:
    """The HTML around it all."""
    script, style = made(asked.page)
    sorry = _("This page plays with JavaScript, which is not allowed here.")
    policy = POLICY.format(script=b64encode(sha256(script.encode()).digest()).decode())
    examples = f'<div class="dl-data">{HTML["examples"]}</div>' if asked.page == "data" else ""
    return f"""<!doctype html>
<html lang="{asked.flat["lang"]}" class="dl-page">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Descent Lab">
<!-- {licences()} -->
<meta name="descent-lab" content="{escape(asked.link)}">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>
{style}</style>
</head>
<body>
<noscript><p>{escape(sorry)}</p></noscript>
<header class="dl-top">{HEAD}</header>
<main>{examples}{MAPS}</main>
<footer class="dl-player">{HTML["transport"]}</footer>
<script type="application/octet-stream" id="dl-told">{data}</script>
<script>{script}</script>
</body>
</html>
"""


LANE = f'<template><div class="dl-lane">{HTML["panel"]}<div class="dl-about"></div></div></template>'
BOARD = f'<div class="dl-large-map">{HTML["overlay"]}</div><div class="dl-lanes">{LANE}</div><div class="dl-charts">{HTML["curves"]}</div>'
MAPS = f'<div class="dl-maps"><div class="dl-board">{BOARD}</div></div>'
HEAD = """
<h1 class="dl-title"></h1><p class="dl-idea"></p>
<div class="dl-choices">
<button type="button" class="dl-3d" aria-pressed="false">3-D</button><button type="button" class="dl-look">◐</button>
<select class="dl-language"></select><a class="dl-live" target="_blank" rel="noopener"></a>
</div>
<p class="dl-marks"></p><div class="dl-formula"></div>
"""


def licences() -> str:
    """What those ask to be said whose work is in every file."""
    lines = (VENDOR / "d3-contour" / "LICENSE").read_text("utf-8").strip()
    return f"Level lines: d3-contour.\n{lines}\n\nIcons: after Google's Material icons, Apache License 2.0"


@cache
def made(page: str) -> tuple[str, str]:
    """The script and the style sheet, which are the same in every file of this page."""
    sheets = (*SHEETS, *(["examples"] if page == "data" else []))
    style = "".join(FILES[name].decode() for name in (*(f"player/style/{sheet}.css" for sheet in sheets), LOOKS))
    return bundle(HOSTS[page]), style.replace("</", "<\\/")
