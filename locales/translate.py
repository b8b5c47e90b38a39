"""Says strings in the language of whoever asks; which one that is belongs to the thread or the request, so that no two people share it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from core import InputError, N_

LANGUAGES = {"en": "English", "ko": "한국어"}
REMARKS = (N_("otherwise"), N_("if"), N_("at first"), N_("last"), N_("before the first update"), N_("until then"))  # in formulas
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
    """A formula whose remarks ("otherwise", "if") are in the language spoken."""
    remark = rf"(?<=\\text{{)(\W*)({'|'.join(REMARKS)})(?=\W*}})"
    return re.sub(remark, lambda found: found[1] + _(found[2]), formula)


def said(error: InputError) -> str:
    """An error's sentence in the language spoken."""
    values = {name: said(value) if isinstance(value, InputError) else value for name, value in error.values.items()}
    return _(error.template).format(**values)
