"""The Train page in a browser: curves that grow, a pause, a lane that is looked at and set, and what is said where a training is lost."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from core.number import fixed
from links.trained import advanced, read, training, what_is_trained
from player.messages.train import trained, waiting
from tests.conftest import NewPage
from tests.race_page import eventually, go

LINK = "v=1&lanes=3&steps=200"
SAVED = "train_digits_32.png"


def at(page: Page, link: str = LINK) -> Page:
    """The page at a link, on one that may be open already, trained to the end."""
    go(page, f"/train?{link}")
    lanes = dict(parse_qsl(link)).get("lanes", "7")
    expect(page.locator(".dl-train tbody tr")).to_have_count(int(lanes))
    return over(page)


def over(page: Page) -> Page:
    expect(page.locator(".dl-train")).to_have_count(1)  # what stood here before goes last
    expect(page.locator(".dl-train")).to_have_attribute("data-state", "over")
    return page


def cells(page: Page, row: int) -> dict[str, str]:
    """What stands in a lane's row, by column."""
    found = page.locator(f".dl-train tbody tr:nth-child({row}) td")
    return dict(zip(found.evaluate_all("(all) => all.map((cell) => cell.dataset.column)"), found.all_text_contents(), strict=True))


def reached(link: str, i: int) -> dict[str, str]:
    """What the table is to say of a lane, from a training at once."""
    loss, test_loss, accuracy, test_accuracy = training(what_is_trained(read(dict(parse_qsl(link))), i)).run().curves[:4, -1]
    values = {"loss": loss, "test_loss": test_loss, "accuracy": accuracy, "test_accuracy": test_accuracy}
    return {name: fixed(float(np.float32(value))) for name, value in values.items()}


def test_it_trains_by_itself_and_a_lane_is_looked_at_and_set(open_page: NewPage):
    page = at(open_page())
    for i in (1, 3):
        assert cells(page, i).items() >= reached(LINK, i).items()
    asked: list[dict[str, str]] = []
    page.on("request", lambda request: asked.append(dict(parse_qsl(urlsplit(request.url).query))) if "/training?" in request.url else None)
    page.locator(".dl-train tbody tr:nth-child(3) button").click()
    expect(page).to_have_url(re.compile(r"[?&]lane=3\b"))
    expect(page.locator(".dl-train figcaption").first).to_contain_text("Nesterov")
    rate = page.locator(".st-key-3-lr input[type=range]")
    rate.focus()
    page.keyboard.press("ArrowLeft")
    eventually(lambda: page.evaluate("location.search"), lambda query: "3.lr=" in query)
    expect(page.locator(".dl-train tbody tr:nth-child(3) td[data-column=rate]")).not_to_have_text("0.315")
    link = page.evaluate("location.search")[1:]
    over(page)
    eventually(lambda: cells(page, 3).items() >= reached(link, 3).items())
    assert cells(page, 1).items() >= reached(LINK, 1).items()
    assert {each["lane"] for each in asked} <= {"1", "3"}


def test_a_pause_stops_the_asking_and_leaving_the_page_does(open_page: NewPage):
    page, flat = at(open_page()), read(dict(parse_qsl(LINK)))
    some, finished = trained(flat, {i: advanced(what_is_trained(flat, i), None, 0.0, i == 1) for i in (1, 2, 3)})
    assert not finished
    asked: list[str] = []

    def little(route: Route) -> None:
        """Brings what has come so far, and never all of it."""
        asked.append(route.request.url)
        route.fulfill(body=some)

    page.route("**/training?*", little)
    page.locator(".dl-train-anew").click()
    toggle = page.locator(".dl-train-toggle")
    expect(toggle).to_have_text("Pause")
    eventually(lambda: heard(page, asked), lambda now: len(now) > 2)
    toggle.click()
    expect(toggle).to_have_text("Continue")
    expect(page.locator(".dl-train")).to_have_attribute("data-state", "paused")
    stood = len(heard(page, asked))
    toggle.click()
    eventually(lambda: heard(page, asked), lambda now: len(now) > stood)
    token = again(asked[-1])
    assert again(asked[stood - 1]) == token, "it goes on with what was begun"
    go(page, "/catalogue?")
    expect(page.locator(".dl-train")).to_have_count(0)
    left = len(heard(page, asked))
    go(page, "/train?v=1&lanes=1&steps=10")
    expect(page.locator(".dl-train-count")).not_to_be_empty()
    eventually(lambda: len(heard(page, asked)) > left)
    assert token not in map(again, asked[left:]), "nobody asks for what was left"
    page.unroute("**/training?*")


def test_who_waits_sees_their_place(open_page: NewPage):
    page = open_page()
    page.route("**/training?*", lambda route: route.fulfill(body=waiting(3)))
    go(page, "/train?v=1&lanes=1&steps=20&seed=8")
    expect(page.locator(".dl-train-count")).to_contain_text("Others are training: 3 before you in the queue.")
    page.unroute("**/training?*")
    over(page)


def again(url: str) -> str:
    """What a request began anew."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))["again"]


def heard(page: Page, of: list[str]) -> list[str]:
    """What the browser has asked by now: it is listened to while it is asked something."""
    page.title()
    return of


def test_a_lost_training_is_said_and_tried_again(open_page: NewPage):
    page = open_page()
    page.route("**/training?*", lambda route: route.fulfill(body=waiting(0, "The process was ended.")))
    go(page, "/train?v=1&lanes=1&steps=100&seed=5")
    expect(page.locator(".dl-train-count")).to_contain_text("The process was ended.")
    expect(page.locator(".dl-train-toggle")).to_have_text("Try again")
    page.unroute("**/training?*")
    page.locator(".dl-train-toggle").click()
    over(page)
    expect(page.locator(".dl-train-count")).to_have_text(re.compile("^100 of 100 steps · 2.78 epochs$"))


@pytest.mark.parametrize(("viewport", "scheme"), [((390, 844), "dark"), ((1440, 900), "light")])
def test_it_fits_and_is_saved_as_a_picture_and_tells_of_divergence(open_page: NewPage, viewport: tuple[int, int], scheme: str):
    page = at(open_page(viewport=viewport, color_scheme=scheme), f"{LINK}&1.lr=1e6&over=epochs")
    eventually(lambda: page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth"))
    expect(page.locator(".dl-train tbody tr").first).to_contain_text(re.compile(r"diverged at step \d+"))
    with page.expect_download() as saved:
        page.locator(".dl-train .dl-picture").click()
    assert saved.value.suggested_filename == SAVED


def test_parts_are_left_out_as_a_link_says(open_page: NewPage):
    page = at(open_page(), f"{LINK}&hide=controls,lanes,pictures")
    expect(page.locator(".dl-train-curves")).to_be_visible()
    for part in (".st-key-controls_train", ".dl-train-scroll", ".dl-train-pictures"):
        expect(page.locator(part)).to_be_hidden()
