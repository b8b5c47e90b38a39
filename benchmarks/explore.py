"""The Explore page: how soon its map is there, how it follows a hand, and what many maps leave behind."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._explorer import FINE
from benchmarks._report import machine, p95
from benchmarks._server import Server, server
from benchmarks.browser import page
from benchmarks.classroom import row
from links.explore import EXPLORE
from links.sweep import map_of
from player.messages.maps import THREADS
from player.messages.sweep import mapped
from runs.cells import cells
from runs.compiled import usable
from runs.compiled.cache import FOLDER
from tests.browser import FLAGS, MISSING, find

MAPS = {
    "momentum on the bowl, η × μ": ({}, "surface-kappa"),
    "Adam on Rosenbrock, η × β₂": ({"surface": "rosenbrock", "1.rule": "adam", "ay": "1.beta2"}, "x"),
    "momentum on Himmelblau, x × y": ({"surface": "himmelblau", "ax": "x", "ay": "y"}, "1-lr"),
    "Adam on Rastrigin, η × β₁": ({"surface": "rastrigin", "1.rule": "adam"}, "x"),
}
OPENINGS = {"cold": {}, "warm": {"x": "0.75"}, "another rule": {"1.rule": "nesterov"}, "that, warm": {"1.rule": "nesterov", "x": "0.75"}}
ANSWERED = """() => { // milliseconds from the first request for a map to the last byte of its answer
  const [{ requestStart, responseEnd }] = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/map/"));
  return responseEnd - requestStart;
}"""
SECONDS = 6.0  # of dragging, and of watching the frames
MANY = 500  # different maps


def milliseconds(f: Callable[[], Any], repeats: int = 7) -> float:
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        f()
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def pieces() -> None:
    """What a map of 200 × 200 runs of 200 steps takes, and how large it is."""
    print(f"| 200 × 200 × 200 | NumPy | kernel, one thread | kernel, {THREADS} threads | packing | bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, (link, _slider) in MAPS.items():
        flat = EXPLORE.read(link, "en")[0]
        runs = map_of(flat, 200)
        usable(runs, True)
        found = cells(runs, compiled=True)
        numpy = milliseconds(lambda runs=runs: cells(runs), 3)
        one, several = (milliseconds(lambda runs=runs, n=n: cells(runs, compiled=True, threads=n)) for n in (1, THREADS))
        packing = milliseconds(lambda flat=flat, found=found: mapped(flat, 200, found))
        row(name, *(f"{value:.0f} ms" for value in (numpy, one, several)), f"{packing:.1f} ms", f"{len(mapped(flat, 200, found)) / 1000:.0f} kB")


def shown(view: Page, address: str, link: dict[str, str]) -> list[dict[str, Any]]:
    """Open the page, and wait for its fine map; all the maps that it asked for."""
    view.goto(f"{address}/explore?{urlencode(link)}", wait_until="commit")
    view.wait_for_function("size => window.probe?.maps.some(({ bytes }) => bytes > size)", arg=FINE)
    return view.evaluate("probe.maps")


def opening(browser: Browser, host: Server) -> None:
    """From asking for the page to its first and its full map: on a fresh server, and again."""
    print("\n| opening | to the first map | of these the answer (goal ≤ 150 ms) | to the full map | its kernel is there |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, link in OPENINGS.items():
        begun = time.monotonic()
        with page(browser) as view:
            found = shown(view, host.address, link)
            answered = view.evaluate(ANSWERED)
            compiled(host, link)
        there = "" if "warm" in name else f"{time.monotonic() - begun:.1f} s"
        first, full = found[0], next(each for each in found if each.get("bytes", 0) > FINE)
        row(name, f"{first['came'] / 1000:.2f} s", f"{answered:.0f} ms", f"{full['came'] / 1000:.2f} s", there)


def compiled(host: Server, link: dict[str, str]) -> None:
    """Return as soon as a map of this kind comes fine at once."""
    for k in range(10_000):
        with urlopen(f"{host.address}/map/first?{urlencode(link | {'seed': str(k)})}") as answer:
            if len(answer.read()) > FINE:
                return
        time.sleep(0.05)


def dragged(view: Page, slider: str) -> list[dict[str, Any]]:
    """The maps that come while a slider is dragged to and fro."""
    box = view.locator(f".st-key-live-{slider} input[type=range]").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    view.mouse.move(box["x"] + 0.2 * box["width"], y)
    view.mouse.down()
    view.evaluate("void (probe.maps.length = 0)")
    moved(lambda i: view.mouse.move(box["x"] + box["width"] * (0.2 + 0.6 * abs((i / 120) % 2 - 1)), y))
    found = view.evaluate("probe.maps")
    view.mouse.up()
    return [each for each in found if each.get("came")]


def moved(move: Callable[[int], None]) -> None:
    """Call move(i) sixty times a second."""
    begun = time.monotonic()
    for i in range(int(60 * SECONDS)):
        move(i)
        time.sleep(max(0.0, begun + (i + 1) / 60 - time.monotonic()))


def by_hand(browser: Browser, host: Server) -> None:
    """Maps and frames a second while a hand moves."""
    print("\n| | maps a second while a slider is dragged (goal ≥ 10) | of 200 × 200 | asked to come: median, p95 | fps under the pointer, gap p95 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, (link, slider) in MAPS.items():
        compiled(host, link)
        with page(browser) as view:
            shown(view, host.address, link)
            view.wait_for_timeout(1500)
            found = dragged(view, slider)
            view.wait_for_timeout(1500)
            box = view.locator(".dl-sweep-map").bounding_box()
            assert box
            gaps = gaps_while(
                view,
                lambda i, box=box: view.mouse.move(box["x"] + (0.5 + i % 90 / 300) * box["width"], box["y"] + (0.2 + i % 400 / 1000) * box["height"]),
            )
        took = [each["came"] - each["at"] for each in found]
        fine = sum(each["bytes"] > FINE for each in found)
        row(
            name,
            f"{len(found) / SECONDS:.1f}",
            f"{100 * fine / max(len(found), 1):.0f} %",
            f"{statistics.median(took):.0f}, {p95(took):.0f} ms",
            frames(gaps),
        )


def scrubbed(browser: Browser, host: Server) -> None:
    """Frames a second while the slider through all paths is dragged to and fro."""
    print("\n| | fps while the slider through 200 paths is dragged, gap p95 | a frame's work on the main thread |")
    print("| --- | ---: | ---: |")
    for name, (link, _slider) in MAPS.items():
        with page(browser) as view:
            view.goto(f"{host.address}/explore?{urlencode(link | {'view': 'paths'})}", wait_until="commit")
            view.locator(".dl-paths .dl-summary:not(:empty)").wait_for(state="attached")
            view.wait_for_timeout(1500)
            protocol = view.context.new_cdp_session(view)
            protocol.send("Performance.enable", {"timeDomain": "threadTicks"})
            worked = lambda told=protocol: next(m["value"] for m in told.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")  # noqa: E731
            box = view.locator(".dl-paths input[type=range]").bounding_box()
            assert box
            y = box["y"] + box["height"] / 2
            view.mouse.move(box["x"] + 0.2 * box["width"], y)
            view.mouse.down()
            before = worked()
            gaps = gaps_while(view, lambda i, box=box, y=y: view.mouse.move(box["x"] + box["width"] * (0.2 + 0.6 * abs((i / 120) % 2 - 1)), y))
            after = worked()
            view.mouse.up()
        row(name, frames(gaps), f"{1000 * (after - before) / len(gaps):.1f} ms")


def gaps_while(view: Page, move: Callable[[int], None]) -> list[float]:
    """The milliseconds between frames while move(i) is called sixty times a second."""
    view.evaluate("ms => void (window.frames_seen = probe.gaps(ms))", 1000 * (SECONDS - 0.5))
    moved(move)
    return view.evaluate("window.frames_seen")


def frames(gaps: list[float]) -> str:
    return f"{1000 * len(gaps) / sum(gaps):.0f}, {p95(gaps):.0f} ms"


def memory(host: Server) -> None:
    """What many different maps leave behind."""
    before = host.memory(), host.aside()
    for k in range(MANY):
        link = [link for link, _slider in MAPS.values()][k % 2] | {"seed": str(k), "noise": "0.1"}
        with urlopen(f"{host.address}/map/{'first' if k % 5 else 200}?{urlencode(link)}") as answer:
            answer.read()
    after = host.memory(), host.aside()
    told: Sequence[str] = [f"{value:.0f}" if value is not None else "no /proc" for value in (*before, *after)]
    print(f"\n{MANY} different maps: the server {told[0]} → {told[2]} MB, the processes aside {told[1]} → {told[3]} MB.")


def main() -> None:
    path = find()
    if path is None:
        sys.exit(MISSING)
    before = os.getloadavg()[0]
    pieces()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        with server(environment={FOLDER: f"{folder}/kernels"}) as host:
            opening(launched, host)
            by_hand(launched, host)
            scrubbed(launched, host)
            memory(host)
        version = launched.version
        launched.close()
    print(f"\n{machine(version, ('streamlit', 'numpy', 'numba'))}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
