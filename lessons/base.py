"""What a lesson is: a short row of steps, each with a scene, a question before the run and what is said of it afterwards, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, NamedTuple

from core import Range
from lessons.parts.seen import Seen, Value, written

Measure = Callable[[Seen], Value]  # a number of the scene, for a text
Claim = Callable[[Seen], bool]  # something that a text says of the scene


class Both(NamedTuple):
    """A text in both languages. A {name} in it is a number of the step's `numbers`, which the scene's runs give; a blank line begins a paragraph."""

    en: str
    ko: str

    def said(self, language: str, numbers: Mapping[str, str]) -> str:
        """The text in a language, with its numbers. Raises KeyError for a number that the step has not."""
        return getattr(self, language).format(**numbers)


NOTHING = Both("", "")


class Option(NamedTuple):
    """An answer to choose, and whether the scene makes it the right one."""

    text: Both
    right: Claim


@dataclass(frozen=True)
class Question:
    """What is asked before the run. The answer comes with it."""

    kind: ClassVar[str]
    text: Both


@dataclass(frozen=True)
class Choice(Question):
    """One of several answers, shuffled; exactly one of them is right."""

    kind = "choice"
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Place(Question):
    """Where the runs of these lanes end, marked on their maps; of all lanes where none is named."""

    kind = "place"
    lanes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sketch(Question):
    """The curve of f − f* of a lane, drawn by hand on the chart."""

    kind = "sketch"
    lane: int = 1


@dataclass(frozen=True)
class Slide(Question):
    """A number, slid to: `symbol` is its name, `range` what can be said, `answer` what the scene says."""

    kind = "slide"
    symbol: str
    range: Range
    answer: Measure


@dataclass(frozen=True)
class Challenge:
    """Come to f* within so many steps with this lane, by the settings that the step lets be tried. The author's own settings, `by`, do."""

    lane: int
    within: int
    by: str  # what of the scene's link is set otherwise


@dataclass(frozen=True)
class Step:
    """A scene, and what is said of it.

    `scene` is a link as the address bar has it, without the server: "?surface=bowl&…" of the Race page, "data?…" of Data's; one of another page is
    shown as it is there. `numbers` are those of its texts, `claims` what else they say of the runs: a test computes all of them. `tried` names
    the settings that get sliders once the run is over.
    """

    name: str  # in the address: it stays when steps are put before this one
    title: Both
    scene: str
    setting: Both  # what there is to see, before anything moves
    happened: Both  # after the run
    question: Question | None = None
    try_it: Both = NOTHING
    tried: tuple[str, ...] = ()
    numbers: Mapping[str, Measure] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    say: Both = NOTHING  # to the teacher: what to look at, what to say, what students think before
    challenge: Challenge | None = None

    @cached_property
    def seen(self) -> Seen:
        """The scene's runs, measured."""
        return Seen(self.scene)

    @cached_property
    def written(self) -> dict[str, str]:
        """The numbers as the texts have them."""
        return {name: written(measure(self.seen)) for name, measure in self.numbers.items()}


class Lesson:
    """A lesson, its texts in both languages. `place` orders the lessons as the lecture has them; `after` names those that it builds on."""

    place: ClassVar[float]
    title: ClassVar[Both]
    idea: ClassVar[Both]  # the sentence that a student keeps
    minutes: ClassVar[int]
    after: ClassVar[tuple[str, ...]] = ()
    reference: ClassVar[str]
    steps: ClassVar[tuple[Step, ...]]
