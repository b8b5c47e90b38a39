"""The page's address: it brings every setting back, Back undoes a change, and what is wrong in it is said."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from core.number import short
from landscapes import LANDSCAPES
from links.race import RACE
from optimizers import OPTIMIZERS
from tests.conftest import NewPage, RaceAt
from tests.race_page import RacePage, eventually, flat_of

# A value of full length for every kind of setting.
FULL = {
    "surface": "bowl", "surface.kappa": "12.345678901234567", "surface.angle": "33.333333333333336", "x": "-1.2345678901234567", "y": "0.1",
    "steps": "150", "lanes": "3", "zoom": "1.5", "zoom.x": "-0.5", "zoom.y": "0.25", "speed": "0.5", "loop": "1",
    "1.rule": "adam", "1.lr": "0.012345678901234567", "1.beta1": "0.8765432109876543", "1.beta2": "0.9991234567890123", "1.eps": "1.2345e-09",
    "1.weight_decay": "0.0123", "1.schedule": "step", "1.schedule.every": "17", "1.schedule.factor": "0.30000000000000004",
    "2.rule": "adam", "2.warmup": "13",
    "3.rule": "nesterov", "3.momentum": "0.7123456789012345", "3.schedule": "cosine", "3.schedule.floor": "0.012345678901234567",
}  # fmt: skip


def copied_link(race: RacePage) -> str:
    """What "copy link" writes to the clipboard."""
    race.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    race.page.evaluate("navigator.clipboard.writeText('')")
    race.page.locator(".dl-link").click()
    return eventually(lambda: race.page.evaluate("navigator.clipboard.readText()"))


def slider_texts(page: Page) -> dict[str, str]:
    """Every slider's and field's value by its key."""
    script = """Object.fromEntries([...document.querySelectorAll("[class*=st-key-]:not(.st-key-transport) > div input")].map((input) =>
        [[...input.closest("[class*=st-key-]").classList].find((name) => name.startsWith("st-key-")), input.ariaValueText ?? input.value]))"""
    return page.evaluate(script)


def test_the_copied_link_brings_everything_back_to_the_last_digit(race_at: RaceAt, new_page: NewPage):
    first = race_at(urlencode(FULL | {"v": "1", "at": "77"}))
    link = copied_link(first)
    said = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    assert said == RACE.write(flat_of(FULL)) | {"at": "77"}
    assert {key: said[key] for key in FULL} == FULL
    fresh = new_page(locale="ko-KR")
    second = RacePage(fresh, urlsplit(link).query)
    assert copied_link(second) == link
    assert second.readouts() == first.readouts()
    assert second.trails() == first.trails()
    assert second.ranges() == first.ranges()
    assert slider_texts(fresh) == slider_texts(first.page)


def test_the_address_bar_brings_everything_back_too(race_at: RaceAt, page: Page):
    first = race_at("at=50")
    first.choose("2.rule", OPTIMIZERS["adagrad"].title)
    eventually(lambda: first.query().get("2.rule"))
    first.nudge("4.beta1", "ArrowLeft", times=3)
    eventually(lambda: first.query().get("4.beta1"))
    first.page.mouse.click(*first.on_screen(1, (0.3, -0.8)))
    eventually(lambda: first.query().get("x"))
    first.idle()
    assert first.query().keys() == {"v", "x", "y", "2.rule", "4.beta1"}
    second = RacePage(page, urlsplit(first.page.url).query + "&at=50")
    assert copied_link(second) == copied_link(first)
    assert second.trails() == first.trails()


@pytest.mark.parametrize("change", ["slider", "surface", "click", "lane"])
def test_back_undoes_a_change_in_one_step(race_at: RaceAt, change: str):
    race = race_at("at=60&v=1&3.lr=0.0123")
    page = race.page
    address, texts = eventually(race.query, lambda query: "at" not in query), slider_texts(page)
    match change:
        case "slider":
            race.nudge("2.momentum")
        case "surface":
            race.choose("surface", "Rosenbrock")
        case "click":
            page.mouse.click(*race.on_screen(2, (0.5, -0.5)))
        case "lane":
            page.locator(".st-key-add button").click()
    eventually(race.query, lambda query: query != address)
    race.idle()
    page.go_back()
    eventually(race.query, lambda query: query == address)
    eventually(lambda: slider_texts(page), lambda now: now == texts)
    race.ready(4)


JUNK = {
    "v": "9", "surface": "moon", "steps": "1e999", "lanes": "10000", "x": "<b>x</b>", "y": "nan", "speed": "3",
    "1.lr": "abc", "2.lr": "-1", "3.rule": "sgd", "4.beta1": "1", "lr": "abc",
}  # fmt: skip


def test_junk_in_the_link_is_said_and_the_page_works(page: Page):
    race = RacePage(page, urlencode(JUNK))
    opening = flat_of()
    for name, value, allowed, used in [
        ("surface", "moon", ", ".join(LANDSCAPES), "two_wells"),
        ("steps", "1e999", "10, 11, … 1000", "200"),
        ("lanes", "10000", "1, 2, … 8", "4"),
        ("x", "<b>x</b>", "", "1.7"),
        ("y", "nan", "", "1"),
        ("1.lr", "abc", "(0, ∞)", f"{opening['1.lr']:.6g}"),
        ("2.lr", "-1", "(0, ∞)", f"{opening['2.lr']:.6g}"),
        ("3.rule", "sgd", "gradient_descent", "rmsprop"),
        ("4.beta1", "1", "[0, 1)", "0.9"),
        ("speed", "3", "0.25, 0.5, 1", "1"),
    ]:
        sentence = page.get_by_text(f"{name}={value} was ignored")
        expect(sentence).to_be_visible()
        expect(sentence).to_contain_text(allowed)
        expect(sentence).to_contain_text(f"{used} is used")
    expect(page.get_by_text("lr=abc was ignored: this page has no such setting")).to_be_visible()
    expect(page.get_by_text("v=9")).to_be_visible()
    assert [race.said(i, "rate") for i in range(1, 5)] == [short(opening[f"{i}.lr"]) for i in range(1, 5)]
    assert race.playing()
    race.nudge("1.lr")
    eventually(lambda: "1.lr" in race.query())
    page.locator(".st-key-dismiss button").click()
    expect(page.get_by_text("was ignored")).to_have_count(0)
    assert race.query().keys() == {"v", "1.lr"}


MARKUP = (
    "<b>b</b>", "<img src=/none onerror=alert(1)>", "&amp;", "$x$", "[a](b)", ":red[c]", "`9`", "https://example.org", "www.example.org",
    "a@example.org", ":material/home:", ":smile:", "**d**", "~~e~~", "# f", "$$g$$",
)  # fmt: skip


def test_markup_in_the_link_stays_text(race_at: RaceAt):
    keys = ("x", "y", "zoom", "zoom.x", "zoom.y", "steps", "noise", "seed", "view", "1.lr", "2.lr", "3.lr", "4.lr", "1.rule", "<b>k</b>", "www.k.org")
    link: dict[str, str] = dict(zip(keys, MARKUP, strict=True))
    page = race_at(urlencode(link)).page
    complaints = page.locator(".st-key-complaints")
    for key, part in link.items():
        expect(complaints).to_contain_text(f"{key}={part} was ignored")
    expect(complaints.locator("b, img, a, code, del, strong, h1, .katex, [data-testid=stIconMaterial]")).to_have_count(0)


def test_several_people_do_not_share_their_settings(race_at: RaceAt, page: Page):
    one, other = race_at("at=60&lanes=2"), RacePage(page, "at=60&lanes=2")
    readouts = other.readouts()
    one.nudge("1.lr", times=2)
    eventually(lambda: "1.lr" in one.query())
    other.nudge("2.lr")
    eventually(lambda: "2.lr" in other.query())
    assert other.query().keys() == {"v", "lanes", "2.lr"}
    assert other.readouts()[0] == readouts[0]


def test_two_settings_changed_in_quick_succession_both_count(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    page.locator(".dl-speed").select_option("4")
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "speed": "4.0", "loop": "1"})


def test_speed_and_repeat_are_not_what_they_were_before_a_reset(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0"})
    page.locator(".st-key-reset_button button").filter(visible=True).click()
    eventually(race.query, lambda query: query == {})
    race.idle()
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "loop": "1"})
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0", "loop": "1"})
