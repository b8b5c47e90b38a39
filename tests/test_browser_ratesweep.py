"""The sweep over rates of the Train page in a browser: it fills itself, is stopped and gone on with, and its rates become the page's; and what the
chart in the middle of the curves shows.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, expect

from core.number import fixed, short
from links.ratesweep import rates_of, sweep_of, whole
from links.trained import read
from player.messages.ratesweep import best_of
from tests.conftest import NewPage
from tests.race_page import eventually, go
from tests.test_browser_access import faultless
from tests.test_browser_train import over

LINK = "v=1&show=rates&lanes=2&steps=60&sweep.low=0.01&sweep.high=10&sweep.per=1&sweep.seeds=2"


def at(page: Page, link: str = LINK) -> Page:
    """The sweep of a link, on a page that may be open already, to its end."""
    go(page, f"/train?{link}")
    expect(page.locator(".dl-ratesweep tbody tr")).to_have_count(2)
    return over(page)


def row(page: Page, i: int) -> list[str]:
    return page.locator(f".dl-ratesweep tbody tr:nth-child({i}) td").all_text_contents()


def wanted(link: str, i: int) -> list[str]:
    """What the table is to say of a lane: its best rate, the accuracies there, the gap, and from where on it diverges."""
    flat = read(dict(parse_qsl(link)))
    lane = [[whole(key) for key in keys] for keys in sweep_of(flat)[i - 1]]
    best = best_of(lane)
    assert best
    diverges = [short(rate) for rate, each in zip(rates_of(flat), lane, strict=True) if any(end.diverged for end in each)]
    edge = " · end of the grid" if best.place in (0, len(lane) - 1) else ""
    spread = f" ({fixed(best.least)} – {fixed(best.most)})"
    numbers = [fixed(best.validation), fixed(best.test) + spread, fixed(best.training - best.test, 2)]
    return [short(rates_of(flat)[best.place]) + edge, *numbers, *(diverges[:1] or ["–"])]


def test_it_fills_itself_and_its_rates_become_the_pages(open_page: NewPage):
    page = at(open_page())
    assert [row(page, i) for i in (1, 2)] == [wanted(LINK, i) for i in (1, 2)]
    expect(page.locator(".dl-train-count")).to_have_text("16 of 16 trainings")
    faultless(page)
    page.locator(".dl-ratesweep tbody tr:nth-child(2) button").click()
    expect(page).to_have_url(re.compile(r"[?&]lane=2\b"))
    rates = [wanted(LINK, i)[0].partition(" ")[0] for i in (1, 2)]
    page.locator(".dl-ratesweep-take").click()
    eventually(lambda: page.evaluate("location.search"), lambda query: f"1.lr={float(rates[0])}" in query)
    assert row(page, 1)[0].startswith(rates[0])
    page.go_back()
    eventually(lambda: page.evaluate("location.search"), lambda query: "1.lr=" not in query and "lane=2" in query)
    with page.expect_download() as saved:
        over(page).locator(".dl-train .dl-picture").click()
    assert saved.value.suggested_filename == "rates_digits_32.png"


def test_it_is_stopped_and_gone_on_with(open_page: NewPage):
    page = at(open_page())
    page.route("**/ratesweep?*", lambda route: None)  # no answer comes
    page.locator(".dl-train-anew").click()
    toggle = page.locator(".dl-train-toggle")
    expect(toggle).to_have_text("Stop")
    toggle.click()
    expect(toggle).to_have_text("Continue")
    page.unroute("**/ratesweep?*")
    toggle.click()
    over(page)
    expect(page.locator(".dl-train-count")).to_have_text("16 of 16 trainings")


@pytest.mark.parametrize(("viewport", "scheme"), [((390, 844), "dark")])
def test_it_fits_and_speaks_korean(open_page: NewPage, viewport: tuple[int, int], scheme: str):
    page = at(open_page(viewport=viewport, color_scheme=scheme), f"{LINK}&lang=ko")
    eventually(lambda: page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth"))
    expect(page.locator(".dl-ratesweep thead th").nth(1)).to_have_text("가장 좋은 η")
    expect(page.locator(".dl-ratesweep-take")).to_have_text("이 학습률 쓰기")


def test_the_chart_in_the_middle_shows_what_is_chosen(open_page: NewPage):
    page = open_page()
    go(page, "/train?v=1&lanes=1&steps=60&1.schedule=plateau")
    expect(page.locator(".dl-train:not(.dl-ratesweep)")).to_have_count(1)  # it comes beside the rates of the page before, which then go
    over(page)
    menu, canvas = page.locator(".dl-train .dl-choose"), page.locator("canvas.dl-train-middle")
    expect(menu).to_have_value("rate")
    expect(canvas).to_have_attribute("aria-label", re.compile("^Learning rate η"))
    menu.select_option("validation_loss")
    expect(canvas).to_have_attribute("aria-label", re.compile("^Validation loss"))
    eventually(lambda: page.evaluate("location.search"), lambda query: "curve=validation_loss" in query)
    expect(menu.locator("option")).to_have_text(["Test loss", "Validation loss", "Learning rate η"])
    page.go_back()
    expect(menu).to_have_value("rate")
