"""The Race page in a headless Chromium: frames a second, key press to paint, bytes a change, page load to first motion."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._report import machine, p95
from benchmarks._server import server
from tests.browser import FLAGS, MISSING, find

PROBE = Path(__file__).with_name("probe.js")
SIZES = [(4, 200, 100), (8, 500, 160)]  # lanes, steps, and the goal from key press to paint in milliseconds
PRESSES = 30
OPENINGS = 3
SECONDS = 6.0  # of watching the frames
KEPT = 600  # milliseconds until a key press has become the page's own setting


@dataclass
class Table:
    """The figures, row by row, as Markdown."""

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, what: str, typical: float, slow: float | None, unit: str, goal: str = "", bad: str = "p95") -> None:
        self.rows.append((what, f"{typical:.1f} {unit}", "" if slow is None else f"{bad} {slow:.1f}", goal))
        print(" | ".join(self.rows[-1]), file=sys.stderr, flush=True)

    def __str__(self) -> str:
        head = [("what", "median", "", "goal"), ("---", "---:", "---:", "---")]
        return "\n".join("| " + " | ".join(row) + " |" for row in [*head, *self.rows])


@contextmanager
def page(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache, the probe in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US", color_scheme="light")
    context.add_init_script(path=PROBE)
    try:
        yield context.new_page()
    finally:
        context.close()


def openings(browser: Browser, address: str, lanes: int = 4) -> list[dict[str, float]]:
    """Open the page, and once more: each time milliseconds from asking for it to the first moving trail and to the last map."""
    found = []
    with page(browser) as view:
        for _ in range(2):
            view.goto(address, wait_until="commit")
            found.append(view.evaluate("lanes => probe.opening(lanes)", lanes))
            view.wait_for_timeout(KEPT)
    return found


def settled(view: Page, address: str, lanes: int) -> None:
    """Open the page and wait until nothing happens in it any more but playing."""
    view.goto(address, wait_until="commit")
    view.evaluate("lanes => probe.opening(lanes)", lanes)
    view.wait_for_timeout(2000)


def late(view: Page, steps: int) -> None:
    """Play from where the race has little more than SECONDS to go: the trails are longest there."""
    view.locator(".dl-scrub").evaluate("(bar, k) => { bar.value = k; bar.dispatchEvent(new Event('input')); }", steps - 20 * SECONDS - 20)
    view.locator(".dl-play").click()


def unfolded(view: Page, lane: int) -> None:
    """Show a lane's controls, which are folded where there are many lanes."""
    slider = view.locator(f".st-key-{lane}-lr input[type=range]")
    if slider.is_hidden():
        view.locator(f".st-key-panel{lane} .dl-unfold").click()
        slider.wait_for()


def pressed(view: Page, control: str, lane: int, count: int, key: str) -> tuple[list[float], list[dict[str, float]]]:
    """Press an arrow key on a slider that changes this lane's rate, again and again: times to paint, bytes of each change."""
    unfolded(view, lane)
    view.locator(f".st-key-{control} input[type=range]").focus()
    times, bytes_ = [], []
    for i in range(count):
        before = view.evaluate("({...probe.bytes})")
        view.evaluate(f"void (window.answered = probe.answer('.st-key-lane{lane} .dl-readout'))")
        view.keyboard.press(key)
        times.append(view.evaluate("window.answered"))
        view.wait_for_timeout(KEPT + 17 * (i % 7))  # so that the presses fall on all parts of a frame
        after = view.evaluate("({...probe.bytes})")
        bytes_.append({name: after[name] - before[name] for name in before})
    return times, bytes_


def dragged(view: Page, lane: int, seconds: float) -> tuple[float, list[float]]:
    """Drag a lane's rate to and fro: updates a second, and for each the time from the hand to the path."""
    unfolded(view, lane)
    box = view.locator(f".st-key-{lane}-lr input[type=range]").bounding_box()
    assert box
    y, steps = box["y"] + box["height"] / 2, int(seconds * 60)
    view.evaluate(f"void (window.followed = probe.follow('.st-key-{lane}-lr input[type=range]', '.st-key-lane{lane} .dl-readout'))")
    view.mouse.move(box["x"] + 0.2 * box["width"], y)
    view.mouse.down()
    begin = time.monotonic()
    for i in range(steps):
        view.mouse.move(box["x"] + box["width"] * (0.2 + 0.6 * abs((i / 60) % 2 - 1)), y)
        time.sleep(max(0.0, begin + (i + 1) / 60 - time.monotonic()))
    passed = time.monotonic() - begin
    found = view.evaluate("window.followed")
    view.mouse.up()
    view.wait_for_timeout(KEPT)
    return len(found) / passed, found


