"""What every report of figures needs: where it was measured, and the slow end of a sample."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def machine(browser: str = "", packages: Sequence[str] = ("streamlit", "plotly", "numpy")) -> str:
    """Processor and versions."""
    versions = ", ".join(f"{name} {installed(name)}" for name in packages)
    return f"{cpu()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions}" + (f", Chromium {browser}" if browser else "")


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
