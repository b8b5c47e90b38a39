"""The file of a race that plays by itself: what is in it, and what a browser without a network makes of it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from core import InputError
from export.address import asked
from export.page import html
from tests.race_page import eventually
from tests.test_player import unpacked
from views.export.page import elsewhere

LINK = "http://lab.example.edu/?lanes=4&steps=200"
DATA = "data?surface=linear_regression&lanes=2&steps=60"
MOST = 400_000  # bytes of four lanes with 200 steps, in both languages


def file_of(link: str, title: str = "") -> str:
    return html(asked(link)[0], title).decode()


def script_in(file: str) -> str:
    [script] = re.findall(r"<script>(.*?)</script>", file, re.DOTALL)
    return script


def told_in(file: str) -> dict:
    [data] = re.findall(r'id="dl-told">(.*?)</script>', file)
    return unpacked(b64decode(data))


def test_a_link_gives_the_same_bytes_and_not_too_many():
    assert file_of(LINK) == file_of(LINK)
    assert len(file_of(LINK).encode()) < MOST


@pytest.mark.parametrize("link", [LINK, DATA])
def test_a_file_loads_nothing_and_makes_no_code_of_text(link: str):
    file = file_of(link)
    assert re.findall(r"blob:|\beval\(|\bFunction\(|\bimport\(|@import|url\(|<link (?!rel=\"icon\" href=\"data:)|\bsrc=", file) == []
    policy = re.findall(r'Content-Security-Policy" content="(.*?)"', file)[0]
    digest = b64encode(sha256(script_in(file).encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{digest}'; ")


def test_a_title_is_text_and_a_link_leads_back_to_where_the_file_came_from():
    file = file_of(LINK, "</script><script>alert(1)</script>")
    assert "<script>alert" not in file
    told = told_in(file)
    assert {each["title"] for each in told["languages"]} == {"</script><script>alert(1)</script>"}
    assert told["live"].startswith("http://lab.example.edu/?v=1&")
    assert told_in(file_of("lanes=4"))["live"] == ""


def test_a_file_does_not_name_a_surface_that_is_left_out():
    assert "<title>A surface</title>" in file_of("lanes=1&hide=surface")


def test_a_file_has_what_charts_can_show_and_every_language():
    told = told_in(file_of("lanes=2&2.rule=adam&lang=ko"))
    assert [each["language"] for each in told["languages"]] == ["ko", "en"]
    for each in told["languages"]:
        for lane in each["lanes"]:
            assert sorted(lane["further"]) == sorted(lane["offers"]) != []


def test_what_does_not_play_without_a_server_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="The page explore does not play"):
        html(asked("explore?measure=final")[0])


def test_the_route_gives_the_file_and_says_what_is_wrong_with_a_link(server: str):
    with urlopen(f"{server}/export/page?lanes=1&steps=20&title=Hello") as answer:
        file = answer.read().decode()
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''two_wells_gradient_descent.html"
    assert "<title>Hello</title>" in file
    with urlopen(f"{server}/export/page?lanes=1&steps=20&inline=1") as answer:
        assert answer.headers["Content-Disposition"].startswith("inline; ")
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server}/export/page?lanes=99")
    assert (refused.value.code, refused.value.headers.get_content_type()) == (400, "text/plain")
    assert "lanes=99 was ignored" in refused.value.read().decode()


def test_a_file_leads_nobody_to_the_computer_that_it_was_made_on():
    assert elsewhere("http://localhost:8501/data") == elsewhere("http://127.0.0.1/") == elsewhere("") == ""
    assert elsewhere("https://lab.example.edu/data") == "https://lab.example.edu/data"


@contextmanager
def opened(browser: Browser, file: Path, size: tuple[int, int] = (1440, 900), **options) -> Iterator[Page]:
    """The file as a person opens it from a disk, without a network; nothing may be asked for, and nothing written to the console."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
    page = context.new_page()
    noticed: list[str] = []
    page.on("console", lambda message: noticed.append(message.text))
    page.on("pageerror", lambda error: noticed.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else noticed.append(request.url))
    try:
        page.goto(file.as_uri())
        yield page
        assert noticed == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def race(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "race.html"
    path.write_bytes(html(asked(f"{LINK}&speed=0.5")[0]))
    return path


def count(page: Page) -> int:
    return int(page.locator(".dl-count").inner_text().split("/")[0])


def drawn(page: Page, canvas: str) -> str:
    return page.locator(canvas).first.evaluate("(canvas) => canvas.toDataURL()")


def pressed_until(page: Page, step: int) -> None:
    """Stand at a step near the start, by the keys."""
    page.keyboard.press("Home")
    for _ in range(step):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".dl-count")).to_have_text(f"{step} / 200")


