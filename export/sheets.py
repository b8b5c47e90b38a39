"""A view of the Explore or Train page as SVG without a browser: what the program would answer a page, drawn by the player's own modules, in V8."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from export.address import Asked
from export.drawn import ask, look
from export.options import Options
from export.pixels import with_pictures
from export.tables import Tell, basin
from links import Flat
from links.axes import FINE
from links.basins import of_rule, rules_of
from links.display import display_of
from links.entries import race_of
from links.explore import EXPLORE
from links.paths import pathed
from links.race import RACE
from links.rates import four, rated
from links.scenes import makes_the_race
from links.sweep import map_of
from locales import speaking
from player import messages
from player.messages.basins import basin_map
from player.messages.lane import told
from player.messages.paths import moved_through
from player.messages.rates import rated_and_tested
from player.messages.stage import seen, words
from player.messages.sweep import mapped
from player.pack import pack
from runs.cells import cells
from runs.rates import NAMES

ENTRY = "player/hosts/batch/sheet.js"
NO_PICTURE = "svg, pdf, png: of {view} on the page {page} there is none without a browser; there is csv, npz, json."
Message = Callable[[Asked, Tell], dict[str, Any]]  # {"data": what the page is sent, "found": the messages that come for it}


def sheet(asked: Asked, options: Options, step: int, tell: Tell) -> str:
    """The picture of what the page shows, at a step where it has any, however long its runs take. Raises ImportError without mini-racer."""
    with speaking(asked.flat["lang"]):
        sent = MESSAGES[view_of(asked)](asked, tell)
    found = [np.frombuffer(each, np.uint8) for each in sent["found"]]
    more = {"view": view_of(asked), "hide": asked.flat["hide"].split(","), "address": asked.link}
    return with_pictures(ask(ENTRY, "svg", pack(sent | {"found": found} | more).hex(), look(asked, options), step))


def lacking(asked: Asked) -> str:
    """Why there is no picture of what the page shows; nothing where there is one."""
    return "" if view_of(asked) in MESSAGES else NO_PICTURE.format(page=asked.page, view=asked.flat.get("view") or asked.flat["show"])


def view_of(asked: Asked) -> str:
    """What the page shows, by its name here."""
    return asked.flat["view"] if asked.page == "explore" else f"train.{asked.flat['show']}"


def of_map(asked: Asked, _tell: Tell) -> dict[str, Any]:
    flat = asked.flat
    return {"data": messages.sweep(flat), "found": [mapped(flat, FINE, cells(map_of(flat, FINE)))]}


def of_basins(asked: Asked, tell: Tell) -> dict[str, Any]:
    flat = asked.flat
    maps = [basin_map(of_rule(flat, rule), FINE, basin(asked, rule, tell)) for rule in rules_of(flat)]
    return {"data": messages.basins(flat), "found": maps}


def of_paths(asked: Asked, _tell: Tell) -> dict[str, Any]:
    flat = asked.flat
    found = {"data": messages.paths(flat), "found": [moved_through(flat, pathed(flat))]}
    return found | {"stage": stage(flat, alone(flat)), "steps": flat["steps"]}


def of_rates(asked: Asked, _tell: Tell) -> dict[str, Any]:
    """The losses are those of the rates that show something, and of the page's own."""
    flat, its = asked.flat, rated(asked.flat)
    data, one = messages.rates(flat), alone(flat)
    shown = {**four(its.sweep), "": flat["1.lr"]}  # the last one is the page's own
    races = {key: one | {"1.lr": rate, "1.look": [*NAMES, ""].index(key) + 1} for key, rate in shown.items()}
    lanes = [{"key": key} | told(race_of(its), 1, display_of(its)) for key, its in races.items()]
    found = {"data": data, "found": [rated_and_tested(flat, its)], "lanes": lanes}
    return found | {"stage": stage(flat, one), "curves": messages.curves(race_of(one), display_of(one)), "steps": flat["steps"]}


def alone(flat: Flat) -> Flat:
    """The race of the page's one lane."""
    lane = {key: value for key, value in flat.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"}
    return RACE.read(lane | {"lanes": 1}, flat["lang"])[0]


def stage(flat: Flat, race: Flat) -> dict[str, Any]:
    """What the stage of the Explore page is sent."""
    return {"surface": seen(race_of(race).surface, display_of(race).window), "link": EXPLORE.write(flat), "words": words()}


MESSAGES: Mapping[str, Message] = {
    "map": of_map,
    "paths": of_paths,
    "rates": of_rates,
    "basins": of_basins,
}
