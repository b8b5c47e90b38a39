"""What the Catalogue's address may hold: the language and the section."""

from __future__ import annotations

from landscapes import LANDSCAPES
from links.entries import RULES
from links.reader import Reader
from links.table import Flat, Table
from locales import LANGUAGES
from optimizers.schedules import SCHEDULES
from problems import PROBLEMS

SECTIONS = {"surfaces": LANDSCAPES, "data": PROBLEMS, "rules": RULES, "schedules": SCHEDULES}
FIRST = next(iter(SECTIONS))


def take(reader: Reader, language: str) -> None:
    reader.choice("lang", language, LANGUAGES)
    reader.choice("section", FIRST, SECTIONS)


def usual(_flat: Flat, language: str) -> dict[str, str | None]:
    return {"lang": language, "section": FIRST}


CATALOGUE = Table(take, usual, version=None)
