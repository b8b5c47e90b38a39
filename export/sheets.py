"""A view of the Explore or Train page as SVG without a browser: what the program would answer a page, drawn by the player's own modules, in V8."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from export.address import Asked
from export.drawn import ask, look
from export.options import Options
from export.pixels import with_pictures
from export.tables import Tell, basin, plane, swept_rates, trained_lanes
from links import Flat
from links.axes import FINE
from links.basins import of_rule, rules_of
from links.best import SURFACES, on
from links.best import found as tuned
from links.display import display_of
from links.entries import race_of
from links.paths import pathed
from links.planes import Key
from links.race import RACE
from links.rates import four, rated
from links.scenes import makes_the_race
from links.sweep import map_of
from links.trained import Slice, training, what_is_trained
from locales import speaking
from optimizers import OPTIMIZERS
from player import messages
from player.messages.basins import basin_map
from player.messages.best import profile
from player.messages.lane import told
from player.messages.paths import moved_through
from player.messages.plane import planed
from player.messages.rates import rated_and_tested
from player.messages.ratesweep import swept
from player.messages.sweep import mapped
from player.messages.train import trained
from player.pack import pack
from runs.cells import cells
from runs.rates import NAMES
from runs.training import Progress

ENTRY = "player/hosts/batch/sheet.js"
NO_PROFILE = "svg, pdf, png: the table of view=best is no picture, csv and npz have it; with profile=1 the profile over all surfaces is one."
NO_SECONDS = "svg, pdf, png: over=seconds would be another picture every time; over=steps and over=epochs are the same."
# {"data": what the view's part is sent with the page, "found": the messages that come for it, "stage": those that the page's stage is sent}
Message = Callable[[Asked, Tell], dict[str, Any]]


def sheet(asked: Asked, options: Options, step: int, tell: Tell) -> str:
    """The picture of what the page shows, at a step where it has any, however long its runs take. Raises ImportError without mini-racer."""
    view = view_of(asked)
    with speaking(asked.flat["lang"]):
        sent = MESSAGES[view](asked, tell)
    packed = {name: [np.frombuffer(each, np.uint8) for each in sent.get(name, [])] for name in ("found", "stage")}
    about = {"view": view, "hide": asked.flat["hide"].split(","), "address": asked.link}
    return with_pictures(ask(ENTRY, "svg", pack(sent | packed | about).hex(), look(asked, options), step))


def lacking(asked: Asked) -> str:
    """Why there is no picture of what the page shows; nothing where there is one."""
    flat, view = asked.flat, view_of(asked)
    if view == "best" and not flat["profile"]:
        return NO_PROFILE
    return NO_SECONDS if view == "train.curves" and flat["over"] == "seconds" else ""


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


def stage(flat: Flat, race: Flat) -> list[bytes]:
    """What the stage of the Explore page is sent."""
    return [messages.explored(flat), messages.surface(race_of(race), display_of(race))]


def of_best(asked: Asked, tell: Tell) -> dict[str, Any]:
    """The profile over all surfaces, on each of which every rule is tuned."""
    flat, every = asked.flat, []
    for k, surface in enumerate(SURFACES, start=1):
        tell(f"{surface}, {k}/{len(SURFACES)}")
        own = on(surface, flat)
        every.append([tuned(own, rule) for rule in OPTIMIZERS])
    return {"data": messages.best(flat), "found": [profile(flat, every)]}


def of_curves(asked: Asked, tell: Tell) -> dict[str, Any]:
    flat = asked.flat
    slices = {i: ended(what_is_trained(flat, i), its) for i, its in trained_lanes(asked, tell).items()}
    return {"data": messages.train(flat), "found": [trained(flat, slices)[0]]}


def ended(key: Key, its: Progress) -> Slice:
    """A training at its end, without a look at its network."""
    own = training(key)
    return Slice(its, None, own.per_epoch, len(own.test))


def of_trained_rates(asked: Asked, tell: Tell) -> dict[str, Any]:
    return {"data": messages.ratesweep(asked.flat), "found": [swept(asked.flat, swept_rates(asked, tell), "")[0]]}


def of_plane(asked: Asked, tell: Tell) -> dict[str, Any]:
    flat = asked.flat
    return {"data": messages.train(flat), "found": [planed(flat, plane(asked, tell))], "stage": [messages.trains(flat)]}


MESSAGES: Mapping[str, Message] = {
    "map": of_map,
    "paths": of_paths,
    "rates": of_rates,
    "basins": of_basins,
    "best": of_best,
    "train.curves": of_curves,
    "train.rates": of_trained_rates,
    "train.plane": of_plane,
}
