"""Lessons: a folder read as a table, a file each; in the order of the lecture."""

from __future__ import annotations

from core import Catalogue
from core.catalogue import catalogue
from lessons.base import Both, Lesson, Step

LESSONS: Catalogue[Lesson] = catalogue("lessons", Lesson, by=lambda lesson: lesson.place)

__all__ = ["Both", "LESSONS", "Lesson", "Step"]
