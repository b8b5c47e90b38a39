"""What is the same for every page: arriving, the address, the memory of a visit, and the ways between pages."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest

from tests.app_page import gone, opened, ran
from tests.conftest import ROOT
from views.race.memory import RaceMemory

# What stands in st.session_state besides settings and widgets' values; each is a dataclass, a tuple, or the class of a memory.
DECLARED = {"visit", "ties", "places", "with_lanes"}


def program() -> None:
    """The program with one more page: a table, a memory, and an entry."""
    from dataclasses import dataclass

    import streamlit as st

    from core import N_, Range
    from links import Table
    from locales import LANGUAGES
    from views import controls, pages
    from views.complaints import complain
    from views.race.page import PAGE as RACE
    from views.visit import Memory, memory_of

    def take(reader, language):
        reader.choice("lang", language, LANGUAGES)
        reader.number("depth", 3, Range(1, 9, whole=True, within="[1, 9]"))
        if "at" in reader.given:
            reader.number("at", 0, Range(0, 9, whole=True, within="[0, 9]"))

    @dataclass
    class ExploreMemory(Memory):
        page = "explore"
        table = Table(take, lambda _flat, language: {"lang": language, "depth": "3"}, passing=frozenset({"at"}))

    def explore():
        own = memory_of(ExploreMemory)
        flat = own.read()
        pages.brand("explore")
        complain(own)
        controls.number_field("depth", "Depth", Range(1, 9, whole=True, within="[1, 9]"), step=1)
        st.text(f"depth {flat['depth']}")
        own.to_address()

    entry = pages.Page(explore, "Explore", N_("Steps"), path="explore", address=lambda: memory_of(ExploreMemory).address())
    pages.run({"race": RACE, "explore": entry})


def explored(**link: str) -> AppTest:
    app = AppTest.from_function(program, default_timeout=30)
    app.query_params.update(link)
    return ran(gone(app, "explore"))


def memory(app: AppTest, page: str = "explore"):
    return app.session_state["visit"].memories[page]


def test_a_page_reads_its_link_and_says_what_it_ignores():
    app = explored(depth="5", at="2", lanes="3")
    assert memory(app).settings == {"lang": "en", "depth": 5}
    assert memory(app).asked == {"at": 2}
    assert [error.values["name"] for error in memory(app).complaints] == ["lanes"]
    assert app.text[0].value == "depth 5"
    app.button(key="dismiss").click()
    ran(app)
    assert memory(app).complaints == []


def test_a_widget_changes_the_setting_and_the_address():
    app = explored(depth="5")
    app.number_input(key="depth").set_value(7)
    ran(app)
    assert memory(app).settings["depth"] == 7
    assert app.query_params == {"v": "1", "depth": "7"}
    app.number_input(key="depth").set_value(3)
    ran(app)
    assert app.query_params == {}


def test_a_page_is_linked_to_as_it_was_left():
    app = explored(depth="5")
    race = ran(gone(app, ""))
    assert memory(race, "race").settings["lanes"] == 4
    (link,) = [link.proto for link in race.get("page_link")]
    assert (link.label, link.query_string) == ("Steps", "v=1&depth=5")


def test_the_session_holds_what_is_declared_and_settings():
    files = sorted((ROOT / "views").rglob("*.py"))
    names = {name for path in files for name in attributes(path)}
    assert names <= DECLARED | {"get", "update", "setdefault"}
    state = opened(lanes="1").session_state
    assert {key for key in DECLARED if key in state} >= DECLARED


def attributes(path: Path) -> set[str]:
    """What a file reads or writes as an attribute of st.session_state."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)]
    return {node.attr for node in nodes if isinstance(node.value, ast.Attribute) and node.value.attr == "session_state"}


def test_a_change_made_while_the_address_was_written_is_not_undone(monkeypatch: pytest.MonkeyPatch):
    """What overtakes a rerun at its end brings the address of before: read as an arrival, it put the old settings under the new address."""
    write = QueryParamsProxy.from_dict

    def overtaken(*given: Any) -> None:
        write(*given)
        raise StopException

    with monkeypatch.context() as patch:
        patch.setattr(QueryParamsProxy, "from_dict", overtaken)
        app = explored(depth="5", lanes="3")
    app.session_state["depth"] = 7
    app.query_params.update({"depth": "5", "lanes": "3"})
    assert memory(ran(app)).settings["depth"] == 7
    assert app.query_params == {"v": "1", "depth": "7"}


def test_a_link_on_a_page_that_is_not_yet_drawn_to_its_end_leads_where_it_says(monkeypatch: pytest.MonkeyPatch):
    """The page was not yet taken for one that had been shown, and the one before it for one that had never been left: it stayed as it was."""
    app = explored(depth="5")

    def overtaken(*_given: Any) -> None:
        raise StopException

    with monkeypatch.context() as patch:
        patch.setattr(RaceMemory, "settle", overtaken)
        gone(app, "")
        ran(app)
    app.query_params.clear()
    app.query_params.update({"depth": "8"})
    assert memory(ran(gone(app, "explore"))).settings["depth"] == 8


def outdated() -> None:
    """A widget whose setting was changed elsewhere; the browser says once more what it showed before, and then that a hand has moved it."""
    import streamlit as st

    from views.tied import tied

    state = st.session_state
    state.update(lang="en", depth=3)
    before = tied("depth")
    state.depth = 5
    assert tied("depth")["key"] != before["key"]
    for held in (3, 7):
        state[before["key"]] = held
        before["on_change"](*before["args"])
        st.text(f"depth {state.depth}")


def test_what_a_widget_showed_before_its_setting_was_changed_elsewhere_is_no_change():
    assert [text.value for text in ran(AppTest.from_function(outdated)).text] == ["depth 5", "depth 7"]


def test_a_rerun_that_was_overtaken_writes_nothing_into_the_visit(monkeypatch: pytest.MonkeyPatch):
    own = RaceMemory()
    own.whole = True

    def overtaken(*_arguments: object) -> bool:
        raise StopException

    monkeypatch.setattr(SafeSessionState, "__getitem__", overtaken)
    with pytest.raises(StopException):
        own.whole = False
    assert own.whole
