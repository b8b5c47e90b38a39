"""What is worked at beside the answering process: sweeps over settings, and trainings."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from runs.aside import Aside
from serving import metrics
from serving.pulse import watched

PAGE = mmap.PAGESIZE  # bytes
End = Literal["done", "left", "full", "refused", "lost", "failed"]  # full: there was no place for it; lost: its process was


class Work:
    """A kind of work, one of metrics.KINDS, of which others say what happens."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def ended(self, end: End) -> None:
        """One is over, or was not begun."""
        metrics.WORK.labels(self.kind, end).inc()

    def worked(self, seconds: float) -> None:
        """So long was worked at it."""
        metrics.WORK_SECONDS.labels(self.kind).inc(seconds)

    def watch(self, counts: Callable[[], tuple[int, int]], asides: Iterable[Aside]) -> None:
        """Have a function tell how many are under way and how many wait; these processes work at them."""
        running, waiting, memory = (metric.labels(self.kind) for metric in (metrics.RUNNING, metrics.WAITING, metrics.WORK_MEMORY))

        def look() -> None:
            now, later = counts()
            running.set(now)
            waiting.set(later)
            memory.set(sum(resident(each.process.pid) for each in asides if each.process))

        watched[self.kind] = look


def resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 where it has gone, or nobody can tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


SWEEPS, TRAININGS = Work("sweep"), Work("training")
