"""The page of all lessons: its order, its sums, the class that is planned on it, and what this browser has seen of each lesson."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from export.lesson_index import index
from lessons import LESSONS
from lessons.parts.lecture import PARTS, begins, parts
from locales import LANGUAGES, speaking
from tests.conftest import NewPage
from tests.test_browser_access import faults

FIRST = next(iter(LESSONS))


def test_every_lesson_stands_in_one_part_in_the_order_of_the_lecture():
    assert [name for _part, names in parts(LESSONS) for name in names] == list(LESSONS)
    assert [part.place for part in PARTS] == sorted(part.place for part in PARTS)
    assert begins([6, 5, 4]) == [0, 6, 11]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_is_listed_with_its_time_its_steps_and_what_it_builds_on(language: str):
    with speaking(language):
        page = index(language, ["<b>"])
    assert "<b></p>" not in page
    for name, lesson in LESSONS.items():
        row = page.partition(f'<li id="{name}"')[2].partition("</li>")[0]
        assert f"lesson={name}&amp;lang={language}" in row
        assert lesson.title.said(language, {}) in row
        assert f"{lesson.minutes} min" in row or f"{lesson.minutes}분" in row
        assert all(f'href="#{other}"' in row for other in lesson.after)
    assert page.count('class="dl-begin"') == len(LESSONS)


def said(page: Page) -> str:
    return page.locator(".dl-plan output").inner_text()


def test_a_class_is_planned_and_its_address_keeps_it(new_page: NewPage):
    page = new_page()
    page.goto("/lessons?lang=en")
    minutes = sum(lesson.minutes for lesson in LESSONS.values())
    assert said(page) == f"Your class: {minutes} of 90 minutes"
    page.get_by_role("button", name="Tick none").click()
    assert page.url.endswith("#class=")
    page.reload()
    assert said(page) == "No lesson is ticked."
    page.get_by_role("combobox", name="Language").select_option("ko")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.url.endswith("lessons?lang=ko#class=")
    assert said(page) == "선택한 수업이 없습니다."
    page.locator(f"#{FIRST} input").check()
    assert said(page) == f"계획한 시간: 90분 중 {LESSONS[FIRST].minutes}분"
    expect(page.locator(f"#{FIRST} .dl-begin")).to_have_text("0:00")


def test_what_was_seen_of_a_lesson_is_marked_and_the_look_is_remembered(new_page: NewPage):
    page = new_page()
    page.goto("/lessons?lang=en")
    expect(page.locator(".dl-reached").first).to_be_hidden()
    page.get_by_role("button", name="Light or dark").click()
    page.locator(f"#{FIRST} .dl-lesson-link").click()
    expect(page.locator(".dl-lesson-dots button[aria-current]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    count = len(LESSONS[FIRST].steps)
    page.go_back()
    expect(page.locator(f"#{FIRST} .dl-reached")).to_have_text(f"step 1 of {count}")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"/lessons?lesson={FIRST}&step={LESSONS[FIRST].steps[-1].name}&lang=en")
    expect(page.locator(".dl-lesson-dots button[aria-current]")).to_be_visible()
    page.goto("/lessons?lang=en")
    expect(page.locator(f"#{FIRST} .dl-reached")).to_have_text("✓ done")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_for_everybody_and_fits_a_phone(new_page: NewPage, scheme: str):
    page = new_page(viewport=(390, 844), locale="ko-KR", color_scheme=scheme)
    page.goto("/lessons")
    expect(page.locator("h1")).to_have_text("수업")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page, "html") == []
