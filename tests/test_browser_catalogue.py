"""The Catalogue in a browser: it looks right in both languages and on a phone, and the way to the race and back loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from landscapes import LANDSCAPES
from links.catalogue import SECTIONS
from links.entries import RULES
from locales import LANGUAGES, translations
from tests.conftest import NewPage, RaceAt
from tests.race_page import eventually, go, idle

SETTINGS = "surface=bowl&lanes=2&2.lr=0.05&steps=150"


def turned(page: Page, address: str = "", cards: int = len(LANDSCAPES)) -> Page:
    """The Catalogue on a page that may be open already."""
    go(page, f"/catalogue?{address}")
    expect(page.locator("h3")).to_have_count(cards)
    idle(page)
    return page


def top_of(page: Page, anchor: str) -> float:
    return page.locator(f"#{anchor}").evaluate("(heading) => heading.getBoundingClientRect().top")


@pytest.mark.parametrize(("locale", "title"), [("en-US", "Two wells"), ("ko-KR", "두 우물")])
def test_it_opens_directly_in_both_languages_and_fits_its_window(new_page: NewPage, locale: str, title: str):
    page = new_page(viewport=(390, 900), locale=locale)
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    overflow = "[...document.querySelectorAll('.stMain, [class*=st-key-card-] .dl-facts')].filter((e) => e.scrollWidth > e.clientWidth + 1).length"
    page.goto("/catalogue?section=surfaces")
    for section, entries in SECTIONS.items():
        turned(page, f"section={section}", len(entries))
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            eventually(lambda: page.evaluate("innerWidth"), lambda now, width=width: now == width)
            expect(page.locator(".stMain")).to_be_visible()
            eventually(lambda section=section, width=width: (section, width, page.evaluate(overflow)), lambda now: now[-1] == 0)  # with its fonts
        if section == "surfaces":
            expect(page.locator("h3", has_text=title)).to_have_count(1)
    assert failed == []
    assert page.get_by_test_id("stException").count() == 0


def test_every_map_is_drawn(open_page: NewPage):
    page = turned(open_page())
    images = page.locator(".dl-picture img")
    expect(images).to_have_count(len(LANDSCAPES))
    sizes: Any = lambda: images.evaluate_all("(all) => all.map((img) => [img.complete, img.naturalWidth, img.clientWidth])")  # noqa: E731
    eventually(sizes, lambda now: all(complete and natural > 300 and shown > 250 for complete, natural, shown in now))
    assert page.locator(".dl-picture > div").first.evaluate("(mask) => getComputedStyle(mask).maskImage").startswith("url(")


def test_a_name_in_the_index_leads_to_its_entry(open_page: NewPage):
    page = turned(open_page(), "section=rules", len(RULES))
    expect(page.locator("[class*=st-key-card-]:not(:has(.katex))")).to_have_count(0)  # formulas, fonts and what is still to come move the entries
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.get_by_role("link", name="AdamW", exact=True).click()
    eventually(lambda: top_of(page, "adamw"), lambda top: 0 <= top < 900)


def test_the_race_opens_from_a_catalogue_that_was_opened_directly(page: Page):
    page.goto("/catalogue")
    page.locator(".st-key-card-rosenbrock").get_by_role("link", name="Open in the race").click()
    expect(page.locator(".dl-map .main-svg:first-child")).to_have_count(4)
    idle(page)
    assert page.evaluate("location.pathname + location.search") == "/?v=1&surface=rosenbrock"


def test_the_race_is_as_it_was_after_a_look_at_the_catalogue(race_at: RaceAt):
    race = race_at(f"{SETTINGS}&at=60")
    page = race.page
    before, address = race.ranges(), race.query()
    page.get_by_role("link", name="Catalogue").click()
    expect(page.locator("h3")).to_have_count(len(LANDSCAPES))
    page.get_by_text("Optimizers", exact=True).click()
    expect(page.locator("#adam")).to_be_visible()
    page.locator(".st-key-brand a").first.click()
    race.ready(2)
    assert race.query() == address
    assert race.ranges() == before
    assert float(race.said(2, "rate")) == 0.05
    page.go_back()
    expect(page.locator("#adam")).to_be_visible()
    page.go_back()
    expect(page.locator("#two_wells")).to_be_visible()
    page.go_back()
    race.ready(2)
    assert race.query() == address


def test_the_language_goes_along(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    page.get_by_role("link", name="Catalogue").click()
    expect(page.locator("h3")).to_have_count(len(LANDSCAPES))
    idle(page)
    race.choose("lang", "한국어")
    expect(page.locator("h3", has_text="두 우물")).to_be_visible()
    page.locator(".st-key-brand a").first.click()
    race.ready(1)
    assert race.query() == {"v": "1", "lanes": "1", "lang": "ko"}
    expect(page.locator(".st-key-headline")).to_contain_text("두 우물.")
    page.locator(".st-key-brand a[href*=catalogue]").click()
    expect(page.locator("h3", has_text="두 우물")).to_be_visible()


def test_the_colours_follow_the_page(open_page: NewPage):
    """One picture serves both: its ink lies over the page's own ground."""
    page = turned(open_page())
    ink = page.locator(".dl-picture > div").first
    expect(ink).to_have_css("background-color", "rgb(31, 42, 53)")
    page.emulate_media(color_scheme="dark")
    expect(ink).to_have_css("background-color", "rgb(227, 232, 237)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rules_source_unfolds_and_goes_on_speaking_the_pages_language(open_page: NewPage, language: str):
    page = turned(open_page(), f"section=rules&lang={language}", len(RULES))
    card = page.locator(".st-key-card-adam")
    title = card.get_by_text(translations(language).gettext("Source"), exact=True)
    title.click()
    expect(card.locator("code").filter(has_text="class Adam(Optimizer)")).to_be_visible()
    expect(title).to_be_visible()  # it was drawn again, without the rest of the page
