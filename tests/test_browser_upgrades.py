"""What the browser side knows of Plotly and of Streamlit that nobody has promised: where a test fails, its message says what an upgrade broke.

It stands in player/browser/base/plotly.js, player/browser/hosts/streamlit/page.js and the two style sheets that are named like them.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually


@pytest.fixture
def race(race_at: RaceAt) -> RacePage:
    return race_at("lanes=1&at=20&inspect=1")


def test_plotly_tells_the_ranges_of_a_map(race: RacePage):
    said = race.page.evaluate("[document.querySelector('.dl-map')._fullLayout].map(({ xaxis, yaxis }) => [xaxis.range, yaxis.range])[0]")
    assert [len(axis) for axis in said] == [2, 2], "_fullLayout no longer has the axes' ranges: a zoom in one map would not zoom the others"


def test_plotly_calls_the_parts_of_a_map_by_the_names_that_are_styled(race: RacePage):
    for name, broken in {
        ".dl-map.js-plotly-plot": "a drawn map would keep the grey place that stands there before it is drawn",
        ".dl-map .nsewdrag": "over a map the pointer would not be a cross-hair",
    }.items():
        assert race.page.locator(name).count(), f"{name} is no more: {broken}"


def test_streamlit_tells_of_its_connection_and_of_its_script(race: RacePage):
    root = race.page.locator("[data-test-connection-state][data-test-script-state]")
    assert root.count() == 1, "its root element tells no more of the connection: what is changed while the server is away would be lost"
    states = [root.get_attribute(f"data-test-{name}-state") for name in ("connection", "script")]
    assert states == ["CONNECTED", "notRunning"], "the states have other names: the player would take the server for away"


def test_streamlit_names_number_fields_and_sliders_as_it_did(race: RacePage):
    field = race.page.locator(".st-key-x .stNumberInput")
    assert field.locator("input").count() == 1, "a number field is another: one that is left empty would not be told of"
    assert field.locator("label").inner_text() == "Start x", "its label is elsewhere: the sentence would not name the field"
    race.page.locator(".st-key-noise_menu button").filter(visible=True).click()
    sliders = eventually(race.page.locator(".st-key-noise .stSlider").count, seconds=20)
    assert sliders, "its sliders have another class: a finger that scrolls the page would move them"


def test_streamlit_names_the_parts_that_presentations_arrange_as_it_did(race: RacePage):
    board = (".st-key-board > .st-key-curves", ".st-key-board > * > .st-key-lanes", ".st-key-lanes .st-key-lane1 > .st-key-panel1")
    for name in (".stMainBlockContainer > .stVerticalBlock > * > .st-key-board", *board, ".st-key-top .st-key-surface", ".st-key-top .st-key-lang"):
        assert race.page.locator(name).count(), f"{name} is no more: the stage would be laid out wrongly"


@pytest.mark.console_errors  # Streamlit writes what it says there too
def test_streamlits_dialogs_hang_on_the_body_and_have_their_role(page: Page):
    page.goto("/nowhere")
    page.locator("body > * [role=dialog], body > [role=dialog]").wait_for()
    dialogs = page.evaluate("[...document.querySelectorAll('[role=dialog]')].map((each) => each.closest('body > *').id)")
    assert "root" not in dialogs, "dialogs hang elsewhere: they would stay in English on a Korean page"
