"""Says strings in the language of whoever asks; which one that is belongs to the thread or the request, so that no two people share it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from core import InputError

LANGUAGES = {"en": "English", "ko": "한국어"}
REMARK = re.compile(r"(?<=\\text\{)([^\w#}]*)(\w[\w ]*?)(?=\W*\})")  # words in a formula; what begins with # is a place for a number
SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The compiled catalogue; English needs none, because the strings are English."""
    return gettext.NullTranslations() if language == "en" else gettext.translation("descent", Path(__file__).parent, [language])


def speak(language: str) -> None:
    """Speak this language from here on, in this thread or task; a thread that is started anew speaks English until it is told."""
    SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language in the block, and afterwards the one that was spoken before."""
    before = SPOKEN.set(language)
    try:
        yield
    finally:
        SPOKEN.reset(before)


def _(text: str) -> str:
    """`text` in the language spoken."""
    return translations(SPOKEN.get()).gettext(text) if text else ""


def remarked(formula: str) -> str:
    """A formula in LaTeX whose remarks, such as "otherwise", are in the language spoken."""
    return REMARK.sub(lambda found: found[1] + _(found[2]), formula)


def said(error: InputError) -> str:
    """An error's sentence in the language spoken."""
    values = {name: said(value) if isinstance(value, InputError) else value for name, value in error.values.items()}
    return _(error.template).format(**values)
