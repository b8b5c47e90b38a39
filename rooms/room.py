"""One room: the step that its teacher shows, who is here, what they predicted, and whether that is shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from core import N_
from core.rate import Rate
from rooms.answers import Answer, Asked, gathered, taken
from rooms.refused import Refused

STUDENTS = 500  # browsers in a room
KEPT = 4  # steps whose answers are kept
HERE = 30.0  # seconds since somebody was seen that count as being here
AWAY = 600.0  # seconds after which a place is given to another, where all are taken
IDLE, LONGEST = 2 * 3600.0, 6 * 3600.0  # seconds without the teacher or an answer, and in all
ANSWERS = (10, 0.5)  # of one browser: at once, and seconds between them then

FULL = N_("This room is full: {most} browsers are in it. The lesson goes on without it.")
ELSEWHERE = N_("The room is at another step, or nothing is asked there.")
SHOWN = N_("The answers are shown already; this one is not counted.")
FAST = N_("That was too many answers at once; wait a moment.")


class Place(NamedTuple):
    """A step of a lesson, by their names."""

    lesson: str
    step: str


class Room:
    """`now` is the seconds of any clock that only goes forward."""

    def __init__(self, code: str, secret: str, place: Place, asked: Asked | None, now: float) -> None:
        self.code, self.secret, self.place = code, secret, place
        self.asked: dict[Place, Asked | None] = {place: asked}
        self.answers: dict[Place, dict[str, Answer]] = {place: {}}
        self.revealed = False
        self.seen: dict[str, float] = {}  # a browser's random id, and when it was here last
        self.opened = self.touched = now
        self.turn = self.changes = 0  # of what the students are told, and of what the teacher is
        self.pace = Rate(*ANSWERS, keys=STUDENTS)

    def over(self, now: float) -> bool:
        return now - self.touched > IDLE or now - self.opened > LONGEST

    def come(self, who: str, now: float) -> None:
        """Somebody is here. Raises Refused where there is no place left."""
        if who not in self.seen and len(self.seen) >= STUDENTS:
            longest = min(self.seen, key=self.seen.__getitem__)
            if now - self.seen[longest] < AWAY:
                raise Refused("full", FULL, after=60, most=STUDENTS)
            del self.seen[longest]
        self.seen[who] = now

    def present(self, now: float) -> int:
        return sum(now - at <= HERE for at in self.seen.values())

    def tell(self, who: str, place: Place, given: Any, now: float) -> None:
        """A prediction, in place of the same browser's earlier one. Raises Refused."""
        asked = self.asked.get(place)
        if place != self.place or asked is None:
            raise Refused("elsewhere", ELSEWHERE)
        if self.revealed:
            raise Refused("shown", SHOWN)
        answer = taken(asked, given)
        if wait := self.pace.spend(who, now):
            raise Refused("fast", FAST, after=wait)
        if self.answers[place].get(who) != answer:
            self.answers[place][who] = answer
            self.changes += 1
        self.touched = now

    def lead(self, place: Place, asked: Asked | None, revealed: bool, now: float) -> None:
        """To this step, its answers shown or not. Those of the steps before the last few are forgotten."""
        if (place, revealed) != (self.place, self.revealed):
            self.turn += 1
            self.changes += 1
        self.place, self.revealed, self.touched = place, revealed, now
        self.asked[place] = asked
        self.answers.setdefault(place, {})
        for old in [each for each in self.answers if each != place][: 1 - KEPT]:
            del self.asked[old], self.answers[old]

    def followed(self) -> dict[str, Any]:
        """What students are told: {lesson, step, revealed}. Nothing of what others answered."""
        return {**self.place._asdict(), "revealed": self.revealed}

    def watched(self, now: float) -> dict[str, Any]:
        """What the teacher is told besides: how many are here and have answered; what they answered, only once that is shown."""
        answers, asked = self.answers[self.place], self.asked[self.place]
        told = {**self.followed(), "students": self.present(now), "answers": len(answers), "kind": asked.kind if asked else ""}
        return told | (gathered(asked, answers.values()) if asked and self.revealed else {})
