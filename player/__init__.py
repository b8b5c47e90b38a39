"""The browser side: its modules and how they are served, what its components are made of, and what they are sent."""

from player.assets import ADDRESS, BROWSER, FILES
from player.components import HTML
from player.opening import opening
from player.pack import pack
from player.version import VERSION

__all__ = ["ADDRESS", "BROWSER", "FILES", "HTML", "VERSION", "opening", "pack"]
