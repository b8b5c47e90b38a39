"""What the stage is sent, which all parts of the page look at: the surface, and the settings that belong to no lane. Each is packed by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import figures
from core.window import Window
from landscapes import Landscape
from links.display import Display
from locales import _
from player.pack import pack
from runs.race import Race


def surface(race: Race, display: Display) -> bytes:
    """{"surface": the part of it in view}."""
    return packed(race.surface, display.window)


@lru_cache(maxsize=64)
def packed(landscape: Landscape, window: Window | None) -> bytes:
    """The same, remembered while the runs change."""
    return pack({"surface": figures.contour(landscape, window)})


def settings(display: Display) -> bytes:
    """{"settings": as a link has them, "language", "words": what all maps say}."""
    return pack({"settings": display.link(), "language": display.language, "words": words()})


def words() -> dict[str, Any]:
    """What a surface in 3-D is called, and its heights: f itself, the logarithm above f*, or, where there is no f*, above and below some height."""
    return {
        "scene": _("The surface in 3-D: the arrow keys turn it, plus and minus zoom"),
        "heights": {"f": _("heights: f"), "log": _("heights: log(f − f*)"), "around": _("heights: ± log |{above}|")},
    }
