"""What is worked at beside the answering process: sweeps over settings, and trainings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from serving import metrics
from serving.pulse import watched

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

    def watch(self, counts: Callable[[], tuple[int, int]]) -> None:
        """Have a function tell how many are under way, and how many wait."""
        running, waiting = metrics.RUNNING.labels(self.kind), metrics.WAITING.labels(self.kind)

        def look() -> None:
            now, later = counts()
            running.set(now)
            waiting.set(later)

        watched[self.kind] = look


SWEEPS, TRAININGS = Work("sweep"), Work("training")
