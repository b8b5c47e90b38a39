"""What may be asked of the rooms, from another process too."""

from __future__ import annotations

from threading import Lock
from typing import Any

from rooms.answers import Asked
from rooms.register import Register
from rooms.room import Place

State = dict[str, Any]


class Desk:
    """A register as it is asked: one call a request, plain values in and out, one call at a time. All of it raises Refused.

    `era` is what the asking browser remembers of the server's start, `since` what it knows; `address` stands for where it comes from.
    """

    def __init__(self, register: Register) -> None:
        self.register, self.turn = register, Lock()

    def open(self, address: str, place: Place, asked: Asked | None) -> dict[str, str]:
        """{code, secret, era} of a new room."""
        with self.turn:
            room = self.register.open(address, place, asked)
            return {"code": room.code, "secret": room.secret, "era": self.register.era}

    def look(self, code: str, address: str) -> Place:
        """The step that is shown in the room of a code that somebody typed."""
        with self.turn:
            return self.register.look(code, address).place

    def follow(self, code: str, who: str, era: str, address: str, since: str) -> State | None:
        """What a student is told, {since, era, lesson, step, revealed}, who is here now; None where nothing is new."""
        with self.turn:
            room = self.register.enter(code, who, era, address)
            now = str(room.turn)
            return None if since == now else {"since": now, "era": self.register.era, **room.followed()}

    def watch(self, code: str, secret: str, era: str, address: str, since: str) -> State | None:
        """What the teacher is told, that and the answers; None where nothing is new."""
        with self.turn:
            room, clock = self.register.led(code, secret, era, address), self.register.clock()
            now = f"{room.changes}.{room.present(clock)}"
            return None if since == now else {"since": now, "era": self.register.era, **room.watched(clock)}

    def tell(self, code: str, who: str, era: str, address: str, place: Place, given: Any) -> None:
        """A student's prediction."""
        with self.turn:
            self.register.enter(code, who, era, address).tell(who, place, given, self.register.clock())

    def lead(self, code: str, secret: str, era: str, address: str, place: Place, asked: Asked | None, revealed: bool) -> None:
        """To this step, its answers shown or not."""
        with self.turn:
            self.register.led(code, secret, era, address).lead(place, asked, revealed, self.register.clock())

    def close(self, code: str, secret: str, era: str, address: str) -> None:
        with self.turn:
            self.register.close(self.register.led(code, secret, era, address))

    def count(self) -> tuple[int, int]:
        """The rooms that are open, and the students who are in them now."""
        with self.turn:
            now = self.register.sweep()
            return len(self.register.rooms), sum(room.present(now) for room in self.register.rooms.values())
