"""Each lesson once in a browser: every step is answered, run to its end and told, with nothing written to the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lessons import LESSONS
from lessons.base import Choice, Place, Sketch, Slide, Step
from lessons.parts.seen import TABLES
from tests.conftest import NewPage
from tests.lesson_page import SEEK

FIRST = next(iter(LESSONS))  # in `make test`; the others in `make test-all`
OTHERS = [pytest.param(name, marks=pytest.mark.thorough) for name in list(LESSONS)[1:]]


def answered(page: Page, step: Step) -> None:
    """Give an answer of the kind that is asked for."""
    question = step.question
    if isinstance(question, Choice):
        page.locator(".dl-lesson-choice input").first.check()
    elif isinstance(question, Slide):
        page.locator(".dl-lesson-rail input").fill("120")
    elif isinstance(question, Sketch):
        page.locator(".dl-lesson-pad").press("ArrowDown")
    elif isinstance(question, Place):
        maps = page.locator(".dl-map[tabindex='0']")
        for i in range(maps.count()):
            maps.nth(i).press("Enter")


@pytest.mark.parametrize("name", [FIRST, *OTHERS])
def test_a_lesson_is_gone_through(new_page: NewPage, name: str):
    page = new_page()
    steps = LESSONS[name].steps
    page.goto(f"/lessons?lesson={name}&lang=en")
    for number, step in enumerate(steps):
        expect(page.locator(".dl-lesson-count")).to_have_text(f"Step {number + 1} of {len(steps)}")
        runs = step.scene.partition("?")[0] in TABLES
        if runs:
            expect(page.locator(".dl-lane .dl-f:not(:empty)")).to_have_count(len(step.seen.race.lanes))
        if step.question:
            answered(page, step)
            button = page.locator(".dl-lesson-run")
            expect(button).not_to_have_attribute("data-quiet", "")
            button.click()
        if runs:
            page.locator(".dl-scrub").evaluate(SEEK)
        else:
            expect(page.locator(".dl-lesson-loading")).to_be_hidden()
        happened = page.locator(".dl-lesson-after")
        expect(happened).to_contain_text(step.happened.said("en", step.written).split("\n")[0])
        if step.question:
            assert happened.locator(".dl-lesson-verdict").count() >= 1
        expect(page.locator(".dl-lesson-slider")).to_have_count(len(step.tried) if runs else 0)
        if number + 1 < len(steps):
            page.keyboard.press("PageDown")