def test_it_plays_from_a_disk(browser: Browser, race: Path):
    with opened(browser, race) as page:
        expect(page.locator(".dl-title").first).to_have_text("Two wells")
        eventually(lambda: count(page), lambda step: step > 3)  # by itself
        page.keyboard.press("Space")
        expect(page.locator(".dl-play")).to_have_attribute("data-state", "play")
        pressed_until(page, 2)
        trail, curve = drawn(page, ".dl-trail"), drawn(page, ".dl-loss")
        pressed_until(page, 5)
        eventually(lambda: drawn(page, ".dl-trail"), lambda now: now != trail)
        eventually(lambda: drawn(page, ".dl-loss"), lambda now: now != curve)
        page.keyboard.press("End")
        expect(page.locator(".dl-count")).to_have_text("200 / 200")
        badge = page.locator("button.dl-verdict[data-tells]").first
        badge.click()  # what is said of the run is there too
        expect(page.locator(".dl-account").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-account").first).to_be_hidden()
        page.locator(".dl-play").click()
        eventually(lambda: count(page), lambda step: 0 < step < 200)


def test_it_speaks_another_language_and_has_another_look_at_the_same_step(browser: Browser, race: Path):
    with opened(browser, race) as page:
        pressed_until(page, 4)
        ground = drawn(page, ".dl-levels")
        page.locator(".dl-language").select_option("ko")
        expect(page.locator(".dl-panel .dl-title").first).to_have_text("경사 하강법")
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        expect(page.locator(".dl-count")).to_have_text("4 / 200")
        page.locator(".dl-look").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 27)"
        eventually(lambda: drawn(page, ".dl-levels"), lambda now: now != ground)


def test_it_is_turned_in_space_and_zoomed_by_a_box(browser: Browser, race: Path):
    with opened(browser, race, color_scheme="dark") as page:
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        pressed_until(page, 4)
        expect(page.locator(".dl-stage .dl-home").first).to_be_hidden()
        box = page.locator(".dl-map").first.bounding_box()
        assert box
        page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.6 * box["height"], steps=3)
        page.mouse.up()
        expect(page.locator(".dl-stage .dl-home")).to_have_count(4)  # the map of all lanes is not there
        for home in page.locator(".dl-stage .dl-home").all():
            expect(home).to_be_visible()  # a zoom of one is a zoom of all
        zoomed = drawn(page, ".dl-levels")
        page.locator(".dl-stage .dl-home").first.click()
        expect(page.locator(".dl-stage .dl-home").last).to_be_hidden()
        eventually(lambda: drawn(page, ".dl-levels"), lambda now: now != zoomed)
        page.locator(".dl-3d").click()
        expect(page.locator(".dl-scene")).to_have_count(4)
        scene = drawn(page, ".dl-scene")
        page.locator(".dl-scene").first.press("ArrowLeft")
        eventually(lambda: drawn(page, ".dl-scene"), lambda now: now != scene)


def test_a_part_of_a_surface_can_be_left_for_all_of_it(browser: Browser, tmp_path: Path):
    file = tmp_path / "zoomed.html"
    file.write_bytes(html(asked("lanes=1&at=0&zoom=8&zoom.x=0&zoom.y=0")[0]))
    with opened(browser, file) as page:
        expect(page.locator(".dl-stage .dl-home").first).to_be_visible()
        near = drawn(page, ".dl-levels")
        page.locator(".dl-stage .dl-home").first.click()
        expect(page.locator(".dl-stage .dl-home").first).to_be_hidden()
        eventually(lambda: drawn(page, ".dl-levels"), lambda now: now != near)
        blank = """(canvas) => {
          const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          pen.drawImage(canvas, -canvas.width / 2, -12);
          return pen.getImageData(0, 0, 1, 1).data[3];
        }"""
        eventually(lambda: page.locator(".dl-levels").evaluate(blank), lambda alpha: alpha == 255)  # up to the edge there is a surface
        page.locator(".dl-map").first.hover()
        page.keyboard.down("Control")
        page.mouse.wheel(0, 400)  # no farther
        page.keyboard.up("Control")
        eventually(lambda: page.locator(".dl-map").first.evaluate("(map) => map.style.transform"), lambda moved: moved == "")
        eventually(lambda: page.locator(".dl-levels").evaluate(blank), lambda alpha: alpha == 255)
        expect(page.locator(".dl-stage .dl-home").first).to_be_hidden()


def test_on_a_phone_and_in_a_frame(browser: Browser, race: Path, tmp_path: Path):
    with opened(browser, race, (390, 844), has_touch=True, is_mobile=True) as page:
        expect(page.locator(".dl-large .dl-levels")).to_be_visible()
        assert page.locator(".dl-panel:not(.dl-large) .dl-map").first.is_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator(".dl-play").tap()
        expect(page.locator(".dl-play")).to_have_attribute("data-state", "play")
    slides = tmp_path / "slides.html"
    slides.write_text(f'<!doctype html><link rel="icon" href="data:,"><iframe src="{race.as_uri()}" width="900" height="500"></iframe>')
    with opened(browser, slides) as page:
        frame = page.frame_locator("iframe")
        expect(frame.locator(".dl-lane .dl-levels")).to_have_count(4)
        eventually(lambda: frame.locator(".dl-count").inner_text(), lambda text: not text.startswith("0"))


def test_a_race_on_data_shows_its_data(browser: Browser, tmp_path: Path):
    file = tmp_path / "data.html"
    file.write_bytes(html(asked(DATA)[0]))
    with opened(browser, file) as page:
        page.keyboard.press("Home")
        examples = drawn(page, ".dl-examples-plot")
        page.keyboard.press("End")
        eventually(lambda: drawn(page, ".dl-examples-plot"), lambda now: now != examples)
