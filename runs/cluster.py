"""A Dask cluster for what is too large for this machine alone: the one whose scheduler an environment variable names."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Lock, Thread
from typing import Any, TypeVar

LOG = logging.getLogger(__name__)
ADDRESS = "DESCENT_DASK"  # environment variable: tcp://host:port
CONNECTING = 5  # seconds until a scheduler counts as unreachable
ANSWERING = 60  # seconds until work that was given away counts as lost
AGAIN = 60  # seconds until a cluster that was lost is tried again
AT_ONCE = 4  # pieces of work that are given away and not yet done

T = TypeVar("T")


class Cluster:
    """The cluster at an address; nobody waits until it is reached."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client: Any = None
        self.lost_at: float | None = None
        self.changing = Lock()
        self.connecting = False
        self.waiting = ThreadPoolExecutor(AT_ONCE)

    def begun(self, work: Callable[[Executor], T]) -> Future[T] | None:
        """The result of work(executor), which hands its tasks on to the cluster; None while there is no connection: then one is sought."""
        with self.changing:
            if self.client is not None and self.client.status == "running":
                return self.waiting.submit(work, Patient(self.client.get_executor()))
        self.seek()
        return None

    def seek(self) -> None:
        """Begin to connect, unless that has failed a moment ago."""
        with self.changing:
            if not self.connecting and (self.lost_at is None or time.monotonic() > self.lost_at + AGAIN):
                self.connecting = True
                Thread(target=self.connect, daemon=True).start()

    def connect(self) -> None:
        try:
            from distributed import Client  # here, because it takes a second, and most do without

            self.client, self.lost_at = Client(self.address, timeout=CONNECTING, set_as_default=False), None
        except Exception as problem:  # Dask's, the network's, or there is no Dask
            self.lost(problem)
        finally:
            self.connecting = False

    def lost(self, problem: Exception) -> None:
        """Do without it for a while."""
        with self.changing:
            self.client, self.lost_at = None, time.monotonic()
        LOG.warning("The Dask cluster at %s cannot be used (%s: %s): sweeps run on this machine.", self.address, type(problem).__name__, problem)


class Patient(Executor):
    """An executor that raises TimeoutError where an answer never comes."""

    def __init__(self, executor: Any) -> None:
        self.executor = executor

    def map(self, fn: Callable[..., T], *iterables: Iterable[Any], **_: Any) -> Iterator[T]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.executor.map(fn, *iterables, timeout=ANSWERING)


clusters: dict[str, Cluster] = {}


def cluster() -> Cluster | None:
    """The one that the environment names."""
    address = os.environ.get(ADDRESS)
    return clusters.setdefault(address, Cluster(address)) if address else None
