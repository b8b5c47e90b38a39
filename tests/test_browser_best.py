"""The table of all rules at their best, and the performance profile, in a browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
from playwright.sync_api import Page, Route, expect

from core.number import short
from links.best import Found, SURFACES, found
from optimizers import OPTIMIZERS
from player.messages.best import profile, row
from tests.conftest import NewPage
from tests.explored import settings
from tests.race_page import eventually, go

LINK = "view=best&steps=40&surface=two_wells"


def at(page: Page, link: str = LINK) -> Page:
    """The table at a link, on a page that may be open already."""
    go(page, f"/explore?{link}")
    sort = dict(parse_qsl(link)).get("sort", "evaluations")
    head = page.locator(f'.dl-best thead th[data-column="{sort.strip("-")}"]')
    expect(head).to_have_attribute("aria-sort", "descending" if sort.startswith("-") else "ascending")
    return page


def complete(page: Page) -> Page:
    expect(page.locator(".dl-best-table-job .dl-best-count")).to_have_text(f"{len(OPTIMIZERS)} of {len(OPTIMIZERS)} rules")
    return page


def column(page: Page, name: str) -> list[str]:
    """What stands in a column, from the top."""
    return page.locator(f'.dl-best tbody [data-column="{name}"]').all_text_contents()


def rules(page: Page) -> list[str]:
    return page.locator(".dl-best tbody th").all_text_contents()


def ranked(its: dict[str, Found], key: dict[str, float], down: bool = False) -> list[str]:
    """The rules by their numbers; of equals the one that came lower, then the one that the catalogue has first."""
    return sorted(OPTIMIZERS, key=lambda name: (-key[name] if down else key[name], its[name].best.gap))


def titles(names: list[str]) -> list[str]:
    return [OPTIMIZERS[name]().title for name in names]


def a_row() -> bytes:
    flat = settings(LINK)
    return row(flat, found(flat, "momentum"))


def heard(page: Page, of: list[str]) -> list[str]:
    """What the browser has told of by now: it is listened to while it is asked something."""
    page.title()
    return of


def test_the_table_is_sorted_by_mouse_and_keyboard_and_the_link_keeps_it(open_page: NewPage, tmp_path: Path):
    page = complete(at(open_page()))
    its: dict[str, Found] = {name: found(settings(LINK), name) for name in OPTIMIZERS}
    steps, gap = ({name: getattr(each.best, what) for name, each in its.items()} for what in ("evaluations", "gap"))
    assert rules(page) == titles(ranked(its, steps))
    arrived = sum(np.isfinite(list(steps.values())))
    assert 0 < arrived < len(steps)
    assert column(page, "steps")[arrived:] == ["not reached"] * (len(steps) - arrived)
    head = page.locator('.dl-best thead th[data-column="gap"]')
    head.locator("button").click()
    eventually(lambda: rules(page), lambda now: now == titles(ranked(its, gap)))
    expect(page).to_have_url(re.compile(r"[?&]sort=gap\b"))
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert rules(page) == titles(ranked(its, gap, down=True))
    expect(page).to_have_url(re.compile(r"[?&]sort=-gap\b"))
    expect(page.locator('.dl-best thead th[data-column="steps"]')).to_have_attribute("aria-sort", "none")
    complete(at(page, f"{LINK}&sort=-share"))
    shares = {name: np.isfinite(each.elsewhere).mean() for name, each in its.items()}
    assert rules(page) == titles(ranked(its, shares, down=True))
    with page.expect_download() as saved:
        page.locator(".dl-best-csv").click()
    saved.value.save_as(tmp_path / "table.csv")
    assert saved.value.suggested_filename == "best_two_wells.csv"
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as table:
        lines = list(csv.reader(table))
    assert [line[0] for line in lines[1:]] == rules(page)
    assert [float(line[1]) for line in lines[1:]] == [its[name].best.steps for name in ranked(its, shares, down=True)]
    page.locator('.dl-best thead th[data-column="settings"] button').click()
    rates = {name: float(vars(each.best.rule)["lr"]) for name, each in its.items()}
    eventually(lambda: rules(page), lambda now: now == titles(ranked(its, rates)))


def test_a_row_and_the_first_four_open_in_the_race(open_page: NewPage):
    page = complete(at(open_page()))
    first = rules(page)[:4]
    link = page.locator(".dl-best-first").get_attribute("href") or ""
    own = page.locator(".dl-best tbody a").first.get_attribute("href") or ""
    go(page, f"/?{own.partition('?')[2]}&at=0")
    expect(page.locator(".dl-panel .dl-title")).to_have_text([first[0]])
    go(page, f"/?{link.partition('?')[2]}&at=0")
    expect(page.locator(".dl-panel .dl-title")).to_have_text(first)


def test_the_work_is_stopped_gone_on_with_and_ends_with_the_view(open_page: NewPage):
    page = complete(at(open_page()))
    asked: list[str] = []
    lost: list[str] = []
    few = 3
    body = a_row()

    def hold(route: Route) -> None:
        """Answers the first few, and no other."""
        asked.append(route.request.url)
        if len(asked) <= few:
            route.fulfill(body=body)

    page.on("requestfailed", lambda request: lost.append(request.url))
    page.route("**/best/*", hold)
    at(page, f"{LINK}&x=1")
    count, toggle = page.locator(".dl-best-table-job .dl-best-count"), page.locator(".dl-best-table-job .dl-best-toggle")
    expect(count).to_have_text(f"{few} of {len(OPTIMIZERS)} rules")
    eventually(lambda: heard(page, asked), lambda now: len(now) == few + 1)
    toggle.click()
    expect(toggle).to_have_text("Continue")
    eventually(lambda: heard(page, lost), lambda now: now == asked[few:])
    page.unroute("**/best/*")
    page.route("**/best/*", lambda route: route.fulfill(body=body))
    toggle.click()
    complete(page)
    expect(toggle).to_be_hidden()
    asked.clear()
    page.route("**/best/*", hold)
    at(page, f"{LINK}&x=1.5")
    eventually(lambda: heard(page, asked), lambda now: len(now) == few + 1)
    go(page, "/catalogue?")
    eventually(lambda: heard(page, lost)[-1], lambda now: now == asked[-1])


def test_the_profile_is_begun_by_a_click_and_read_by_pointer_and_keys(open_page: NewPage):
    flat = settings(LINK)
    its = [found(flat, name) for name in OPTIMIZERS]
    solved = [name for name, each in zip(OPTIMIZERS, its, strict=True) if np.isfinite(each.best.evaluations)]
    page, row_of_all, profile_of_all = open_page(), a_row(), profile(flat, [its] * len(SURFACES))
    page.route("**/best/*", lambda route: route.fulfill(body=row_of_all))
    page.route("**/profile/*", lambda route: route.fulfill(body=profile_of_all))
    at(page, f"{LINK}&1.rule=newton")
    complete(page)
    expect(page.locator(".dl-profile")).to_be_hidden()
    page.locator(".dl-best-begin").click()
    expect(page.locator(".dl-best-profile .dl-best-count")).to_have_text(f"{len(SURFACES)} of {len(SURFACES)} surfaces")
    expect(page).to_have_url(re.compile(r"[?&]profile=1\b"))
    shares = page.locator(".dl-profile-legend li")
    text = dict(zip(shares.locator("span").all_text_contents(), shares.locator("b").all_text_contents(), strict=True))
    assert text == {OPTIMIZERS[name]().title: "100 %" if name in solved else "0 %" for name in OPTIMIZERS}
    plot = page.locator(".dl-profile-plot")
    plot.focus()
    page.keyboard.press("Home")
    cheapest = min(each.best.evaluations for each in its)
    best = {OPTIMIZERS[name]().title for name, each in zip(OPTIMIZERS, its, strict=True) if each.best.evaluations == cheapest}
    read = dict(zip(shares.locator("span").all_text_contents(), shares.locator("b").all_text_contents(), strict=True))
    assert {title for title, share in read.items() if share == "100 %"} == best
    for _press in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".dl-profile-legend p")).to_have_text(f"at τ = {short(2**0.5)}")
    expect(plot).to_have_attribute("aria-valuetext", re.compile(rf"^at τ = {short(2**0.5)}: Newton \d+ %$"))
    page.locator('.dl-profile-legend button[data-rule="adam"]').click()
    expect(page).to_have_url(re.compile(r"[?&]1\.rule=adam\b"))
    expect(page.locator(".dl-best tr[data-picked] th")).to_have_text("Adam")
    with page.expect_download() as saved:
        page.locator(".dl-best-profile .dl-picture").click()
    assert saved.value.suggested_filename == "performance_profile.png"
    page.set_viewport_size({"width": 390, "height": 844})
    eventually(lambda: page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth"))
