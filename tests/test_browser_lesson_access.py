"""Lessons for those who hear them, on a phone, at a projector and on paper."""

from __future__ import annotations

from typing import get_args

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewPage
from tests.fingers import PHONE
from tests.lesson_page import LessonPage
from tests.race_page import eventually
from tests.test_browser_access import faults
from tests.visitors import ColorScheme


def faultless(page: Page) -> None:
    """Wait until axe-core has nothing serious to say of the page in either theme."""
    for theme in get_args(ColorScheme):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_css("color-scheme", theme)
        eventually(lambda: faults(page, "html"), lambda found: found == [])


@pytest.mark.parametrize("step", ["valley", "edge", "helped"])
def test_axe_finds_nothing_serious_before_and_after_the_run(page: Page, step: str):
    lesson = LessonPage(page, f"lesson=zigzag&step={step}")
    faultless(page)
    lesson.run()
    expect(page.locator(".dl-lesson-account").first).to_be_visible()
    faultless(page)


def test_axe_finds_nothing_serious_on_the_list_of_lessons(page: Page):
    page.goto("/lessons")
    faultless(page)


@pytest.mark.parametrize("viewport", [(1440, 900), (1280, 720)])
def test_text_and_scene_stand_in_one_window(new_page: NewPage, viewport: tuple[int, int]):
    lesson = LessonPage(new_page(viewport=viewport))
    page = lesson.page
    place = page.locator(".dl-lesson-next").bounding_box()
    lesson.run()
    expect(page.locator(".dl-lesson-account")).to_be_visible()
    assert page.locator(".dl-lesson-next").bounding_box() == place, "the button stays where it is"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)(document.querySelector('.dl-lesson-scene'))")
    for part in (".dl-map", ".dl-curves canvas"):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= viewport[1]


def test_on_a_phone_the_map_stays_in_sight_while_a_slider_is_moved(new_page: NewPage):
    lesson = LessonPage(new_page(**PHONE))
    page = lesson.page
    lesson.run()
    slider = page.locator(".dl-lesson-slider input")
    slider.scroll_into_view_if_needed()
    expect(page.locator(".dl-large .dl-map")).to_be_in_viewport(ratio=0.9)
    expect(slider).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    order = [page.locator(part).first.evaluate("(e) => e.getBoundingClientRect().top + scrollY") for part in (".dl-lesson-text", ".dl-curves")]
    assert order == sorted(order)


def test_on_paper_stand_the_text_and_the_scene_at_the_end_of_the_run(page: Page):
    lesson = LessonPage(page)
    lesson.run()
    lesson.count("40 / 40")
    page.keyboard.press("Home")
    lesson.count("0 / 40")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    lesson.count("40 / 40")
    for gone in (".dl-bar", ".dl-lesson-dots", ".dl-lesson-ends", ".dl-lesson-run"):
        expect(page.locator(gone)).to_be_hidden()
    for there in (".dl-lesson-body h2", ".dl-lesson-after", ".dl-map", ".dl-curves canvas"):
        expect(page.locator(there).first).to_be_visible()
    assert page.evaluate("document.querySelector('.dl-lesson-text').scrollHeight <= document.querySelector('.dl-lesson-text').clientHeight + 1")
