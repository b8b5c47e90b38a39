"""The Explore page as a person uses it: what its browser tests share."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from playwright.sync_api import Locator, Page, expect

from player import ADDRESS
from tests.race_page import eventually, go, idle

# Whether the finest map of what is wanted now is there.
FINE = """async (sweeps) => {
  const { sweep, wanted } = await import(sweeps);
  return Boolean(sweep.data) && sweep.map?.link === wanted() && sweep.map.n === 200;
}"""


class ExplorePage:
    """Shows a link on a page that may be open already, and waits for its finest map."""

    def __init__(self, page: Page, link: str = "") -> None:
        self.page = page
        go(page, f"/explore?v=1&{link}")
        self.ready(link)

    def ready(self, link: str = "") -> None:
        """Wait for what the link says, for the fine map and for the script."""
        expect(self.page.locator(".dl-sweep .dl-summary")).not_to_be_empty()
        idle(self.page)
        wanted = {key: text for key, text in parse_qsl(link) if key != "lang"}  # which the address leaves out where it is the browser's own
        eventually(lambda: self.query().items() >= wanted.items())
        self.fine()

    def fine(self) -> None:
        """Wait until the map is the one that is wanted, in its finest grid."""
        eventually(lambda: self.page.evaluate(FINE, f"/{ADDRESS}/player/stage/sweeps.js"))

    def summary(self) -> str:
        return self.page.locator(".dl-sweep .dl-summary").text_content() or ""

    def query(self) -> dict[str, str]:
        return self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")

    @property
    def reading(self) -> Locator:
        return self.page.locator(".dl-sweep-reading")

    def pointed(self) -> list[float]:
        """The rate and the momentum that are read on the map."""
        expect(self.reading).to_have_text(re.compile("^η .*, μ "))
        return [float(number) for number in re.findall(r"[ημ] ([\d.]+)", self.reading.text_content() or "")]

    def at(self, across: float = 0.5, up: float = 0.5) -> tuple[float, float]:
        """A place of the map on the screen, by parts of the way along its axes."""
        box = self.page.locator(".dl-sweep-map").bounding_box()
        assert box
        return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]

    def drawn(self) -> str:
        """The map's canvas, pixel by pixel."""
        return self.page.locator(".dl-sweep-ground").evaluate("(canvas) => canvas.toDataURL()")
