"""The Race page as a person uses it: what the browser tests share."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from playwright.sync_api import Locator, Page, expect

from core.window import Window, widened
from links import Flat, entries
from links.entries import surface_of
from links.race import RACE
from links.zoom import window_of
from optimizers import OPTIMIZERS
from player import ADDRESS
from runs.race import Race

SECONDS = 180  # machines that test are often busy, and waiting longer for what comes costs nothing
expect.set_options(timeout=1000 * SECONDS)


def eventually(value: Callable[[], Any], wanted: Callable[[Any], bool] = bool, seconds: float = SECONDS) -> Any:
    """The value as soon as it is the wanted one; fails with what it was at last."""
    end = time.monotonic() + seconds
    while not wanted(now := value()):
        assert time.monotonic() < end, f"still {now!r}"
        time.sleep(0.05)
    return now


GO = """(address) => {
  document.activeElement.blur();
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}"""
# What is not there yet: the settings that no part of the page has, and "map" where one does not show the surface, or not in the size that it has.
MISSING = """async ([store, wanted]) => {
  const { stage, wholeLink } = await import(store);
  const now = Object.fromEntries(wholeLink());
  const current = ({ data, _fullLayout: { width, height }, clientWidth, clientHeight }) =>
    data[0].type !== "contour" ||
    (data[0].z === stage.surface.figure.data[0].z && Math.abs(width - clientWidth) < 1 && Math.abs(height - clientHeight) < 1);
  const maps = [...document.querySelectorAll(".dl-map")].filter(({ data }) => data);
  return [...Object.keys(wanted).filter((key) => now[key] !== wanted[key]), ...(maps.every(current) ? [] : ["map"])];
}"""
# What there is of the lanes, for a test that waited in vain.
THERE = """async (store) => {
  const { stage } = await import(store);
  const lanes = [...stage.lanes].map(([index, { link }]) => [index, link && Object.keys(link).length, stage.panels.get(index)?.constructor.name]);
  return JSON.stringify({ address: location.href, count: stage.count, lanes, panels: document.querySelectorAll(".dl-panel").length });
}"""
STORE = f"/{ADDRESS}/player/stage/store.js"
# The texts that canvases get while everything is drawn anew.
WRITTEN = """async () => {
  const words = new Set(), context = CanvasRenderingContext2D.prototype, { fillText } = context;
  context.fillText = function (text, ...rest) { words.add(text); return fillText.call(this, text, ...rest); };
  dispatchEvent(new Event("resize"));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  context.fillText = fillText;
  return [...words];
}"""


def go(page: Page, address: str) -> None:
    """Another address of the program on a page, as Back and Forward bring one: nothing is loaded anew where the program is open."""
    if urlsplit(page.url).path not in ("/", "/catalogue", "/explore", "/data", "/train"):
        RacePage(page, "at=0&lanes=1")
    opened = page.locator("[data-testid=stPopoverBody], dialog[open], .dl-share, .dl-account").filter(visible=True)
    while count := opened.count():
        page.keyboard.press("Escape")
        eventually(opened.count, lambda now, count=count: now < count)
    idle(page)
    page.evaluate(GO, address)


def idle(page: Page) -> None:
    """Wait until the page's script has run."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


