"""Lessons: how soon the first one moves, how soon a step follows another, and how many bytes come for that."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._report import machine, p95
from benchmarks._server import server
from benchmarks.classroom import row
from lessons import LESSONS
from lessons.parts.seen import TABLES
from tests.browser import FLAGS, MISSING, find

FIRST = next(iter(LESSONS))
ROUNDS = 5
READ = 2000  # milliseconds that a step is read at least
# From asking for the page: when the first text and its maps are there, and when the run moves, once a hand that waits for it has pressed the button.
OPENED = """
addEventListener("DOMContentLoaded", () => {
  const now = (window.opened = {});
  const look = () => {
    const run = document.querySelector(".dl-lesson-run");
    const step = parseInt(document.querySelector(".dl-count")?.textContent);
    if (!now.there && document.querySelector(".dl-levels") && document.querySelector(".dl-lesson-text h2")) {
      now.there = performance.now();
      run?.click();
    }
    if (step >= 1) now.moves = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
});
"""
# From the click on a step's dot to the frame in which its title and its maps are painted; whether a step is asked for anew is the server's time too.
TURNED = """async ([number, title]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const begun = performance.now();
  document.querySelectorAll(".dl-lesson-dots button")[number].click();
  const there = () => document.querySelector(".dl-lesson-text h2").textContent === title
    && [...document.querySelectorAll(".dl-map")].filter((map) => map.offsetParent).every((map) => map.querySelector("canvas"));
  do await frame(); while (!there());
  return performance.now() - begun;
}"""
BYTES = """() => performance.getEntries().filter(({ entryType }) => ["navigation", "resource"].includes(entryType))
  .map(({ name, encodedBodySize }) => [new URL(name).pathname.split("/").slice(-2).join("/"), encodedBodySize])"""


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """A page with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US", color_scheme="light")
    context.add_init_script(OPENED)
    try:
        yield context.new_page()
    finally:
        context.close()


def opened(page: Page, address: str) -> dict[str, float]:
    """Open the first lesson: {there, moves}, milliseconds."""
    page.goto(f"{address}/lessons?lesson={FIRST}&lang=en", wait_until="commit")
    page.wait_for_function("() => window.opened?.moves")
    return page.evaluate("window.opened")


def openings(browser: Browser) -> None:
    """On a fresh server with an empty cache, there with an empty cache again, and the same tab once more."""
    found: dict[str, list[dict[str, float]]] = {"cold": [], "warm": [], "again": []}
    for _ in range(3):
        with server() as fresh:
            with visitor(browser) as page:
                found["cold"].append(opened(page, fresh.address))
            with visitor(browser) as page:
                found["warm"].append(opened(page, fresh.address))
                found["again"].append(opened(page, fresh.address))
    print("| the first lesson | goal | cold: a fresh server, an empty cache | an empty cache | the same tab again |")
    print("| --- | --- | ---: | ---: | ---: |")
    for what, name, goal in (("there", "to its text and its map", ""), ("moves", "to the first moving frame", "≤ 2.5 s")):
        row(name, goal, *(f"{statistics.median(each[what] for each in times) / 1000:.2f} s" for times in found.values()))


def turns(browser: Browser, address: str) -> None:
    """From click to paint, on a server that has worked out no step, and through the same steps again."""
    times: dict[str, list[float]] = {"next": [], "first": [], "again": []}
    sizes: dict[str, list[int]] = {"page": [], "script": [], "style": [], "step": []}
    for name, lesson in LESSONS.items():
        runs = [k for k, step in enumerate(lesson.steps) if step.scene.partition("?")[0] in TABLES]
        titles = {k: lesson.steps[k].title.said("en", lesson.steps[k].written) for k in runs}
        with visitor(browser) as page:
            page.goto(f"{address}/lessons?lesson={name}&lang=en")
            page.wait_for_function("() => document.querySelector('.dl-lesson-text h2')")
            page.wait_for_load_state("networkidle")
            for k in runs[1:]:
                page.wait_for_timeout(READ)  # in which the step after it comes
                times["next" if k - 1 in runs else "first"].append(page.evaluate(TURNED, [k, titles[k]]))
            for _ in range(ROUNDS if name == FIRST else 1):
                for k in reversed(runs):
                    times["again"].append(page.evaluate(TURNED, [k, titles[k]]))
            taken(page, sizes)
        if len(runs) > 2:
            with visitor(browser) as page:
                page.goto(f"{address}/lessons?lesson={name}&lang=en")
                page.wait_for_function("() => document.querySelector('.dl-lesson-text h2')")
                times["first"].append(page.evaluate(TURNED, [runs[-1], titles[runs[-1]]]))
    print("\n| from click to paint | goal | times | median | p95 |\n| --- | --- | ---: | ---: | ---: |")
    names = {"next": "the next step", "again": "a step seen before", "first": "a step further on, which is asked for then"}
    for key, text in names.items():
        row(text, "≤ 150 ms" if key == "next" else "", str(len(times[key])), f"{statistics.median(times[key]):.0f} ms", f"{p95(times[key]):.0f} ms")
    print("\n| bytes, as they are sent | median | most |\n| --- | ---: | ---: |")
    for key, text in (("page", "a lesson's page, its first step in it"), ("script", "its script"), ("style", "its styles"), ("step", "a step")):
        row(text, f"{statistics.median(sizes[key]) / 1000:.0f} kB", f"{max(sizes[key]) / 1000:.0f} kB")


def taken(page: Page, sizes: dict[str, list[int]]) -> None:
    """What has come over the network."""
    ends: dict[str, str] = {"lessons/step": "step", "lesson.js": "script", "lesson.css": "style", "lessons": "page"}
    entries: list[list[Any]] = page.evaluate(BYTES)
    for path, size in entries:
        kind = next((kind for end, kind in ends.items() if path.endswith(end)), None)
        if kind and size:
            sizes[kind].append(size)


def main() -> None:
    path = find()
    if path is None:
        sys.exit(MISSING)
    before = os.getloadavg()[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        print(f"{machine(browser.version)}; load of the machine before {before:.1f}; {len(LESSONS)} lessons\n")
        openings(browser)
        with server() as fresh:
            turns(browser, fresh.address)
        browser.close()


if __name__ == "__main__":
    main()
