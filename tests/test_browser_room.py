"""A lecture hall's room on a lesson's page: a teacher and two students, from opening it to the server's next start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import NewPage, Serving
from tests.race_page import eventually
from tests.test_browser_reconnect import Power

LESSON = "lessons?lesson=zigzag"


@pytest.fixture
def power(serving: Serving, tmp_path: Path) -> Iterator[Power]:
    power = Power(serving, tmp_path / "log")
    power.on()
    yield power
    power.off()


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name="A room in the lecture hall")


def opened(page: Page) -> str:
    """The code of a room that is opened on this lesson's page."""
    page.get_by_role("button", name="Room", exact=True).click()
    page.get_by_role("button", name="Open a room").click()
    wall = page.get_by_role("dialog", name=re.compile("^Room "))
    expect(wall.get_by_role("img")).to_be_hidden()  # this server answers this computer only
    expect(wall).to_contain_text("This server answers this computer only.")
    code = wall.locator(".dl-room-code").inner_text()
    page.keyboard.press("Escape")
    return code


def place(page: Page, part: float) -> None:
    """Click on the first map, so far across."""
    box = page.locator(".dl-map").filter(visible=True).first.bounding_box()
    assert box
    page.mouse.click(box["x"] + part * box["width"], box["y"] + box["height"] / 2)


def picture(page: Page) -> str:
    """What is drawn on the first map."""
    return page.evaluate("""() => [...document.querySelectorAll(".dl-panel canvas")].map((each) => each.toDataURL()).join()""")


@pytest.mark.console_errors
def test_a_teacher_leads_two_students_until_the_server_is_started_anew(power: Power, new_page: NewPage):
    at = f"http://127.0.0.1:{power.port}"
    teacher, phone, desk = new_page(at=at), new_page(at=at, viewport=(390, 844)), new_page(at=at)
    asked: list[str] = []
    for page in (teacher, phone, desk):
        page.on("request", lambda request: asked.append(urlsplit(request.url).query) if "/room/" in request.url else None)
    teacher.goto(LESSON)
    code = opened(teacher)
    phone.goto(f"lessons?room={code}")
    desk.goto("lessons")
    desk.get_by_label("Code of the lecture hall's room").fill(code.lower())
    desk.get_by_role("button", name="Join").click()
    for student in (phone, desk):
        expect(strip(student)).to_contain_text(f"Room {code}")
        expect(strip(student)).to_contain_text("Predict: it is counted without a name.")
        assert "room=" not in student.url
    expect(strip(teacher)).to_contain_text("2 here · 0 answered")

    before = picture(teacher)
    place(phone, 0.7)
    place(desk, 0.4)
    expect(strip(phone)).to_contain_text("Counted.")
    expect(strip(teacher)).to_contain_text("2 here · 2 answered")
    assert picture(teacher) == before
    strip(teacher).get_by_role("button", name="Show the answers").click()
    eventually(lambda: picture(teacher), lambda now: now != before)
    expect(strip(phone)).to_contain_text("The teacher shows the answers.")
    strip(teacher).get_by_role("button", name="Hide the answers").click()
    eventually(lambda: picture(teacher), lambda now: now == before)

    strip(desk).get_by_role("checkbox", name="Follow the teacher").uncheck()
    teacher.get_by_role("button", name="Next", exact=True).click()
    expect(phone.get_by_role("heading", name="How large may the rate be?")).to_be_visible()
    expect(desk.get_by_role("heading", name="A long, steep valley")).to_be_visible()
    strip(desk).get_by_role("button", name="To the teacher's step").click()
    for student, value in ((phone, "100"), (desk, "300")):
        student.locator(".dl-lesson-slide input").fill(value)
    expect(strip(teacher)).to_contain_text("2 here · 2 answered")
    strip(teacher).get_by_role("button", name="Show the answers").click()
    expect(teacher.locator(".dl-room-dots i")).to_have_count(2)

    teacher.get_by_role("button", name="Next", exact=True).click()
    strip(desk).get_by_role("checkbox", name="Follow the teacher").check()
    for student in (phone, desk):
        expect(student.get_by_role("heading", name="What helps")).to_be_visible()
        student.get_by_role("radio", name="Momentum").check()
    expect(strip(teacher)).to_contain_text("2 here · 2 answered")
    strip(teacher).get_by_role("button", name="Show the answers").click()
    chosen = teacher.locator(".dl-lesson-choice label").filter(has_text="Momentum")
    expect(chosen).to_contain_text("2 (100 %)")
    teacher.reload()
    expect(chosen).to_contain_text("2 (100 %)")
    expect(strip(teacher)).to_contain_text(f"Room {code}")

    phone.context.set_offline(True)
    expect(strip(phone)).to_contain_text("No connection")
    phone.context.set_offline(False)
    expect(strip(phone)).to_contain_text("The teacher shows the answers.")

    power.on()
    for page in (teacher, phone, desk):
        expect(strip(page)).to_contain_text("The server was started anew, and the room is gone.")
    phone.get_by_role("button", name=re.compile("Run it")).click()
    expect(phone.get_by_role("heading", name="What happened")).to_be_visible()
    assert [query for query in asked if parse_qs(query).get("code") != [code]] == [""]  # the one that opened it
