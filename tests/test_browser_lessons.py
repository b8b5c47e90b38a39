"""A lesson in the browser: it asks, runs, tells, and lets one try; its address, its keys, and a server that goes away."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from lessons import LESSONS
from tests.conftest import NewPage
from tests.lesson_page import LessonPage
from tests.race_page import eventually

EDGE = "lesson=zigzag&step=edge"


def titled(step: str, language: str = "en") -> str:
    """The title of one of zigzag's steps."""
    return next(each for each in LESSONS["zigzag"].steps if each.name == step).title.said(language, {})


def test_the_run_waits_for_an_answer_and_the_text_comes_with_its_end(page: Page):
    lesson = LessonPage(page)
    button = page.locator(".dl-lesson-run")
    expect(button).to_have_text("Run it without a guess")
    page.keyboard.press("Space")
    page.keyboard.press("End")
    lesson.count("0 / 40")
    expect(lesson.happened).to_be_hidden()
    page.locator(".dl-map").click(position={"x": 300, "y": 200})
    expect(button).to_have_text("Run it")
    button.click()
    eventually(lambda: int(page.locator(".dl-count").inner_text().split()[0]) > 2)
    expect(lesson.happened).to_be_hidden()
    lesson.seek()
    expect(lesson.happened).to_contain_text("the sign of y changed 40 times in 40 steps")
    expect(lesson.happened.locator(".dl-lesson-verdict")).to_contain_text("of the map's width")
    expect(lesson.happened.locator(".dl-lesson-account")).to_contain_text("zigzags")
    button.click()
    expect(button).to_have_text("Run it without a guess")
    expect(lesson.happened).to_be_hidden()
    lesson.count("0 / 40")


def test_nothing_that_is_asked_can_be_read_before_the_run(page: Page):
    LessonPage(page)
    expect(page.locator(".dl-lane .dl-f")).to_have_text("5.62")
    for hidden in (".dl-curves", ".dl-hint"):
        expect(page.locator(hidden).first).to_have_css("visibility", "hidden")
    expect(page.locator(".dl-lane .dl-verdict")).to_be_empty()
    expect(page.locator(".dl-lane .dl-summary")).to_be_empty()
    told = page.evaluate("document.body.innerText + [...document.querySelectorAll('[aria-label]')].map((e) => e.ariaLabel).join(' ')")
    assert "changed sign" not in told
    assert "40 times" not in told


def test_the_address_leads_to_a_step_and_back_and_forward_go_from_step_to_step(page: Page):
    lesson = LessonPage(page, f"{EDGE}&lang=ko")
    lesson.title(titled("edge", "ko"))
    assert page.evaluate("document.documentElement.lang") == "ko"
    page.locator(".dl-lesson-next").click()
    lesson.title(titled("helped", "ko"))
    expect(page).to_have_url(re.compile("step=helped&lang=ko"))
    page.go_back()
    lesson.title(titled("edge", "ko"))
    page.go_forward()
    lesson.title(titled("helped", "ko"))
    page.reload()
    lesson.title(titled("helped", "ko"))
    page.locator(".dl-lesson-dots button").first.click()
    lesson.title(titled("valley", "ko"))
    assert parse_qs(urlsplit(page.url).query) == {"lesson": ["zigzag"], "step": ["valley"], "lang": ["ko"]}


def test_an_answer_outlives_a_change_of_the_language_before_the_run_and_after_it(page: Page):
    lesson = LessonPage(page, EDGE)
    page.locator(".dl-lesson-rail input").fill("300")
    expect(page.locator(".dl-lesson-slide output")).to_have_text("η = 0.158")
    page.get_by_label("Language").select_option("ko")
    lesson.title(titled("edge", "ko"))
    expect(page.locator(".dl-lesson-slide output")).to_have_text("η = 0.158")
    lesson.run()
    expect(page.locator(".dl-lesson-truth")).to_have_text("0.04")
    expect(page.locator(".dl-lesson-verdict")).to_contain_text("예측 0.158, 실제 0.04")
    page.get_by_label("언어").select_option("en")
    lesson.title(titled("edge"))
    expect(page.locator(".dl-lesson-verdict")).to_have_text("You said 0.158, and it is 0.04: 4 times too high.")
    expect(page.locator(".dl-lesson-account")).to_have_count(3)
    lesson.count("40 / 40")


@pytest.mark.parametrize(
    ("link", "said", "used"),
    [("lesson=zigzig", "zigzag", "h1"), ("lesson=zigzag&step=nowhere", "valley, edge", ".dl-lesson-text h2")],
)
def test_what_the_address_says_wrong_is_said_with_what_is_allowed(page: Page, link: str, said: str, used: str):
    page.goto(f"/lessons?{link}")
    expect(page.locator(".dl-complaint")).to_contain_text(said)
    expect(page.locator(used)).to_be_visible()


