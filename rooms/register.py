"""The rooms that there are: their codes, who may lead them, how many, and for how long."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable
from hmac import compare_digest

from core import N_
from core.rate import Rate
from rooms.answers import Asked
from rooms.letters import LETTERS
from rooms.refused import Refused
from rooms.room import Place, Room

CODE = 4  # letters: 130 321 codes
ROOMS = 30
OPENED = (12, 300.0)  # rooms of one address: at once, and seconds between them then
GUESSES = (100, 5.0)  # the same of codes that no room has: a class types them wrong too
ENDED = 1000  # codes of rooms that are over, which are not given again

WRONG = N_("There is no room {code}. Look at the code once more.")
GUESSED = N_("Too many codes that no room has came from here; wait {seconds} s.")
AWAY = N_("No server that answers has a room {code}. Look at the code once more, or wait a moment.")
GONE = N_("The room {code} is over. The lesson goes on without it.")
RESTARTED = N_("The server was started anew, and the room is gone. The lesson goes on without it.")
SECRET = N_("Only the browser that opened the room leads it.")
MANY = N_("{most} rooms are open, and no more fit.")
OFTEN = N_("Too many rooms were opened from here; wait {minutes} min.")


class Register:
    """All rooms of a server, whose codes begin with one of its `own` letters; those with another are other servers'.

    `clock` gives seconds and only goes forward; `address` is whatever stands for where somebody comes from.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, own: str = LETTERS) -> None:
        self.clock, self.own = clock, own
        self.era = secrets.token_hex(8)  # another one after each start: who remembers an older one is told so
        self.rooms: dict[str, Room] = {}
        self.ended: deque[str] = deque(maxlen=ENDED)
        self.opened, self.guesses = Rate(*OPENED), Rate(*GUESSES)

    def open(self, address: str, place: Place, asked: Asked | None) -> Room:
        """A new room. Raises Refused."""
        now = self.sweep()
        if len(self.rooms) >= ROOMS:
            raise Refused("many", MANY, after=600, most=ROOMS)
        if wait := self.opened.spend(address, now):
            raise Refused("often", OFTEN, after=wait, minutes=int(wait / 60) + 1)
        room = Room(self.new_code(), secrets.token_hex(16), place, asked, now)
        self.rooms[room.code] = room
        return room

    def new_code(self) -> str:
        while (code := "".join(map(secrets.choice, [self.own, *[LETTERS] * (CODE - 1)]))) in self.rooms or code in self.ended:
            pass
        return code

    def enter(self, code: str, who: str, era: str, address: str) -> Room:
        """The room for a student, who is here now. Raises Refused.

        Who is in it already is never held back by what others at the same address typed; who is not is told nothing of any code, right or wrong,
        once too many wrong ones came from there.
        """
        now = self.sweep()
        self.remembered(code, era)
        room = self.rooms.get(code)
        if room is None or who not in room.seen:
            room = self.found(code, address, now)
        room.come(who, now)
        return room

    def look(self, code: str, address: str) -> Room:
        """The room of a code that somebody typed. Raises Refused."""
        now = self.sweep()
        self.remembered(code, "")
        return self.found(code, address, now)

    def led(self, code: str, secret: str, era: str, address: str) -> Room:
        """The room for who holds its secret. Raises Refused."""
        now = self.sweep()
        self.remembered(code, era)
        room = self.rooms.get(code)
        if room is None or not compare_digest(room.secret.encode(), secret.encode()):
            self.found(code, address, now)
            self.guesses.spend(address, now)
            raise Refused("secret", SECRET)
        room.touched = now
        return room

    def close(self, room: Room) -> None:
        self.rooms.pop(room.code, None)
        self.ended.append(room.code)

    def sweep(self) -> float:
        """The time now, at which all rooms that are over are closed."""
        now = self.clock()
        for room in [room for room in self.rooms.values() if room.over(now)]:
            self.close(room)
        return now

    def remembered(self, code: str, era: str) -> None:
        """Raises Refused where the room is known to be elsewhere or no more, which is no guess."""
        if code[:1] in set(LETTERS) - set(self.own):
            raise Refused("away", AWAY, after=5, code=code)
        if era and era != self.era:
            raise Refused("restarted", RESTARTED)
        if code in self.ended:
            raise Refused("gone", GONE, code=code)

    def found(self, code: str, address: str, now: float) -> Room:
        """The room of this code; a wrong one counts as a guess."""
        if wait := self.guesses.wait(address, now):
            raise Refused("guessing", GUESSED, after=wait, seconds=int(wait) + 1)
        if code not in self.rooms:
            self.guesses.spend(address, now)
            raise Refused("wrong", WRONG, code=code[:8])
        return self.rooms[code]
