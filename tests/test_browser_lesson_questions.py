"""Each kind of question: what is asked, what is hidden, what is told afterwards, by mouse, finger and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import NewPage, Serving, free_port
from tests.lesson_page import ADD, Asked, LessonPage
from tests.race_page import eventually


@pytest.fixture(scope="module")
def asking(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A program that has the lesson of all questions too."""
    with serving(free_port(), tmp_path_factory.mktemp("asking") / "log", before=ADD) as address:
        yield address


@pytest.fixture
def asked(new_page: NewPage, asking: str):
    """Opens that lesson at a step."""
    return lambda step, **kind: LessonPage(new_page(at=asking, **kind), f"lesson=asked&step={step}")


def test_a_choice_keeps_its_order_and_marks_what_is_right(asked):
    lesson = asked("choice")
    page = lesson.page
    labels = page.locator(".dl-lesson-choice label")
    values = "(labels) => labels.map((label) => label.querySelector('input').value)"
    order = labels.evaluate_all(values)
    assert sorted(order) == ["0", "1", "2"]
    page.get_by_label("once").check()
    page.get_by_label("Language").select_option("ko")
    expect(page.get_by_label("한 번")).to_be_checked()
    assert labels.evaluate_all(values) == order
    page.get_by_label("언어").select_option("en")
    expect(labels.locator("b")).to_have_count(0)
    lesson.run()
    expect(page.locator(".dl-lesson-choice label[data-right]")).to_contain_text("never")
    expect(page.locator(".dl-lesson-verdict")).to_have_text("Not this time: it is “never”.")
    expect(page.get_by_label("never")).to_be_disabled()
    assert page.locator(".dl-map").get_attribute("tabindex") is None


def test_no_map_asks_for_an_end_where_something_else_is_asked(asked):
    page = asked("choice").page
    page.locator(".dl-map").click(position={"x": 200, "y": 200})
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it without a guess")
    assert page.locator(".dl-map").get_attribute("tabindex") is None
    expect(page.locator(".dl-predict")).to_be_hidden()


def test_a_number_on_an_even_scale_is_told_as_a_difference(asked):
    lesson = asked("even")
    page = lesson.page
    page.locator(".dl-lesson-rail input").fill("200")
    lesson.run()
    expect(page.locator(".dl-lesson-verdict")).to_have_text("Not far off. You said 50, and it is 40: 10 less.")
    thumb, track = page.locator(".dl-lesson-truth").bounding_box(), page.locator(".dl-lesson-rail input").bounding_box()
    assert thumb
    assert track
    assert thumb["x"] + thumb["width"] / 2 == pytest.approx(track["x"] + 8 + 0.4 * (track["width"] - 16), abs=2)


def draw(page: Page, points: list[tuple[float, float]]) -> None:
    """By mouse, over parts of the paper's width and height."""
    box = page.locator(".dl-lesson-pad").bounding_box()
    assert box
    for k, (across, down) in enumerate(points):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=4)
        if k == 0:
            page.mouse.down()
    page.mouse.up()


def test_a_curve_is_drawn_by_hand_and_stands_beside_the_runs(asked):
    lesson = asked("sketch")
    page = lesson.page
    left, right = page.locator(".dl-curves canvas").all()
    expect(left).to_have_css("visibility", "visible")
    expect(right).to_have_css("visibility", "hidden")
    draw(page, [(0.1, 0.25), (0.5, 0.5), (0.9, 0.6)])
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it")
    page.get_by_label("Language").select_option("ko")
    expect(page.locator(".dl-lesson-run")).to_have_text("실행")
    page.get_by_label("언어").select_option("en")
    lesson.run()
    expect(page.locator(".dl-lesson-verdict")).to_contain_text("On average your curve is a factor of")
    expect(page.locator(".dl-lesson-pad")).to_be_hidden()
    expect(right).to_have_css("visibility", "visible")
    page.locator(".dl-lesson-run").click()
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it without a guess")
    expect(page.locator(".dl-lesson-pad")).to_be_visible()


def test_a_curve_can_be_drawn_by_keys(asked):
    page = asked("sketch").page
    pad = page.locator(".dl-lesson-pad")
    pad.focus()
    assert pad.get_attribute("role") == "slider"
    before = pad.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowDown")
    expect(pad).not_to_have_attribute("aria-valuetext", before or "")
    page.keyboard.press("ArrowRight")
    expect(pad).to_have_attribute("aria-valuetext", "Step 10: 6.62")
    page.keyboard.press("Shift+ArrowDown")
    expect(pad).to_have_attribute("aria-valuetext", "Step 10: 0.662")
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it")


def test_only_the_lanes_that_are_asked_for_take_a_mark(asked):
    lesson = asked("place")
    page = lesson.page
    first, second = page.locator(".dl-lane .dl-map").all()
    assert first.get_attribute("tabindex") is None
    expect(second).to_have_attribute("tabindex", "0")
    first.click(position={"x": 200, "y": 100})
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it without a guess")
    second.click(position={"x": 200, "y": 100})
    expect(page.locator(".dl-lesson-run")).to_have_text("Run it")
    lesson.run()
    expect(page.locator(".dl-lesson-verdict")).to_have_count(1)
    page.locator(".dl-lesson-slider input").focus()
    page.keyboard.press("ArrowLeft")  # another race, and still nothing is asked anew
    expect(page.locator(".dl-lesson-home")).to_be_enabled()
    lesson.count("40 / 40")
    expect(page.locator(".dl-lesson-verdict")).to_be_visible()


def test_a_page_in_a_frame_has_a_title_a_sign_until_it_is_there_and_gives_the_clickers_keys_back(asked):
    lesson = asked("frame")
    page = lesson.page
    frame = page.locator(".dl-lesson-frame")
    expect(frame).to_have_attribute("title", "A page")
    expect(page.locator(".dl-lesson-loading")).to_be_hidden()
    expect(frame.content_frame.locator(".dl-sweep")).to_be_visible()
    frame.content_frame.locator(".dl-sweep-map").click()
    page.keyboard.press("PageUp")
    lesson.title("Mark")
    page.keyboard.press("PageDown")
    lesson.title("A page")
    page.keyboard.press("PageUp")
    lesson.title("Mark")
    eventually(lambda: page.locator(".dl-map").count(), lambda count: count == 2)


def test_what_is_said_of_a_page_in_a_frame_waits_until_it_is_asked_for(new_page: NewPage, server: str):
    page = new_page(at=server)
    page.goto("/lessons?lesson=network&step=zero&lang=en")
    run, after = page.locator(".dl-lesson-run"), page.locator(".dl-lesson-after")
    expect(run).to_have_text("Tell me what happens")
    expect(after).to_be_hidden()
    page.get_by_label("None of them learns").check()
    run.click()
    expect(after).to_contain_text("Yes, that is how it goes.")
    expect(page.get_by_label("None of them learns")).to_be_disabled()
    expect(run).to_have_text("Ask me again")
    run.click()
    expect(after).to_be_hidden()
    expect(page.get_by_label("None of them learns")).to_be_enabled()


def test_a_whole_number_is_slid_to_in_whole_numbers(new_page: NewPage, server: str):
    page = new_page(at=server)
    page.goto("/lessons?lesson=local_minimum&step=calm&lang=en")
    page.locator(".dl-lesson-rail input").fill("101")
    expect(page.locator(".dl-lesson-slide output")).to_have_text("n = 8")


def test_the_lesson_of_all_questions_has_all_of_them():
    assert {type(step.question).__name__ for step in Asked.steps} == {"Choice", "Sketch", "Slide", "Place", "NoneType"}
