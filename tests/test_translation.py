"""Translating needs no page, and nobody's language is anybody else's."""

from __future__ import annotations

import contextvars
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import InputError, N_
from locales import LANGUAGES, _, remarked, said, speak, speaking, translations
from locales.translate import SPOKEN
from tests.app_page import opened, ran
from tests.conftest import ROOT
from views.race import live

STEP = {"en": "step", "ko": "단계"}


def test_it_needs_no_streamlit():
    script = "import sys, locales; print(sorted({name.split('.')[0] for name in sys.modules} & {'streamlit', 'plotly', 'babel'}))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_string_an_error_and_a_formula_are_said_in_the_language_spoken(language: str):
    with speaking(language):
        assert _("step") == STEP[language] == translations(language).gettext("step")
        assert _("") == ""
        assert remarked(r"\text{otherwise}") == rf"\text{{{_('otherwise')}}}"
        inner = InputError(N_("{name} = {value}: not a number."), name="lr", value="x")
        template = "{name}={value} was ignored: {reason} {used} is used instead."
        expected = _(template).format(name="a", value="b", reason=_("{name} = {value}: not a number.").format(name="lr", value="x"), used="c")
        assert said(InputError(template, name="a", value="b", reason=inner, used="c")) == expected


def test_what_is_spoken_in_a_block_is_left_with_it():
    with speaking("ko"):
        with speaking("en"):
            assert _("step") == STEP["en"]
        assert _("step") == STEP["ko"]


def test_a_new_thread_speaks_english_whatever_others_speak():
    heard: list[str] = []
    with speaking("ko"):
        thread = threading.Thread(target=lambda: heard.append(_("step")))
        thread.start()
        thread.join()
    assert heard == ["step"]


def test_people_who_are_served_at_once_each_hear_their_own_language():
    turns = threading.Barrier(4)

    def listen(language: str) -> set[str]:
        speak(language)
        heard = set()
        for _turn in range(200):
            turns.wait()
            heard.add(_("step"))
        return heard

    languages = ["en", "ko", "en", "ko"]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(listen, languages)) == [{STEP[language]} for language in languages]


def test_a_lane_that_is_asked_for_speaks_the_links_language_and_leaves_no_trace_of_it():
    def asked() -> str:
        live.packed("1", {"lang": "ko", "steps": "10"})
        return SPOKEN.get()

    assert contextvars.Context().run(asked) == "en"


def test_two_visits_in_turn_each_speak_their_own_language_again_and_again():
    english, korean = opened(lanes="1"), opened(lanes="1", lang="ko")
    for _turn in range(2):
        assert ran(english).selectbox(key="1.schedule").label == "Schedule"
        assert ran(korean).selectbox(key="1.schedule").label == translations("ko").gettext("Schedule") != "Schedule"
