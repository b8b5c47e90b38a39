"""What a prediction may be, and all of a room's together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from core import N_
from rooms.refused import Refused

Answer = tuple[float | None, ...]  # an option's number; a number; x and y of each lane, or heights of a curve, None where none is
MOST = 1e9  # of a number's size
CURVE = (2, 32)  # heights of a sketch, from the first step to the last
DIGITS = 4  # of a number, which is a hand's


class Asked(NamedTuple):
    """A question: `kind` as lessons have it, how `many` options or lanes, and between which numbers a slider goes."""

    kind: str
    many: int = 1
    low: float = -MOST
    high: float = MOST


def taken(asked: Asked, given: Any) -> Answer:
    """What came from outside as an answer to this question. Raises Refused."""
    try:
        return READ[asked.kind](asked, given)
    except (TypeError, ValueError, KeyError):
        raise Refused("unreadable", N_("This is no answer to the question.")) from None


def option(asked: Asked, given: Any) -> Answer:
    if type(given) is not int or not 0 <= given < asked.many:
        raise ValueError
    return (given,)


def slid(asked: Asked, given: Any) -> Answer:
    value = number(given)
    slack = 1e-3 * (asked.high - asked.low)  # a slider's end, rounded
    if not asked.low - slack <= value <= asked.high + slack:
        raise ValueError
    return (value,)


def places(asked: Asked, given: Any) -> Answer:
    if not isinstance(given, list) or len(given) != asked.many or all(point is None for point in given):
        raise ValueError
    flat: list[float | None] = []
    for point in given:
        x, y = (None, None) if point is None else point
        flat += [None, None] if point is None else [number(x), number(y)]
    return tuple(flat)


def curve(_asked: Asked, given: Any) -> Answer:
    if not isinstance(given, list) or not CURVE[0] <= len(given) <= CURVE[1]:
        raise ValueError
    heights = tuple(None if height is None else number(height) for height in given)
    if len(heights) - heights.count(None) < 2:
        raise ValueError
    return heights


def number(given: Any) -> float:
    """A number, rounded. Raises ValueError for another thing, or what is not finite or too large."""
    if type(given) not in (int, float) or not abs(given) <= MOST:
        raise ValueError
    return 0.0 if given == 0 else round(given, DIGITS - 1 - math.floor(math.log10(abs(given))))


READ = {"choice": option, "slide": slid, "place": places, "sketch": curve}


def gathered(asked: Asked, answers: Iterable[Answer]) -> dict[str, Any]:
    """All answers to a question, in no order that says whose they are: counts of the options, numbers, points of each lane, curves."""
    every = sorted(answers, key=repr)
    if asked.kind == "choice":
        return {"counts": [every.count((k,)) for k in range(asked.many)]}
    if asked.kind == "slide":
        return {"values": [value for (value,) in every]}
    if asked.kind == "place":
        return {"points": [[list(each[2 * k : 2 * k + 2]) for each in every if each[2 * k] is not None] for k in range(asked.many)]}
    return {"curves": [list(each) for each in every]}