class RacePage:
    """Opens a link and waits for its maps. With `at` in the link the clock stands there."""

    def __init__(self, page: Page, link: str = "at=60", lanes: int | None = None) -> None:
        self.page = page
        page.goto(f"/?{link}")
        self.ready(lanes or flat_of(dict(parse_qsl(link)))["lanes"])

    @classmethod
    def over(cls, page: Page, lanes: int | None = None) -> Self:
        """A page that was opened otherwise, once the script has run and so many lanes, or any, have their numbers."""
        race = cls.__new__(cls)
        race.page = page
        numbers = page.locator(".dl-f:not(:empty)")
        expect(numbers.first).to_be_attached()
        if lanes is not None:
            expect(numbers).to_have_count(lanes)
        race.idle()
        race.frames()
        return race

    @classmethod
    def shown(cls, page: Page, link: str = "at=60", lanes: int | None = None) -> Self:
        """The link on a page that may be open already; nothing plays."""
        race = cls.__new__(cls)
        race.page = page
        race.go(link, lanes)
        return race

    def go(self, link: str = "at=60", lanes: int | None = None) -> None:
        """Another link on the open page, which is not loaded anew: nothing begins to play, the clock stands at the link's `at`, or at 0."""
        given = dict(parse_qsl(link))
        flat, at = flat_of(given), given.get("at", "0")

        def arrived() -> list[str]:
            go(self.page, f"/?{link}" if "at" in given else f"/?{link}&at=0")
            expect(self.page).not_to_have_url(re.compile("[?&]at="))  # which the address loses once the link has been read
            self.idle()
            self.frames()
            return self.missing(given)

        try:
            eventually(arrived, lambda now: set(now) <= {"map"})  # a change that was still on its way may come after the link: then once more
        except AssertionError as missing:
            raise AssertionError(f"{missing}; {self.page.evaluate(THERE, STORE)}") from None
        eventually(lambda: self.missing(given), lambda now: now == [])
        self.ready(lanes or flat["lanes"])
        scrub = self.page.locator(".dl-scrub")
        expect(scrub).to_have_attribute("max", str(flat["steps"]))
        scrub.evaluate("(scrub, at) => { scrub.value = at; scrub.dispatchEvent(new Event('input')); }", at)
        self.frames()

    def missing(self, link: dict[str, str]) -> list[str]:
        """What of a link the page does not show yet: settings by their names, and "map"."""
        wanted = {key: text for key, text in RACE.write(flat_of(link)).items() if key in link or key not in ("lang", "at", "play")}
        return self.page.evaluate(MISSING, [STORE, wanted])

    def ready(self, lanes: int = 4) -> None:
        """Every panel has its map, or the one map is there, and the script has run."""
        expect(self.page.locator(".dl-f:not(:empty)")).to_have_count(lanes)
        expect(self.page.locator(".dl-map .main-svg:first-child, .dl-scene, .dl-graph")).to_have_count(1 if self.overlaid() else lanes)
        self.idle()
        self.frames()

    def overlaid(self) -> bool:
        """Whether one map shows all lanes: always on a phone."""
        return self.page.evaluate("'overlay' in document.documentElement.dataset")

    def map(self, i: int) -> Locator:
        """The map that lane i's run is on."""
        return self.page.locator(".dl-large .dl-map") if self.overlaid() else self.panel(i).locator(".dl-map")

    def idle(self) -> None:
        idle(self.page)

    def frames(self, count: int = 3) -> None:
        """Let the browser draw."""
        self.page.evaluate("(n) => new Promise((done) => { const next = () => (n-- ? requestAnimationFrame(next) : done()); next(); })", count)

    # What is seen.

    def panel(self, i: int) -> Locator:
        return self.page.locator(f".st-key-panel{i} .dl-panel")

    def said(self, i: int, name: str) -> str:
        """A text of lane i: title, verdict, hint, step, f, slope or rate."""
        return self.panel(i).locator(f".dl-{name}").inner_text()

    def titled(self, *titles: str) -> None:
        """Wait until the lanes stand there under these titles, and no other."""
        expect(self.page.locator(".dl-head .dl-title")).to_have_text(titles)

    def readouts(self) -> list[str]:
        return self.page.locator(".dl-readout").all_inner_texts()

    def trails(self) -> list[str]:
        """Each panel's canvas, pixel by pixel."""
        self.frames()
        return self.page.evaluate("[...document.querySelectorAll('.dl-trail')].map((canvas) => canvas.toDataURL())")

    def written(self) -> set[str]:
        """The texts on the maps' canvases and on the charts."""
        return set(self.page.evaluate(WRITTEN))

    def steps(self) -> list[int]:
        """The step that the bar and every panel show, in one look."""
        script = "[...document.querySelectorAll('.dl-count, .dl-scrub, .dl-step')].map((e) => parseInt(e.value || e.textContent))"
        return self.page.evaluate(script)

    def step(self) -> int:
        return self.steps()[-1]

    @property
    def play(self) -> Locator:
        return self.page.locator(".dl-play")

    def playing(self) -> bool:
        return self.play.get_attribute("data-state") == "pause"

    def ranges(self) -> list[list[list[float]]]:
        """The ranges of x and y that each map shows."""
        return self.page.evaluate(
            "[...document.querySelectorAll('.dl-map')].map((map) => map._fullLayout).filter(Boolean).map((all) => [all.xaxis.range, all.yaxis.range])"
        )

    def settled(self) -> Window:
        """The ranges that the address names, once every map shows them: until the server's map is there the browser shows its own, unrounded."""

        def wanted() -> Window:
            flat = flat_of(self.query())
            return window_of(flat) or widened(surface_of(flat).domain)

        eventually(self.ranges, lambda now: np.shape(now)[1:] == (2, 2) and np.allclose(now, wanted(), rtol=1e-9))
        return wanted()

    def pixel(self, i: int, point: tuple[float, float]) -> tuple[float, float]:
        """Where Plotly's axes place a point, from panel i's corner."""
        script = "(map, [x, y]) => [[map._fullLayout.xaxis, x], [map._fullLayout.yaxis, y]].map(([axis, v]) => axis._offset + axis.l2p(v))"
        x, y = self.map(i).evaluate(script, point)
        return x, y

    def on_screen(self, i: int, point: tuple[float, float]) -> tuple[float, float]:
        """The same, from the window's corner."""
        box = self.map(i).bounding_box()
        assert box
        x, y = self.pixel(i, point)
        return box["x"] + x, box["y"] + y

    def values(self, key: str) -> list[str]:
        """What the fields of this name hold: one, and while a rerun replaces a field two."""
        return self.page.locator(f".st-key-{key} input").evaluate_all("(fields) => fields.map((field) => field.value)")

    def query(self) -> dict[str, str]:
        return self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")

    # What is done.

    def slider(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key.replace('.', '-')} input[type=range]")

    def nudge(self, key: str, arrow: str = "ArrowRight", times: int = 1) -> str:
        """Move a slider by its arrow keys, each step once the one before has arrived; the text it then shows."""
        slider = self.slider(key)
        if key.startswith("surface.") and not slider.count():
            self.page.locator(".st-key-shape_menu button").click()
        for _ in range(times):
            before = self.query()
            eventually(lambda before=before: self.missing(before), lambda now: set(now) <= {"map"})  # Back may be in the address only
            slider.focus()
            self.page.keyboard.press(arrow)
            eventually(self.query, lambda now, before=before: now != before)
            self.idle()
        return slider.get_attribute("aria-valuetext") or ""

    def choose(self, key: str, title: str) -> None:
        if key.endswith(".rule"):
            name = next(name for name, rule in OPTIMIZERS.items() if rule.title == title)
            self.panel(int(key[0])).locator(".dl-rule select").select_option(name)
            return
        option = self.page.get_by_role("option", name=title, exact=True)
        field = self.page.locator(f".st-key-{key.replace('.', '-')}:not([data-stale=true]) input")
        expect(field).to_have_count(1)  # a menu that was changed elsewhere is a new one, and the old one goes with the end of the rerun
        field.click()
        field.fill(title)  # a long menu holds only the options in view
        option.click()

    def more(self, i: int) -> None:
        """Open what is one click away in lane i."""
        self.unfold(i)
        self.popover(i, 0).click()

    def unfold(self, i: int) -> None:
        """Show lane i's controls where they are folded."""
        controls, button = self.page.locator(f".st-key-controls{i}"), self.panel(i).locator(".dl-unfold")
        if not controls.is_visible():
            button.click()
        expect(controls).to_be_visible()

    def popover(self, i: int, which: int) -> Locator:
        """A button of lane i that opens something: 0 the rest of its settings, 1 the formula. (Streamlit keeps hidden copies, to measure them.)"""
        return self.page.locator(f".st-key-lane{i}").get_by_test_id("stPopoverButton").filter(visible=True).nth(which)

    def press(self, *keys: str) -> None:
        """Keys that no control has the focus for."""
        self.page.evaluate("document.activeElement.blur()")
        for key in keys:
            self.page.keyboard.press(key)

    def stop_time(self) -> None:
        """From now on time passes only with `page.clock.run_for`."""
        self.page.clock.install(time=datetime(2026, 1, 1))
        self.page.clock.pause_at(datetime(2026, 1, 1, 1))

    def drag(self, i: int, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a box on map i, from point to point of the surface."""
        (x0, y0), (x1, y1) = self.on_screen(i, start), self.on_screen(i, end)
        mouse = self.page.mouse
        mouse.move(x0, y0)
        mouse.down()
        mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=3)
        mouse.move(x1, y1, steps=3)
        mouse.up()


def flat_of(link: dict[str, Any] | None = None) -> Flat:
    return RACE.read(link or {}, "en")[0]


def race_of(link: dict[str, Any] | None = None) -> Race:
    return entries.race_of(flat_of(link))
