"""Which language the page speaks, and the one function that translates."""

from __future__ import annotations

import gettext
import re
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st

from core import InputError, N_
from views.settings import LANGUAGES

REQUESTED: ContextVar[str | None] = ContextVar("requested", default=None)  # the language of a request that is no visit to a page
REMARKS = (N_("otherwise"), N_("if"), N_("at first"), N_("last"), N_("before the first update"), N_("until then"))  # in formulas
LOCALES = Path(__file__).parent.parent / "locales"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The compiled catalogue; English needs none, because the strings are English."""
    return gettext.NullTranslations() if language == "en" else gettext.translation("descent", LOCALES, [language])


def preferred() -> str:
    """The browser's language where the page speaks it, else English."""
    wanted = (st.context.locale or "en").split("-")[0].lower()
    return wanted if wanted in LANGUAGES else "en"


def speak(language: str) -> None:
    """Speak this language for the rest of a request outside any page."""
    REQUESTED.set(language)


def _(text: str) -> str:
    """`text` in the page's language."""
    return catalogue(REQUESTED.get() or st.session_state.get("lang", "en")).gettext(text) if text else ""


def remarked(formula: str) -> str:
    """A formula with its remarks in the page's language."""
    remark = rf"(?<=\\text{{)(\W*)({'|'.join(REMARKS)})(?=\W*}})"
    return re.sub(remark, lambda found: found[1] + _(found[2]), formula)


def carried() -> dict[str, str]:
    """What a link to another page has in its address so that it speaks the same language."""
    language = st.session_state["lang"]
    return {} if language == preferred() else {"lang": language}


def said(error: InputError) -> str:
    """An error's sentence in the page's language."""
    values = {name: said(value) if isinstance(value, InputError) else value for name, value in error.values.items()}
    return _(error.template).format(**values)
