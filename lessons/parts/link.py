"""What the Lessons page's address may hold: the language, a lesson and its step."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.base import Lesson
from links.reader import Reader
from links.table import Flat, Table
from locales import LANGUAGES


def table(lessons: Mapping[str, type[Lesson]]) -> Table:
    """The table for these lessons; without a lesson the address is that of all of them."""

    def take(reader: Reader, language: str) -> None:
        reader.choice("lang", language, LANGUAGES)
        reader.given.pop("room", None)  # a lecture hall's, of which its own routes know
        name = reader.choice("lesson", "", lessons)
        if name:
            steps = {step.name: step for step in lessons[name].steps}
            reader.choice("step", next(iter(steps)), steps)

    def usual(flat: Flat, language: str) -> dict[str, str | None]:
        first = lessons[flat["lesson"]].steps[0].name if flat["lesson"] else None
        return {"lang": language, "lesson": "", "step": first}

    return Table(take, usual, version=None)