def test_a_slider_is_tried_kept_and_taken_back_and_race_opens_with_it(page: Page):
    lesson = LessonPage(page)
    lesson.run()
    home, opened = page.get_by_role("button", name="Back to the lesson's settings"), page.locator(".dl-lesson-open")
    expect(home).to_be_disabled()
    rate = page.locator(".dl-lane .dl-readout")
    expect(rate).to_contain_text("0.039")
    page.locator(".dl-lesson-slider input").focus()
    page.keyboard.press("ArrowLeft")
    expect(rate).not_to_contain_text("0.039")
    expect(home).to_be_enabled()
    value = page.locator(".dl-lesson-slider .dl-slider-value").inner_text()
    expect(opened).to_have_attribute("href", re.compile(rf"/\?.*\b1\.lr={re.escape(value)}\b"))
    page.locator(".dl-map").click(position={"x": 400, "y": 300})
    eventually(lambda: "x=-1.8&" not in (opened.get_attribute("href") or ""))
    page.get_by_label("Language").select_option("ko")
    lesson.title(titled("valley", "ko"))
    expect(page.locator(".dl-lesson-slider .dl-slider-value")).to_have_text(value)
    eventually(lambda: f"1.lr={value}" in (opened.get_attribute("href") or ""))
    page.locator(".dl-lesson-home").click()
    expect(rate).to_contain_text("0.039")
    expect(opened).to_have_attribute("href", re.compile(r"x=-1\.8&y=0\.4&.*1\.lr=0\.039"))
    expect(page.locator(".dl-lesson-home")).to_be_disabled()


CHALLENGES = [(name, step) for name, lesson in LESSONS.items() for step in lesson.steps if step.challenge]


@pytest.mark.parametrize("refused", [False, True])
def test_a_challenge_is_met_and_the_best_is_kept_where_the_browser_keeps_anything(page: Page, refused: bool):
    name, step = CHALLENGES[0]
    assert step.challenge
    if refused:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    lesson = LessonPage(page, f"lesson={name}&step={step.name}")
    if step.question:
        lesson.run()
    else:
        lesson.seek()
    told = page.locator(".dl-lesson-challenge")
    expect(told).to_contain_text("Not there yet.")
    for pair in step.challenge.by.split("&"):
        key, _, value = pair.partition("=")
        slider = page.locator(".dl-lesson-slider").nth(step.tried.index(key))
        slider.locator(".dl-slider-value").click()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    expect(told).to_have_attribute("data-met", "")
    expect(told).to_contain_text("Your best: step")
    best = told.inner_text().split("Your best: step ")[1]
    page.locator(".dl-lesson-home").click()
    expect(told).to_contain_text("Not there yet.")
    expect(told).to_contain_text(f"Your best: step {best}")
    page.reload()
    expect(page.locator(".dl-lesson-text h2")).not_to_be_empty()
    (lesson.run if step.question else lesson.seek)()
    expect(told).to_contain_text("Not there yet." if refused else f"Your best: step {best}")


def test_a_presenter_goes_through_the_steps_by_keys(page: Page):
    lesson = LessonPage(page, "lesson=zigzag&lang=en")
    page.keyboard.press("PageDown")
    lesson.title(titled("edge"))
    slide = page.locator(".dl-lesson-rail input")
    slide.click()  # a slider that was only clicked gives the keys back
    page.keyboard.press("PageDown")
    lesson.title(titled("helped"))
    page.keyboard.press("PageUp")
    lesson.title(titled("edge"))
    page.keyboard.press("1")
    expect(page.locator(".dl-said")).to_have_text("Step 1: press Enter")
    page.keyboard.press("Enter")
    lesson.title(titled("valley"))
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-said")).to_contain_text("There is no step 9")
    black = page.locator(".dl-lesson-black")
    page.keyboard.press("b")
    expect(black).to_be_visible()
    page.keyboard.press("x")
    expect(black).to_be_hidden()
    lesson.run()
    page.keyboard.press("ArrowLeft")
    lesson.count("39 / 40")
    page.keyboard.press("ArrowRight")
    lesson.count("40 / 40")
    size = "(e) => parseFloat(getComputedStyle(e).fontSize)"
    text = page.locator(".dl-lesson-body > p").nth(1)
    before = text.evaluate(size)
    page.keyboard.press("p")
    eventually(lambda: text.evaluate(size), lambda now: now >= 1.4 * before)
    page.keyboard.press("PageDown")
    lesson.title(titled("edge"))
    lesson.count("0 / 40")
    assert page.evaluate("document.documentElement.dataset.present") == "1"
    page.keyboard.press("p")
    page.keyboard.press("?")
    keys = page.locator("dialog[open]")
    expect(keys).to_contain_text("A black screen, and back")
    expect(keys).not_to_contain_text("scene")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("dialog[open] label")).to_have_count(7)
    expect(page.locator("dialog[open]")).not_to_contain_text("Predict")


def test_arrows_and_enter_mark_the_end_on_a_map(page: Page):
    LessonPage(page)
    page.locator(".dl-map").focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it")


@pytest.mark.console_errors  # the browser writes there that the connection is lost
def test_a_step_comes_by_itself_once_the_server_answers_again(new_page: NewPage):
    page = new_page()
    lost = True

    def answer(route: Route) -> None:
        if lost:
            route.abort()
        else:
            route.continue_()

    page.route("**/lessons/step?*", answer)
    lesson = LessonPage(page)
    page.locator(".dl-lesson-next").click()
    expect(page.locator(".dl-lesson-said")).to_contain_text("The server does not answer")
    lesson.title(titled("valley"))
    lost = False
    lesson.title(titled("edge"))
    expect(page.locator(".dl-lesson-said")).to_be_empty()


def test_the_run_is_at_its_end_for_those_who_want_no_motion(new_page: NewPage):
    lesson = LessonPage(new_page(reduced_motion="reduce"))
    lesson.count("0 / 40")
    lesson.page.locator(".dl-lesson-run").click()
    lesson.count("40 / 40")
    expect(lesson.happened).to_be_visible()
