"""The browser side's thin wrappers: each mounts one component and hands it its data."""

from player.assets import ADDRESS, BROWSER, FILES
from player.components import curves, inspector, overlay, panel, slider, transport
from player.pack import pack

__all__ = ["ADDRESS", "BROWSER", "FILES", "curves", "inspector", "overlay", "pack", "panel", "slider", "transport"]
