"""What the stage is sent, which all parts of the page look at: the surface, and the settings that belong to no lane. Each is packed by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

import figures
from core.window import Window
from landscapes import Landscape
from links.display import Display
from links.entries import named
from locales import _
from optimizers import OPTIMIZERS
from optimizers.base import FAMILIES
from player.pack import pack
from problems import Problem
from runs.race import Race


def surface(race: Race, display: Display) -> bytes:
    """{"surface": the part of it in view}."""
    return packed(race.surface, display.window)


@lru_cache(maxsize=64)
def packed(landscape: Landscape, window: Window | None) -> bytes:
    """The same, remembered while the runs change."""
    return pack({"surface": seen(landscape, window)})


def seen(landscape: Landscape, window: Window | None) -> dict[str, Any]:
    """The same before it is packed. Of a loss of one weight also "curve", with what it takes to draw that of a batch."""
    told = figures.contour(landscape, window)
    if isinstance(landscape, Problem) and landscape.single:
        data = {"model": named(landscape), "gain": 0.0, "classes": landscape.classes, "points": landscape.data.astype(np.float32)}
        told["curve"] = figures.curve(landscape, told["view"]) | {"data": data}
    return told


def rules() -> bytes:
    """{"rules": every family's name, with its rules as [name in links, title, year]}."""
    members = {family: [[name, _(rule.title), rule.year] for name, rule in OPTIMIZERS.items() if rule.family == family] for family in FAMILIES}
    return pack({"rules": [[_(family), of_it] for family, of_it in members.items()]})


def settings(display: Display) -> bytes:
    """{"settings": as a link has them, "lanes": how many, "inspected": the number of one, or 0, "language", "words": what all maps say}."""
    told = {"settings": display.link(), "lanes": len(display.looks), "inspected": display.inspected}
    return pack(told | {"language": display.language, "words": words()})


def words() -> dict[str, Any]:
    """What is said to those who come for the first time. What a surface in 3-D is called, and its heights: f itself, the logarithm above f*, or,
    where there is no f*, above and below some height.
    """
    return {
        "first": {
            "click": _("Click a map to move the start; draw a box to zoom"),
            "tap": _("Tap a map to move the start; two fingers zoom"),
        },
        "scene": _("The surface in 3-D: the arrow keys turn it, plus and minus zoom"),
        "heights": {"f": _("heights: f"), "log": _("heights: log(f − f*)"), "around": _("heights: ± log |{above}|")},
    }