def traffic(view: Page, control: str, count: int, key: str) -> list[dict[str, float]]:
    """The bytes of each press on any slider, counted until the connection has been silent for a while."""
    view.locator(f".st-key-{control} input[type=range]").focus()
    found = []
    for _ in range(count):
        before = view.evaluate("({...probe.bytes})")
        view.keyboard.press(key)
        view.wait_for_timeout(1500)
        after = view.evaluate("({...probe.bytes})")
        found.append({name: after[name] - before[name] for name in before})
    return found


def race(browser: Browser, address: str, lanes: int, steps: int, goal: int, table: Table) -> None:
    """Frames, answers and bytes with so many lanes and steps."""
    size = f"{lanes} × {steps}"
    with page(browser) as view:
        settled(view, f"{address}/?lanes={lanes}&steps={steps}&loop=1", lanes)
        late(view, steps)
        gaps = view.evaluate("ms => probe.gaps(ms)", 1000 * SECONDS)
        table.add(f"{size}: animation frames a second", 1000 / statistics.median(gaps), p95(gaps), "", "60, ≥ 55 seen", "gap p95 (ms)")
        table.add(f"{size}: their mean over {SECONDS:.0f} s", 1000 * len(gaps) / sum(gaps), max(gaps), "", "", "longest gap (ms)")
        late(view, steps)
        table.add(f"{size}: different pictures a second", view.evaluate("ms => probe.pictures(ms)", 1000 * SECONDS), None, "")

        playing, _ = pressed(view, f"{lanes}-lr", lanes, PRESSES, "ArrowLeft")
        view.evaluate("document.activeElement.blur()")
        view.keyboard.press("End")
        paused, bytes_ = pressed(view, "1-lr", 1, PRESSES, "ArrowLeft")
        table.add(f"{size}: key press to paint, paused", statistics.median(paused), p95(paused), "ms", f"≤ {goal} ms")
        table.add(f"{size}: key press to paint, playing", statistics.median(playing), p95(playing), "ms", f"≤ {goal} ms")
        rate, delays = dragged(view, 1, SECONDS)
        table.add(f"{size}: updates a second while a rate is dragged", rate, None, "", "≥ 20")
        table.add(f"{size}: hand to path", statistics.median(delays), p95(delays), "ms", "≤ 60 ms")
        carried(table, f"{size}: a lane's rate", bytes_, "≤ 100 kB" if lanes == 8 else "")
    with page(browser) as view:
        settled(view, f"{address}/?lanes={lanes}&steps={steps}&loop=1&surface=bowl", lanes)
        view.locator(".st-key-shape_menu button").click()  # the surface's sliders are in its menu
        carried(table, f"{size}: the bowl's κ", traffic(view, "surface-kappa", 5, "ArrowRight"), "≤ 100 kB" if lanes == 8 else "")


def carried(table: Table, what: str, bytes_: list[dict[str, float]], goal: str) -> None:
    received = [change["received"] / 1000 for change in bytes_]
    sent = [change["sent"] / 1000 for change in bytes_]
    table.add(f"{what}, received a change", statistics.median(received), max(received), "kB", goal, "most")
    table.add(f"{what}, sent a change", statistics.median(sent), max(sent), "kB", "", "most")


def cold(browser: Browser, table: Table) -> None:
    """The opening page on fresh servers, on each when it is warm, and again in the same tab, which has kept the files."""
    found: dict[str, list[dict[str, float]]] = {"cold": [], "warm": [], "second": []}
    for _ in range(OPENINGS):
        with server() as fresh:
            found["cold"].append(openings(browser, fresh.address)[0])
            first, second = openings(browser, fresh.address)
            found["warm"].append(first)
            found["second"].append(second)
    for name, opened in found.items():
        for what, text in [("moving", "first moving frame"), ("maps", "last of the four maps")]:
            seconds = [each[what] / 1000 for each in opened]
            table.add(f"{name} load to the {text}", statistics.median(seconds), max(seconds), "s", "≤ 4 s" if name == "cold" else "", "most")


def measure(launched: Browser) -> None:
    table, before = Table(), os.getloadavg()[0]
    cold(launched, table)
    with server() as fresh:
        for lanes, steps, goal in SIZES:
            race(launched, fresh.address, lanes, steps, goal, table)
    load = ", ".join(f"{value:.1f}" for value in [before, os.getloadavg()[0]])
    print(f"{machine(launched.version)}; load of the machine before and after {load}\n\n{table}")


def main() -> None:
    path = find()
    if path is None:
        sys.exit(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        measure(launched)
        launched.close()


if __name__ == "__main__":
    main()
