"""What leaves the program without a browser: time and size of each kind of file, in a program that has begun, and of a command from its start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._report import machine
from export.figures import Figure, figure
from export.kinds import files
from export.options import KINDS, Options

SIZES = [(4, 200), (8, 500)]  # lanes, steps
TIMES = 3
GOALS = {"svg": "≤ 300 kB with four lanes"}
WIDTH = 800.0  # of an animation, CSS pixels
NAMES = {"gif": "GIF, 100 frames, 800 pixels wide"}


def link_of(lanes: int, steps: int) -> str:
    return f"lanes={lanes}&steps={steps}"


def asked(kind: str, lanes: int, steps: int) -> Figure:
    return figure(link_of(lanes, steps), Options(kinds=(kind,), width=WIDTH if kind == "gif" else None))


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measured(kind: str, lanes: int, steps: int) -> list[str]:
    """Median of the times, and the size; the second time and later, once V8 has the modules."""
    its = asked(kind, lanes, steps)
    made = list(files(its, lambda _what: None))
    took = statistics.median(seconds(lambda: list(files(its, lambda _what: None))) for _ in range(1 if kind == "gif" else TIMES))
    return [f"{took:.2f} s", f"{sum(len(content) for _end, content in made) / 1000:.0f} kB"]


def command(*kinds: str) -> float:
    """Seconds of a command, the program's start included."""
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "export", link_of(4, 200), *(f"--{kind}" for kind in kinds), "--out", folder]
        return statistics.median(
            seconds(lambda: subprocess.run(call, cwd=Path(__file__).parent.parent, check=True, capture_output=True)) for _ in range(TIMES)
        )


def main() -> None:
    before = os.getloadavg()[0]
    sizes = [f"{lanes} × {steps}{part}" for lanes, steps in SIZES for part in ("", ": size")]
    print("| without a browser | goal | " + " | ".join(sizes) + " |\n| --- | --- |" + " ---: |" * len(sizes))
    for kind in KINDS:
        found = [each for size in SIZES for each in measured(kind, *size)]
        print("| " + " | ".join([NAMES.get(kind, kind.upper()), GOALS.get(kind, ""), *found]) + " |", flush=True)
    print(f"\nA command from its start, four lanes × 200: CSV {command('csv'):.1f} s; SVG and PDF {command('svg', 'pdf'):.1f} s.")
    packages = ("mini-racer", "cairosvg", "pillow", "numpy")
    print(f"\n{machine(packages=packages)}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
