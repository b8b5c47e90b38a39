"""Several processes at one port count together: each into a file of its own, and whichever is asked adds all of them up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector, CollectorRegistry

from serving import metrics

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client looks for it when it is loaded: a process counts alone, or for good with the others


@contextmanager
def counting_together() -> Iterator[None]:
    """Processes that are started in the block, and load the program there, count together. What they counted is gone at its end."""
    with TemporaryDirectory(prefix="descent-lab-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


def counted(*more: Collector) -> CollectorRegistry:
    """All that is counted, by this process or by all of them, and what these find at the moment."""
    registry = CollectorRegistry()
    if folder := os.environ.get(FOLDER):
        for pid in set(written(folder)) - set(alive(folder)):
            with suppress(FileNotFoundError):  # another process does the same at the same time
                mark_process_dead(pid, folder)
        MultiProcessCollector(registry, folder)
    else:
        registry.register(metrics.REGISTRY)
    for each in more:
        registry.register(each)
    return registry


def processes() -> list[int]:
    """The processes that count together, this one among them."""
    return alive(folder) if (folder := os.environ.get(FOLDER)) else [os.getpid()]


def written(folder: str) -> list[int]:
    """Whose gauges are in the folder."""
    return sorted({int(path.stem.rpartition("_")[2]) for path in Path(folder).glob("gauge_live*_*.db")})


def alive(folder: str) -> list[int]:
    """Who of these is there."""
    return [pid for pid in written(folder) if is_alive(pid)]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # the number is another's now
        return False
    return True
