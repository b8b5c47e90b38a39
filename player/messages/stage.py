"""What the stage is sent, which all parts of the page look at: the surface, and the settings that belong to no lane. Each is packed by itself."""

from __future__ import annotations

from functools import lru_cache

import figures
from core.window import Window
from landscapes import Landscape
from links.display import Display
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
    """{"settings": as a link has them, "language"}."""
    return pack({"settings": display.link(), "language": display.language})
