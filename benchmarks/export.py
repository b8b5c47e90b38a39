"""What leaves the program: time and size of each picture and animation of a race, made in a headless Chromium, and of the file
that plays by itself."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._report import machine
from benchmarks._server import server
from benchmarks.browser import page, settled
from export.address import asked
from export.page import html
from player import ADDRESS
from tests.browser import FLAGS, MISSING, find

SIZES = [(4, 200), (8, 500)]  # lanes, steps
TIMES = 3
FRAMES, RATE = 100, 20
NAMES = {"gif": "GIF", "mp4": "MP4", "webm": "WebM"}
# Calls a script with the page's figure and load(a module); milliseconds, bytes, and the longest time that the page had to wait meanwhile.
MEASURE = """async ([base, given, options]) => {
  const load = (name) => import(new URL(`${base}/player/export/${name}.js`, document.baseURI));
  const { figureNow } = await load("offered");
  let [last, wait, watching] = [performance.now(), 0, true];
  const frame = (time) => { wait = Math.max(wait, time - last); last = time; if (watching) requestAnimationFrame(frame); };
  requestAnimationFrame((time) => { last = time; requestAnimationFrame(frame); });
  const begun = performance.now();
  const blob = await (SCRIPT)(load, await figureNow(options), given);
  const ms = performance.now() - begun;
  await new Promise(requestAnimationFrame);
  watching = false;
  return { ms, bytes: blob.size, wait };
}"""
PNG = "async (load, figure, density) => (await load('saved')).pngOf(figure, figure.total, density)"
SVG = "async (load, figure) => (await load('saved')).svgBlobOf(figure, figure.total)"
ANIMATION = """async (load, figure, { kind, size: [width, height], count, rate }) => {
  const [{ encode }, { drawInto, stepOf }] = await Promise.all([load("animation"), load("frames")]);
  const span = { from: 0, to: figure.total, speed: (figure.total * rate) / (count - 1), rate };
  const paint = (context, i) => drawInto(context, [figure.width, figure.height], "#ffffff", () => figure.draw(context, stepOf(i, span)));
  return encode({ kind, width, height, count, rate, hold: 1.5, draw: paint });
}"""

Row = tuple[str, str, Any, str]  # what it is, its script, what the script is given, the goal


def rows() -> Iterable[Row]:
    for density in (1, 2, 4):
        yield f"PNG, {density}×", PNG, density, ""
    yield "SVG", SVG, None, "≤ 300 kB with four lanes"
    for kind, goal in [("gif", "≤ 3 s, ≤ 1 MB"), ("mp4", ""), ("webm", "")]:
        for size in [(800, 450), (1920, 1080)]:
            given = {"kind": kind, "size": size, "count": FRAMES, "rate": RATE}
            yield f"{NAMES[kind]}, {FRAMES} frames, {size[0]} × {size[1]}", ANIMATION, given, goal if size == (800, 450) else ""


def measured(view: Page, script: str, given: Any) -> list[str]:
    """Median of the times, the size, and the longest wait of the page."""
    made = [view.evaluate(MEASURE.replace("SCRIPT", script), [ADDRESS, given, {}]) for _ in range(TIMES)]
    seconds = statistics.median(each["ms"] for each in made) / 1000
    return [f"{seconds:.2f} s", f"{made[0]['bytes'] / 1000:.0f} kB", f"{max(each['wait'] for each in made):.0f} ms"]


def measure(launched: Browser, host: str) -> None:
    found: dict[str, list[str]] = {}
    for lanes, steps in SIZES:
        with page(launched) as view:
            settled(view, f"{host}/?lanes={lanes}&steps={steps}&at={steps}", lanes)
            for what, script, given, _goal in rows():
                found.setdefault(what, []).extend(measured(view, script, given))
                print(what, *found[what][-3:], sep=" | ", file=sys.stderr, flush=True)
    sizes = [f"{lanes} × {steps}{part}" for lanes, steps in SIZES for part in ("", ": size", ": the page waits")]
    print("| " + " | ".join(["in the browser", "goal", *sizes]) + " |\n| --- | --- |" + " ---: |" * len(sizes))
    for what, _script, _given, goal in rows():
        print("| " + " | ".join([what, goal, *found[what]]) + " |")


def measure_pages(launched: Browser) -> None:
    """The file that plays by itself: made by a process that has just started, and shown by a browser that opens it from a disk."""
    print("\n| page that plays by itself | made | size | shown |\n| --- | ---: | ---: | ---: |")
    for lanes, steps in SIZES:
        begun = time.perf_counter()
        content = html(asked(f"lanes={lanes}&steps={steps}")[0])
        made = time.perf_counter() - begun
        with TemporaryDirectory() as folder, page(launched) as view:
            (file := Path(folder) / "race.html").write_bytes(content)
            view.goto(file.as_uri())
            view.locator(".dl-levels").nth(lanes - 1).wait_for()
            shown = view.evaluate("performance.now()") / 1000
        print(f"| {lanes} × {steps} | {made:.2f} s | {len(content) / 1000:.0f} kB | {shown:.2f} s |")


def main() -> None:
    path = find()
    if path is None:
        sys.exit(MISSING)
    before = os.getloadavg()[0]
    with sync_playwright() as playwright, server() as fresh:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        measure(launched, fresh.address)
        measure_pages(launched)
        print(f"\n{machine(launched.version)}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")
        launched.close()


if __name__ == "__main__":
    main()
