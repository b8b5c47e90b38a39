"""The Data page in a headless Chromium: 10 000 examples, and how fast the surface follows a point that is dragged."""

from __future__ import annotations

import os
import statistics
import sys
import time
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

import figures
from benchmarks._report import machine, p95
from benchmarks._server import server
from benchmarks.browser import KEPT, SECONDS, Table, dragged, page, pressed, settled
from problems import PROBLEMS
from problems.points import written
from tests.browser import FLAGS, MISSING, find

MANY = 10_000  # examples
BY_HAND = 200  # points that a hand can move
LANES, PRESSES, CHANGES = 3, 20, 8

# From the next key press to the frame after the one in which the data panel has other data.
ANSWER = """() => new Promise((resolve, reject) => {
  setTimeout(reject, 20000, new Error('the data stayed as they were'));
  const panel = document.querySelector('.dl-examples');
  const said = panel.getAttribute('aria-label');
  let pressed = null;
  document.addEventListener('keydown', () => (pressed = performance.now()), { capture: true, once: true });
  const look = () => {
    if (pressed === null || panel.getAttribute('aria-label') === said) return requestAnimationFrame(look);
    requestAnimationFrame(() => resolve(performance.now() - pressed));
  };
  look();
})"""


def link(surface: str, more: str) -> str:
    return f"data?v=1&surface={surface}&lanes={LANES}&loop=1&steps=200&{more}"


def many(browser: Browser, address: str, surface: str, table: Table) -> None:
    """Ten thousand examples: playing, a lane's rate, and another number of examples."""
    with page(browser) as view:
        settled(view, f"{address}/{link(surface, f'surface.examples={MANY}')}", LANES)
        gaps = view.evaluate("ms => probe.gaps(ms)", 1000 * SECONDS)
        table.add(f"{surface}: frames a second", 1000 / statistics.median(gaps), p95(gaps), "", "60, ≥ 55 seen", "gap p95 (ms)")
        table.add(f"{surface}: their mean over {SECONDS:.0f} s", 1000 * len(gaps) / sum(gaps), max(gaps), "", "", "longest gap (ms)")
        view.keyboard.press("End")
        times, bytes_ = pressed(view, "1-lr", 1, PRESSES, "ArrowLeft")
        table.add(f"{surface}: key press to paint, a rate", statistics.median(times), p95(times), "ms", "≤ 100 ms")
        received = [change["received"] / 1000 for change in bytes_]
        table.add(f"{surface}: received a change", statistics.median(received), max(received), "kB", "", "most")
        rate, delays = dragged(view, 1, SECONDS)
        table.add(f"{surface}: updates a second while a rate is dragged", rate, None, "", "≥ 5")
        table.add(f"{surface}: hand to path", statistics.median(delays), p95(delays), "ms", "≤ 60 ms")
        times = examples(view)
        table.add(f"{surface}: key press to paint, N from {MANY} downwards", statistics.median(times), max(times), "ms", "", "most")


def examples(view: Page) -> list[float]:
    """Press the arrow key on the slider of N: milliseconds until the data panel shows other data."""
    view.locator(".st-key-data_menu button").first.click()
    view.locator(".st-key-surface-examples input[type=range]").first.focus()
    found = []
    for _ in range(CHANGES):
        view.evaluate(f"void (window.answered = ({ANSWER})())")
        view.keyboard.press("ArrowLeft")
        found.append(view.evaluate("window.answered"))
        view.wait_for_timeout(KEPT)
    return found


def by_hand(browser: Browser, address: str, surface: str, table: Table) -> None:
    """A point of 200 is dragged to and fro."""
    problem = PROBLEMS[surface](examples=BY_HAND)
    with page(browser) as view:
        settled(view, f"{address}/{link(surface, f'surface.points={written(problem.data)}')}", LANES)
        view.keyboard.press("End")
        place = view.locator(".dl-examples-plot").bounding_box()
        assert place
        point = problem.data[:2, int(np.argmax(problem.data[0]))]
        low, high = problem.data[:2].min(axis=1), problem.data[:2].max(axis=1)
        low, high = low - 0.12 * (high - low), high + 0.12 * (high - low)
        across, up = (point - low) / (high - low)
        x, y = place["x"] + 38 + across * (place["width"] - 46), place["y"] + 8 + (1 - up) * (place["height"] - 40)
        view.mouse.move(x, y)
        view.mouse.down()
        came: list[str] = []
        view.on("response", lambda answer: came.append(urlsplit(answer.url).path) if answer.status == 200 else None)
        view.evaluate("ms => void (window.watched = probe.gaps(ms))", 1000 * SECONDS)
        begin = time.monotonic()
        for i in range(int(60 * SECONDS)):
            view.mouse.move(x, place["y"] + place["height"] * (0.3 + 0.4 * abs((i / 60) % 2 - 1)))
            time.sleep(max(0.0, begin + (i + 1) / 60 - time.monotonic()))
        gaps = view.evaluate("window.watched")
        view.mouse.up()
        for what, path in [("surfaces", "/surface"), ("runs of a lane", "/lane/1")]:
            table.add(f"{surface}, a point of {BY_HAND} dragged: {what} a second", came.count(path) / SECONDS, None, "", "≥ 5")
        table.add(f"{surface}: frames a second meanwhile", 1000 * len(gaps) / sum(gaps), p95(gaps), "", "", "gap p95 (ms)")


def pieces() -> None:
    """What the server does for another data set: the level points of the loss, and its map."""
    sizes = (100, 1000, MANY)
    print("\n| a new data set, N = | " + " | ".join(map(str, sizes)) + " |\n| --- |" + " ---: |" * len(sizes))
    for name, cls in PROBLEMS.items():
        found = []
        for count in sizes:
            problem = cls(examples=count, sample=1)
            begun = time.process_time()
            figures.contour(problem)
            found.append(f"{1000 * (time.process_time() - begun):.0f} ms")
        print(f"| {name} | " + " | ".join(found) + " |")


def main() -> None:
    path = find()
    if path is None:
        sys.exit(MISSING)
    table, before = Table(), os.getloadavg()[0]
    with sync_playwright() as playwright, server() as fresh:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        many(launched, fresh.address, "linear_regression", table)
        many(launched, fresh.address, "logistic_regression", table)
        for surface in ("linear_regression", "logistic_regression", "one_weight"):
            by_hand(launched, fresh.address, surface, table)
        version = launched.version
        launched.close()
    load = ", ".join(f"{value:.1f}" for value in [before, os.getloadavg()[0]])
    print(f"{machine(version, ('streamlit', 'numpy'))}; load of the machine before and after {load}\n\n{table}")
    pieces()


if __name__ == "__main__":
    main()
