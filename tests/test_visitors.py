"""What the browser tests rest on: who comes after another finds nothing of theirs, and what goes wrong on a page is noticed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.conftest import NewPage
from tests.race_page import RacePage, eventually
from tests.visitors import BLANK, Visitor, Visitors

KEPT = """async () => ({
    cookie: document.cookie.includes("a=1"), local: { ...localStorage }, session: { ...sessionStorage }, name: window.name,
    bases: (await indexedDB.databases()).length, caches: await caches.keys(), history: history.length > 2, left: window.left ?? null,
    clipboard: (await navigator.permissions.query({ name: "clipboard-read" })).state, answer: await (await fetch("/answer")).text(),
    print: matchMedia("print").matches, dark: matchMedia("(prefers-color-scheme: dark)").matches,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches, size: [innerWidth, innerHeight],
})"""
LEAVE = """async () => {
    document.cookie = "a=1";
    localStorage.a = sessionStorage.a = 1;
    await new Promise((done) => { indexedDB.open("a").onsuccess = done; });
    await caches.open("a");
    window.name = "a";
    history.pushState({}, "", "?a");
}"""


def come(visitors: Visitors, server: str) -> Visitor:
    visitor = visitors.come(server, (1440, 900), "light", locale="en-GB")
    visitor.page.goto(f"/{BLANK}")
    return visitor


def test_who_comes_after_another_finds_nothing_of_theirs(visitors: Visitors, server: str):
    first = come(visitors, server)
    page, before = first.page, first.page.evaluate(KEPT)
    page.set_viewport_size({"width": 300, "height": 300})
    page.context.grant_permissions(["clipboard-read"])
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    page.add_init_script("window.left = 1")
    page.route("**/answer", lambda route: route.fulfill(body="routed"))
    page.reload()
    page.evaluate(LEAVE)
    after = page.evaluate(KEPT)
    assert {key for key in before if before[key] == after[key]} == set()
    visitors.leave(first)
    second = come(visitors, server)
    assert second is first, "in the same tab, whose scripts are compiled"
    assert second.page.evaluate(KEPT) == before
    assert second.errors == []
    visitors.leave(second)


def test_two_who_are_there_at_once_are_two(visitors: Visitors, server: str):
    first, second = come(visitors, server), come(visitors, server)
    first.page.evaluate(LEAVE)
    assert second.page.evaluate("[localStorage.a ?? '', document.cookie.includes('a=1')]") == ["", False]
    for visitor in (first, second):
        visitors.leave(visitor)


def test_a_page_that_stays_open_is_as_it_was_left_but_plays_no_more_and_nothing_is_left_around_it(visitors: Visitors, server: str):
    regular = visitors.regular(server)
    race = RacePage.shown(regular.page, "at=0&steps=1000&lanes=1")
    around = """async () => [(await navigator.permissions.query({ name: "clipboard-read" })).state, await (await fetch("/answer")).text()]"""
    before = regular.page.evaluate(around)
    regular.page.evaluate("window.left = 1")
    regular.page.context.grant_permissions(["clipboard-read"])
    regular.page.route("**/answer", lambda route: route.fulfill(body="routed"))
    assert all(now != was for now, was in zip(regular.page.evaluate(around), before, strict=True))
    race.press("Space")
    eventually(race.playing)
    visitors.rest(regular)
    assert visitors.regular(server) is regular
    eventually(race.playing, lambda playing: not playing)
    assert regular.page.evaluate("window.left") == 1
    assert regular.page.evaluate(around) == before
    race.go("at=5&lanes=2&surface=bowl")
    race.titled("Gradient descent", "Momentum")
    assert set(race.steps()) == {5}
    assert race.query() == {"v": "1", "lanes": "2", "surface": "bowl"}
    assert regular.page.evaluate("window.left") == 1, "nothing was loaded anew"
    visitors.rest(regular)


def test_where_time_was_stopped_nobody_comes_again(visitors: Visitors, server: str):
    first = come(visitors, server)
    race = RacePage.__new__(RacePage)
    race.page = first.page
    race.stop_time()
    visitors.leave(first)
    second = come(visitors, server)
    assert second is not first
    visitors.leave(second)


@pytest.mark.parametrize("script", ["console.error('this')", "setTimeout(() => { throw new Error('this'); })"])
def test_an_error_on_a_page_is_noticed(visitors: Visitors, server: str, script: str):
    visitor = come(visitors, server)
    visitor.page.evaluate(script)
    eventually(lambda: visitor.page.evaluate("1") and visitor.errors, lambda errors: any("this" in error for error in errors))
    visitors.leave(visitor)


def test_a_request_to_another_host_is_noticed(visitors: Visitors, server: str):
    visitor = come(visitors, server)
    visitor.page.route("http://elsewhere.example/", lambda route: route.fulfill(body="elsewhere"))
    visitor.page.goto("http://elsewhere.example/")
    assert visitor.errors == ["asked for http://elsewhere.example/"]
    visitors.leave(visitor)


def test_a_page_is_english_light_and_of_a_laptops_size_unless_asked_otherwise(page: Page, new_page: NewPage):
    script = "[navigator.language, innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches]"
    assert page.evaluate(script) == ["en-US", 1440, 900, False]
    assert new_page(viewport=(390, 844), locale="ko-KR", color_scheme="dark").evaluate(script) == ["ko-KR", 390, 844, True]
