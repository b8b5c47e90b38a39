"""A fresh server of the program, and what it uses of the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Server:
    """Where it answers, and its process."""

    address: str
    pid: int

    def memory(self) -> float | None:
        """Resident megabytes; None where there is no /proc."""
        try:
            return memory(self.pid)
        except OSError:
            return None

    def aside(self) -> float | None:
        """Resident megabytes of the processes that it has begun, and of theirs."""
        try:
            return sum(memory(pid) for pid in family(self.pid))
        except OSError:
            return None

    def files(self) -> tuple[int, int] | None:
        """Open files of the server, and of the processes aside."""
        try:
            return files(self.pid), sum(files(pid) for pid in family(self.pid))
        except OSError:
            return None

    def threads(self) -> int | None:
        """Threads of the server."""
        try:
            return len(list(Path(f"/proc/{self.pid}/task").iterdir()))
        except OSError:
            return None

    def work(self) -> float | None:
        """Seconds of processor time so far; None where there is no /proc."""
        try:
            return work(self.pid)
        except OSError:
            return None

    def work_aside(self) -> float | None:
        """Those of the processes that it has begun, and of theirs."""
        try:
            return sum(work(pid) for pid in family(self.pid))
        except OSError:
            return None


def work(pid: int) -> float:
    """Seconds of processor time of a process so far; raises OSError."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident megabytes of a process; raises OSError."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS")), 0.0)


def files(pid: int) -> int:
    """Files that a process has open, its connections among them; raises OSError."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def family(pid: int) -> list[int]:
    """The processes that descend from this one; raises OSError."""
    children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    return [*children, *(each for child in children for each in family(child))]


@contextmanager
def server(log: Path | None = None, workers: int = 0, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """A fresh server, as soon as it answers; with these environment variables too. What it prints goes to `log`, or nowhere.

    With `workers` it is so many processes at one port, and those aside are all of them.
    """
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    program = ["serving.workers", "--workers", str(workers)] if workers else ["streamlit", "run", "app.py"]
    command = [sys.executable, "-m", *program, "--server.address=127.0.0.1", f"--server.port={port}"]
    everything = {**os.environ, **environment}
    with (log or Path(os.devnull)).open("w") as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=everything) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(lambda: answers(f"{address}/_stcore/health"), 60)
            yield Server(address, process.pid)
        finally:
            process.terminate()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2):
            return True
    except (URLError, OSError):
        return False


def wait_for(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)
