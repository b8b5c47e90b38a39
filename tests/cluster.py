"""Three processes of the program behind a real HAProxy, each of which can be killed, ended and started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.healthy import main as health
from serving.parting import PARTING
from tests import haproxy

ROOT = Path(__file__).parent.parent
LETTERS = {"a": "CDFHJK", "b": "MNPRTW", "c": "XY34679"}  # as deploy/haproxy.cfg has them


class Member:
    """One process: at the same port whenever it is on."""

    def __init__(self, name: str, folder: Path, parting: float) -> None:
        """parting: the seconds over which its pages are sent on when it is ended."""
        self.parting = parting
        self.name, self.port, self.log = name, haproxy.free_port(), folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def on(self) -> None:
        """Start it, and do not wait."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1", f"--server.port={self.port}"]
        own = {"DESCENT_LAB_ROOM_LETTERS": LETTERS[self.name], "FORWARDED_ALLOW_IPS": "127.0.0.1", PARTING: str(self.parting)}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **own}, start_new_session=True
            )

    def answers(self) -> None:
        """Wait until it does; raises AssertionError with its log."""
        assert health(self.address, "120") == 0, self.log.read_text(errors="replace")[-4000:]

    def kill(self) -> float:
        """SIGKILL, to it and what it has started; the time of time.perf_counter then."""
        assert self.process
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        killed = time.perf_counter()
        self.process.wait()
        return killed

    def off(self) -> float:
        """End it as systemd does; the seconds that took. What has not ended after 30 s is killed."""
        assert self.process
        begun = time.perf_counter()
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.perf_counter() - begun


@dataclass(frozen=True)
class Cluster:
    """Where visitors come in, HAProxy's own page, and the members by their names."""

    address: str
    own: str
    members: dict[str, Member]

    def up(self) -> list[str]:
        return haproxy.up(f"{self.own}/metrics")

    def back(self, name: str) -> None:
        """Wait until HAProxy gives visitors to this member; raises AssertionError."""
        end = time.monotonic() + 60
        while name not in self.up():
            assert time.monotonic() < end, f"{name} is not back: {self.up()}"
            time.sleep(0.05)


@contextmanager
def cluster(path: str, folder: Path, parting: float = 0) -> Iterator[Cluster]:
    """All of it, as soon as every member answers; `path` is HAProxy's, logs go into the folder."""
    members = {name: Member(name, folder, parting) for name in LETTERS}
    with ExitStack() as running:
        for member in members.values():
            member.on()
            running.callback(lambda member=member: member.process and member.off())
        for member in members.values():
            member.answers()
        address, own = running.enter_context(haproxy.started(path, [f"127.0.0.1:{member.port}" for member in members.values()]))
        yield Cluster(address, own, members)
