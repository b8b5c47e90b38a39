"""The Race page with all of it on: frames a second on maps and in 3-D, on a slow processor, while it is turned, and what grows in a long play."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks._report import machine, p95
from benchmarks._server import server
from benchmarks.browser import Table, late, page, settled
from tests.browser import FLAGS, MISSING, find

LANES, STEPS = 8, 500
ON = f"lanes={LANES}&steps={STEPS}&loop=1&inspect=1&field=1&noise=0.5"
VIEWS = {"maps": f"{ON}&view=2d", "one large map": f"{ON}&view=2d&overlay=1", "3-D": f"{ON}&view=3d"}
SLOWER = 4  # times, for a processor of a few years ago
SECONDS = 6.0
COUNTED = {"JSHeapUsedSize": "heap (MB)", "Nodes": "DOM nodes", "JSEventListeners": "listeners"}


def frames(launched: Browser, address: str, table: Table) -> None:
    """Frames a second while playing, the camera at rest; on this processor and on a slower one."""
    for name, link in VIEWS.items():
        with page(launched) as view:
            settled(view, f"{address}/?{link}", 1 if "overlay" in link else LANES)
            view.wait_for_timeout(4000)
            throttle = view.context.new_cdp_session(view)
            for slower, goal in [(1, "60, ≥ 55 seen"), (SLOWER, "≥ 50")]:
                throttle.send("Emulation.setCPUThrottlingRate", {"rate": slower})
                late(view, STEPS)
                gaps = view.evaluate("ms => probe.gaps(ms)", 1000 * SECONDS)
                what = f"{name}{'' if slower == 1 else f', {slower}× slower'}"
                table.add(f"{what}: frames a second, from the median gap", 1000 / statistics.median(gaps), p95(gaps), "", goal, "gap p95 (ms)")
                table.add(f"{what}: their mean", 1000 * len(gaps) / sum(gaps), max(gaps), "", "", "longest gap (ms)")


def turned(launched: Browser, address: str, table: Table) -> None:
    """Frames a second while eight scenes are turned."""
    with page(launched) as view:
        settled(view, f"{address}/?lanes={LANES}&steps={STEPS}&view=3d", LANES)
        view.wait_for_timeout(4000)
        box = view.locator(".dl-map").first.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        view.mouse.move(x, y)
        view.mouse.down()
        view.evaluate("ms => void (window.turning = probe.gaps(ms))", 1000 * SECONDS)
        end = time.monotonic() + SECONDS
        for i in range(10_000):
            if time.monotonic() > end:
                break
            view.mouse.move(x + 60 * ((i / 30) % 2 - 1), y)
        view.mouse.up()
        gaps = view.evaluate("window.turning")
        table.add("3-D: frames a second while eight scenes are turned", 1000 * len(gaps) / sum(gaps), p95(gaps), "", "", "gap p95 (ms)")


def counted(view: Page) -> dict[str, float]:
    """What the page holds after the rubbish has been collected."""
    session = view.context.new_cdp_session(view)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    held = {text: found[name] / (1e6 if "Size" in name else 1) for name, text in COUNTED.items()}
    return held | {"canvases": view.evaluate("document.querySelectorAll('canvas').length")}


def long_play(launched: Browser, address: str, minutes: float) -> None:
    """What grows while it plays, once a minute; on maps."""
    with page(launched) as view:
        settled(view, f"{address}/?{VIEWS['maps']}", LANES)
        view.wait_for_timeout(20_000)
        assert view.locator(".dl-play").get_attribute("data-state") == "pause", "it plays"
        rows, held = [], counted(view)
        for minute in range(round(minutes) + 1):
            held = counted(view)
            rows.append(f"| {minute} | " + " | ".join(f"{value:.1f}" if "MB" in name else f"{value:.0f}" for name, value in held.items()) + " |")
            print(rows[-1], file=sys.stderr, flush=True)
            if minute < round(minutes):
                view.wait_for_timeout(60_000)
        print("\n| minute | " + " | ".join(held) + " |\n| ---: | " + " | ".join("---:" for _ in held) + " |\n" + "\n".join(rows))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=0, help="of a long play in which nothing should grow; 10 is telling")
    minutes = options.parse_args().minutes
    path = find()
    if path is None:
        sys.exit(MISSING)
    with sync_playwright() as playwright, server() as fresh:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        if minutes:
            long_play(launched, fresh.address, minutes)
        else:
            table, before = Table(), os.getloadavg()[0]
            frames(launched, fresh.address, table)
            turned(launched, fresh.address, table)
            print(f"{machine(launched.version)}; load of the machine before {before:.1f}\n\n{table}")
        launched.close()


if __name__ == "__main__":
    main()
