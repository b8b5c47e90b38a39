"""The rooms of several processes that serve one port: in a process of their own, which outlives each of these."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from multiprocessing import get_context, parent_process
from multiprocessing.managers import BaseManager
from pathlib import Path
from threading import Thread

from rooms.desk import Desk
from rooms.letters import own_letters
from rooms.register import Register

AT = "DESCENT_LAB_ROOMS_AT"  # environment variable: where the rooms' process is reached; set for the processes that ask it
WINDOWS = os.name == "nt"


class Apart(BaseManager):
    """Makes and reaches the rooms' process, by a key that Python hands to the processes that a process starts."""


ASKED = [name for name in vars(Desk) if not name.startswith("_")]
Apart.register("desk", exposed=ASKED)


def hold(address: str) -> None:
    """Hold the rooms, in a process of its own, until the one that began it ends: a Ctrl-C to all of them ends the pages first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    desk = Desk(Register(own=own_letters()))
    Apart.register("desk", lambda: desk, exposed=ASKED)
    Thread(target=Apart(address).get_server().serve_forever, daemon=True).start()
    parent = parent_process()
    assert parent
    parent.join()


class RoomsProcess:
    """The process that holds the rooms. Where it dies it is begun again: the rooms are gone then, and their pages are told that."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="descent-lab-"))  # nobody else may look into it
        self.address = os.environ[AT] = rf"\\.\pipe\{self.folder.name}" if WINDOWS else str(self.folder / "rooms")
        self.begin()

    def begin(self) -> None:
        for left_behind in self.folder.iterdir():
            left_behind.unlink()
        self.process = get_context("spawn").Process(target=hold, args=(self.address,), name="rooms", daemon=True)
        self.process.start()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def alive(self) -> bool:
        return self.process.is_alive()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        shutil.rmtree(self.folder, ignore_errors=True)
