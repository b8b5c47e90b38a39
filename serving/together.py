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

SERVES = ".serves"  # the ending of an empty file of each process that answers


@contextmanager
def counting_together() -> Iterator[None]:
    """Processes that are started in the block, and load the program there, count together. What they counted is gone at its end."""
    with TemporaryDirectory(prefix="descent-lab-metrics-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


def serves() -> None:
    """This process answers: it is one of those whose memory and files are told of. What trains beside it may have loaded the program."""
    if folder := os.environ.get(FOLDER):
        Path(folder, f"{os.getpid()}{SERVES}").touch()


def processes() -> list[int]:
    """The processes that answer at this port."""
    folder = os.environ.get(FOLDER)
    return [pid for pid in pids(folder, f"*{SERVES}") if is_alive(pid)] if folder else [os.getpid()]


def counted(*more: Collector) -> CollectorRegistry:
    """All that is counted, by this process or by all of them, and what these find at the moment."""
    registry = CollectorRegistry()
    if folder := os.environ.get(FOLDER):
        for pid in pids(folder, "gauge_live*.db"):
            if not is_alive(pid):
                with suppress(FileNotFoundError):  # another process does the same at the same time
                    mark_process_dead(pid, folder)
        MultiProcessCollector(registry, folder)
    else:
        registry.register(metrics.REGISTRY)
    for each in more:
        registry.register(each)
    return registry


def pids(folder: str, pattern: str) -> list[int]:
    """Whose files these are."""
    return sorted({int(path.stem.rpartition("_")[2]) for path in Path(folder).glob(pattern)})


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # the number is another's now
        return False
    return True
