"""The parts of the lecture, in each of which some of the lessons stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lessons.base import Both, Lesson

CLASS = 90  # minutes of a class


class Part(NamedTuple):
    """A part: from which place in the lecture on, and what it is about."""

    place: float
    title: Both


PARTS = (
    Part(1, Both("Steps downhill", "내려가는 걸음")),
    Part(7, Both("Memory of past gradients", "지난 그래디언트의 기억")),
    Part(9, Both("A rate for each coordinate", "좌표마다 다른 학습률")),
    Part(14, Both("Noise, batches, schedules", "잡음, 배치, 스케줄")),
    Part(18, Both("Which one, and why not the others", "무엇을 고르고, 무엇을 피할까")),
    Part(20, Both("Networks", "신경망")),
)


def parts(lessons: Mapping[str, type[Lesson]]) -> list[tuple[Part, list[str]]]:
    """Each part with the names of its lessons, in order; parts without any are left out."""
    found = [(part, [name for name, lesson in lessons.items() if here(lesson.place, k)]) for k, part in enumerate(PARTS)]
    return [(part, names) for part, names in found if names]


def here(place: float, k: int) -> bool:
    """Whether a place is in the k-th part; what comes before all of them is in the first."""
    after = PARTS[k + 1].place if k + 1 < len(PARTS) else float("inf")
    return (k == 0 or PARTS[k].place <= place) and place < after


def begins(minutes: Sequence[int]) -> list[int]:
    """After how many minutes each of these lessons begins, one after the other."""
    return [sum(minutes[:k]) for k in range(len(minutes))]
