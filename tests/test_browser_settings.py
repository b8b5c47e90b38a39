"""What a person sets: sliders, lanes, rates, and the link that brings them all back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from core.number import setting, short
from landscapes import LANDSCAPES
from links.entries import proposed
from links.race import RACE
from optimizers import OPTIMIZERS
from tests.conftest import NewPage
from tests.race_page import RacePage, eventually, flat_of

CLIPBOARD = ["clipboard-read", "clipboard-write"]
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
    race.page.evaluate("navigator.clipboard.writeText('')")
    race.page.locator(".dl-link").click()
    return eventually(lambda: race.page.evaluate("navigator.clipboard.readText()"))


def slider_texts(page: Page) -> dict[str, str]:
    """Every slider's and field's value by its key."""
    script = """Object.fromEntries([...document.querySelectorAll("[class*=st-key-]:not(.st-key-transport) > div input")].map((input) =>
        [[...input.closest("[class*=st-key-]").classList].find((name) => name.startsWith("st-key-")), input.ariaValueText ?? input.value]))"""
    return page.evaluate(script)


def test_a_slider_changes_its_lane_and_only_its_lane(page: Page):
    race = RacePage(page, "at=60&zoom=2&zoom.x=-0.5&zoom.y=0.2")
    trails, readouts, ranges = race.trails(), race.readouts(), race.ranges()
    rate = race.nudge("2.lr", times=4)
    eventually(lambda: race.said(2, "rate"), lambda text: float(text) == float(rate))
    race.idle()
    assert [a == b for a, b in zip(trails, race.trails(), strict=True)] == [True, False, True, True]
    assert [a == b for a, b in zip(readouts, race.readouts(), strict=True)] == [True, False, True, True]
    assert race.ranges() == ranges
    assert set(race.steps()) == {60}
    assert not race.playing()


def test_a_slider_moved_while_the_race_runs_does_not_stop_it(page: Page):
    race = RacePage(page, "steps=1000&lanes=3")
    first = race.step()
    race.nudge("3.decay", "ArrowLeft")
    eventually(lambda: "3.decay" in race.query())
    race.idle()
    assert race.playing()
    eventually(race.step, lambda step: step > first)


def test_the_number_of_steps_is_typed(page: Page):
    race = RacePage(page, "at=200&lanes=1")
    page.locator(".st-key-steps input").fill("320")
    page.locator(".st-key-steps input").press("Enter")
    expect(page.locator(".dl-count")).to_have_text("320 / 320")  # a race that stood at its end stays there
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "steps": "320"})


def test_the_surface_has_its_own_sliders(page: Page):
    race = RacePage(page, "at=60&lanes=2")
    shape = page.locator(".st-key-shape_menu button")
    expect(shape).to_have_count(0)
    race.choose("surface", "Bowl")
    expect(shape).to_contain_text("κ 20")
    before = race.readouts()
    kappa = race.nudge("surface.kappa", times=5)
    expect(shape).to_contain_text(f"κ {kappa}")
    eventually(race.readouts, lambda now: all(a != b for a, b in zip(before, now, strict=True)))
    assert "surface.kappa" in race.query()
    assert set(race.steps()) == {60}


def test_a_rate_is_proposed_then_set_by_hand_then_kept_until_the_proposal_is_wanted_again(page: Page):
    race = RacePage(page, "at=60")
    lane = page.locator(".st-key-1-lr")

    def shows(whose: str, value: float) -> None:
        expect(lane).to_contain_text(whose)
        expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", setting(value))
        expect(race.panel(1).locator(".dl-rate")).to_have_text(short(value))

    shows("suggested", proposed(flat_of(), 1))
    own = float(race.nudge("1.lr", "ArrowLeft", times=3))
    shows("set by hand", own)
    race.choose("surface", "Bowl")
    eventually(lambda: race.query().get("surface"), lambda name: name == "bowl")
    shows("set by hand", own)
    race.choose("1.rule", "Adam")
    expect(race.panel(1).locator(".dl-title")).to_have_text(re.compile(r"Adam · η "))
    shows("set by hand", own)
    race.idle()
    race.more(1)
    proposal = proposed(flat_of({"surface": "bowl", "1.rule": "adam"}), 1)
    use = page.locator(".st-key-propose1 button")
    expect(use).to_contain_text(setting(proposal))
    use.click()
    shows("suggested", proposal)
    page.keyboard.press("Escape")
    race.choose("surface", "Rosenbrock")
    shows("suggested", proposed(flat_of({"surface": "rosenbrock", "1.rule": "adam"}), 1))


def test_gradient_descents_lane_says_when_its_rate_is_beyond_the_stability_limit(page: Page):
    race = RacePage(page, "at=60&surface=bowl&surface.kappa=20&1.lr=0.1&lanes=1")
    hint = race.panel(1).locator(".dl-hint")
    expect(hint).to_be_empty()
    race.nudge("1.lr")
    expect(hint).to_contain_text("stability limit")
    expect(hint).to_contain_text("0.1")
    race.nudge("1.lr", "ArrowLeft", times=2)
    expect(hint).to_be_empty()


def test_a_lane_shows_the_rules_formula_one_click_away(page: Page):
    race = RacePage(page, "at=60&lanes=1&1.rule=adam")
    race.popover(1, 1).click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body.locator(".katex").first).to_be_visible()
    expect(body).to_contain_text(OPTIMIZERS["adam"].reference)
    assert set(race.steps()) == {60}


def test_lanes_are_added_duplicated_and_removed(page: Page):
    race = RacePage(page, "at=60&3.lr=0.0123")

    def told() -> list[str]:
        """The readouts without the rate, for which narrow panels have no room."""
        return [text.partition("\nη")[0] for text in race.readouts()]

    readouts = told()
    page.locator(".st-key-add button").click()
    race.ready(5)
    race.titled("Gradient descent", "Momentum", "RMSprop", "Adam", "Nesterov")
    eventually(lambda: told()[:4], lambda now: now == readouts)
    race.more(3)
    page.locator(".st-key-duplicate3 button").click()
    race.ready(6)
    race.titled("Gradient descent", "Momentum", "RMSprop (1)", "RMSprop (2)", "Adam", "Nesterov")
    eventually(lambda: told()[3], lambda now: now == readouts[2])
    page.keyboard.press("Escape")
    race.more(1)
    page.locator(".st-key-remove1 button").click()
    race.ready(5)
    race.titled("Momentum", "RMSprop (1)", "RMSprop (2)", "Adam", "Nesterov")
    eventually(lambda: told()[:2], lambda now: now == readouts[1:3])
    assert set(race.steps()) == {60}
    page.keyboard.press("Escape")
    page.locator(".st-key-reset_button button").filter(visible=True).click()
    race.ready(4)
    race.titled("Gradient descent", "Momentum", "RMSprop", "Adam")
    eventually(race.query, lambda query: query == {})
    eventually(race.playing)


def test_a_single_lane_cannot_be_removed(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    race.more(1)
    expect(page.locator(".st-key-remove1 button")).to_be_disabled()
    expect(page.locator(".st-key-duplicate1 button")).to_be_enabled()


def test_eight_lanes_stand_in_two_rows_and_are_the_most(page: Page):
    race = RacePage(page, "at=60&lanes=8")
    boxes = [race.panel(i).bounding_box() for i in range(1, 9)]
    tops = [round(box["y"]) for box in boxes if box]
    assert len(set(tops[:4])) == len(set(tops[4:])) == 1
    assert tops[4] > tops[0]
    assert [round(box["x"]) for box in boxes[:4] if box] == [round(box["x"]) for box in boxes[4:] if box]
    expect(page.locator(".st-key-add button")).to_be_disabled()
    race.more(8)
    expect(page.locator(".st-key-duplicate8 button")).to_be_disabled()


def test_the_copied_link_brings_everything_back_to_the_last_digit(new_page: NewPage):
    first = RacePage(new_page(permissions=CLIPBOARD), urlencode(FULL | {"v": "1", "at": "77"}), lanes=3)
    link = copied_link(first)
    said = dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))
    assert said == RACE.write(flat_of(FULL)) | {"at": "77"}
    assert {key: said[key] for key in FULL} == FULL
    fresh = new_page(permissions=CLIPBOARD, locale="ko-KR")
    second = RacePage(fresh, urlsplit(link).query, lanes=3)
    assert copied_link(second) == link
    assert second.readouts() == first.readouts()
    assert second.trails() == first.trails()
    assert second.ranges() == first.ranges()
    assert slider_texts(fresh) == slider_texts(first.page)


def test_the_address_bar_brings_everything_back_too(new_page: NewPage):
    first = RacePage(new_page(permissions=CLIPBOARD), "at=50")
    first.choose("2.rule", OPTIMIZERS["adagrad"].title)
    eventually(lambda: first.query().get("2.rule"))
    first.nudge("4.beta1", "ArrowLeft", times=3)
    eventually(lambda: first.query().get("4.beta1"))
    first.page.mouse.click(*first.on_screen(1, (0.3, -0.8)))
    eventually(lambda: first.query().get("x"))
    first.idle()
    assert first.query().keys() == {"v", "x", "y", "2.rule", "4.beta1"}
    second = RacePage(new_page(permissions=CLIPBOARD), urlsplit(first.page.url).query + "&at=50")
    assert copied_link(second) == copied_link(first)
    assert second.trails() == first.trails()


@pytest.mark.parametrize("change", ["slider", "surface", "click", "lane"])
def test_back_undoes_a_change_in_one_step(page: Page, change: str):
    race = RacePage(page, "at=60&v=1&3.lr=0.0123")
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


def test_markup_in_the_link_stays_text(page: Page):
    keys = ("x", "y", "zoom", "zoom.x", "zoom.y", "steps", "noise", "seed", "view", "1.lr", "2.lr", "3.lr", "4.lr", "1.rule", "<b>k</b>", "www.k.org")
    link: dict[str, str] = dict(zip(keys, MARKUP, strict=True))
    RacePage(page, urlencode(link))
    complaints = page.locator(".st-key-complaints")
    for key, part in link.items():
        expect(complaints).to_contain_text(f"{key}={part} was ignored")
    expect(complaints.locator("b, img, a, code, del, strong, h1, .katex, [data-testid=stIconMaterial]")).to_have_count(0)


def test_markup_in_a_typed_formula_stays_text(page: Page):
    RacePage(page, "surface=custom&lanes=1")
    field = page.locator(".st-key-typed-text input")
    field.fill("x + https://example.org :material/home:")
    field.press("Enter")
    expect(page.locator(".dl-warned")).to_contain_text("formula, character")
    expect(page.locator(".dl-warned a, .dl-warned [data-testid=stIconMaterial]")).to_have_count(0)


def test_several_people_do_not_share_their_settings(new_page: NewPage):
    one, other = RacePage(new_page(), "at=60&lanes=2"), RacePage(new_page(), "at=60&lanes=2")
    readouts = other.readouts()
    one.nudge("1.lr", times=2)
    eventually(lambda: "1.lr" in one.query())
    other.nudge("2.lr")
    eventually(lambda: "2.lr" in other.query())
    assert other.query().keys() == {"v", "lanes", "2.lr"}
    assert other.readouts()[0] == readouts[0]


def test_the_same_rule_stands_in_several_lanes_with_different_settings(page: Page):
    link = {"1.rule": "adam", "2.rule": "adam", "3.rule": "adam", "4.rule": "adam", "2.beta1": "0", "3.beta1": "0.5", "4.beta1": "0.99"}
    race = RacePage(page, f"at=60&{urlencode(link)}")
    assert [race.said(i, "title") for i in range(1, 5)] == ["Adam · β₁ 0.9", "Adam · β₁ 0", "Adam · β₁ 0.5", "Adam · β₁ 0.99"]
    assert len(set(race.readouts())) == 4


@pytest.mark.parametrize("pause", [0, 30, 80])
def test_changes_in_quick_succession_all_count(page: Page, pause: int):
    race = RacePage(page, "at=60&1.lr=0.01&lanes=1")
    stops = [0.01, 0.009, 0.008, 0.0071, 0.0063, 0.0056, 0.005, 0.0045, 0.004]
    for step in range(0, 8, 2):
        race.slider("1.lr").focus()
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
            page.wait_for_timeout(pause)
        wanted = stops[step + 2]
        eventually(lambda: float(race.query().get("1.lr", 0)), lambda lr, wanted=wanted: lr == wanted)
        race.idle()
        expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", short(wanted))
        eventually(lambda: race.said(1, "rate"), lambda text, wanted=wanted: text == short(wanted))


def test_two_settings_changed_in_quick_succession_both_count(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    page.locator(".dl-speed").select_option("4")
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "speed": "4.0", "loop": "1"})


def test_speed_and_repeat_are_not_what_they_were_before_a_reset(page: Page):
    race = RacePage(page, "at=60")
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0"})
    page.locator(".st-key-reset_button button").filter(visible=True).click()
    eventually(race.query, lambda query: query == {})
    race.idle()
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "loop": "1"})
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0", "loop": "1"})


@pytest.mark.parametrize(("key", "text", "sentence"), [
    ("x", "", "Start x: no number was typed; 1.7 stays in use."),
    ("y", "-", "Start y: no number was typed; 1 stays in use."),
    ("steps", "", "Steps: no number was typed; 200 stays in use."),
    ("seed", "e", "Seed: no number was typed; 7 stays in use."),
    ("steps", "5", "Steps = 5 was ignored: allowed is 10 to 1000; 200 stays in use."),
])  # fmt: skip
def test_a_number_field_left_without_a_number_keeps_what_is_in_use_and_says_so(page: Page, key: str, text: str, sentence: str):
    race = RacePage(page, "at=60&noise=0.1&seed=7&lanes=2")
    if key == "seed":
        page.locator(".st-key-noise_menu button").filter(visible=True).click()
    field, link = page.locator(f".st-key-{key} input"), race.query()
    before = field.input_value()
    field.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    field.press("Enter")
    expect(page.locator(".dl-said")).to_have_text(sentence)
    if text != "5":
        expect(field).to_have_value(before)
    page.keyboard.press("Escape")
    race.nudge("2.momentum")
    assert race.query() == link | {"2.momentum": race.query()["2.momentum"]}


def test_the_menus_change_their_language_with_the_switch(page: Page):
    race = RacePage(page, "at=60&lanes=1&lang=ko")
    race.choose("lang", "English")
    expect(page.locator(".st-key-add")).to_contain_text("Add lane")
    eventually(lambda: race.values("surface"), lambda now: now == ["Two wells"])
    expect(race.popover(1, 0)).to_contain_text("Constant, no warm-up")


def test_a_lane_keeps_its_colour_when_others_come_and_go(page: Page):
    race = RacePage(page, "at=60")
    colours = [race.panel(i).locator(".dl-title").evaluate("(title) => getComputedStyle(title).color") for i in (1, 2, 3, 4)]
    race.more(1)
    page.get_by_role("button", name="Remove this lane").click()
    expect(page.locator(".dl-panel")).to_have_count(3)
    for i in (1, 2, 3):
        expect(race.panel(i).locator(".dl-title")).to_have_css("color", colours[i])
    page.locator(".st-key-add button").click()
    expect(race.panel(4).locator(".dl-title")).to_have_css("color", colours[0])


def test_a_lanes_menu_closes_once_it_has_duplicated_the_lane(page: Page):
    race = RacePage(page, "at=60")
    race.more(1)
    page.get_by_role("button", name="Duplicate this lane").click()
    race.ready(5)
    expect(page.get_by_role("button", name="Duplicate this lane").filter(visible=True)).to_have_count(0)


def test_a_formula_is_typed_and_a_broken_one_is_pointed_at(page: Page):
    race = RacePage(page, "at=60&lanes=2&surface=custom")
    field, readouts, maps = page.locator(".st-key-typed-text input"), race.readouts(), heights(page)
    expect(field).to_have_value(LANDSCAPES["custom"]().text)
    field.fill("x^2 + 3y^2")
    field.press("Enter")
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "2", "surface": "custom", "surface.text": "x^2 + 3y^2"})
    eventually(race.readouts, lambda now: all(a != b for a, b in zip(readouts, now, strict=True)))
    race.idle()
    before = maps
    maps = eventually(lambda: heights(page), lambda now: now != before)
    readouts = race.readouts()
    field.fill("x^2 + 3y^)")
    field.press("Enter")
    sentence = page.get_by_text("formula, character 10")
    expect(sentence).to_contain_text("“)” is not expected here. In use is x^2 + 3y^2.")
    expect(field).to_have_value("x^2 + 3y^)")
    race.idle()
    assert (race.readouts(), heights(page)) == (readouts, maps)
    assert race.query()["surface.text"] == "x^2 + 3y^2"
    race.nudge("surface.reach")
    expect(sentence).to_be_visible()
    expect(field).to_have_value("x^2 + 3y^)")
    page.reload()
    race.ready(2)
    expect(field).to_have_value("x^2 + 3y^2")
    expect(sentence).to_have_count(0)


def heights(page: Page) -> list[float]:
    """The first row of the first map."""
    return page.evaluate("[...document.querySelector('.dl-map').data[0].z[0]]")


def test_the_path_follows_the_hand_and_the_link_waits_until_it_lets_go(page: Page):
    race = RacePage(page, "at=200&1.lr=0.01&lanes=1")
    box = race.slider("1.lr").bounding_box()
    assert box
    at = lambda part: (box["x"] + 6 + part * (box["width"] - 12), box["y"] + box["height"] / 2)  # noqa: E731
    page.mouse.move(*at(0.5))  # the middle of 1e-5 … 10
    page.mouse.down()
    eventually(lambda: race.said(1, "rate"), lambda text: text == "0.01")
    page.mouse.move(*at(0.25))
    followed = eventually(lambda: race.said(1, "rate"), lambda text: text != "0.01")
    assert 2e-4 < (rate := float(followed.replace("−", "-"))) < 5e-4
    assert race.query()["1.lr"] == "0.01"
    shown = race.trails()[0]
    page.mouse.up()
    eventually(lambda: race.query().get("1.lr"), lambda lr: lr != "0.01")
    race.idle()
    assert float(race.query()["1.lr"]) == pytest.approx(rate)
    eventually(lambda: race.trails()[0], lambda trail: trail == shown)


@pytest.mark.parametrize("answer", [lambda _route: None, lambda route: route.fulfill(status=204)], ids=["never", "no time for it"])
def test_what_is_late_when_the_slider_is_let_go_is_dropped(page: Page, answer: Callable[[Route], None]):
    race = RacePage(page, "at=200&1.lr=0.01&lanes=1")
    box = race.slider("1.lr").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.route("**/lane/*", answer)
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], y)
    page.mouse.up()
    let_go = eventually(lambda: race.said(1, "rate"), lambda text: text != "0.01")
    race.idle()
    page.unroute("**/lane/*")
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], y)
    eventually(lambda: race.said(1, "rate"), lambda text: text != let_go)  # the lane follows the hand again
    page.mouse.up()


def test_a_key_that_is_held_is_one_entry_of_the_history(page: Page):
    race = RacePage(page, "at=60&1.lr=0.01&lanes=1")
    length = page.evaluate("history.length")
    race.slider("1.lr").focus()
    race.stop_time()
    page.keyboard.down("ArrowLeft")
    page.clock.run_for(500)  # as long as keyboards wait before they repeat a key
    for _ in range(4):
        page.keyboard.down("ArrowLeft")
    assert race.query().get("1.lr") == "0.01"
    page.keyboard.up("ArrowLeft")
    page.clock.resume()
    eventually(lambda: race.query().get("1.lr"), lambda lr: lr == "0.0056")
    race.idle()
    assert page.evaluate("history.length") == length + 1


def test_a_live_slider_says_whether_its_rate_is_the_suggested_one(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    name = page.locator(".st-key-1-lr .dl-slider-name")
    expect(name).to_have_text("Learning rate η · suggested")
    race.slider("1.lr").focus()
    page.keyboard.press("ArrowLeft")
    expect(name).to_have_text("Learning rate η · set by hand")
    page.keyboard.press("ArrowRight")
    expect(name).to_have_text("Learning rate η · suggested")


def test_a_lane_that_finds_a_deeper_minimum_moves_the_star_of_every_lane_and_back(page: Page):
    formula = quote("x^2/100+y^2/100-2exp(-400((x-1.3)^2+(y-2.35)^2))")
    lanes = "lanes=2&1.rule=gradient_descent&1.lr=1.12e-05&2.rule=gradient_descent&2.lr=1e-05"
    race = RacePage(page, f"at=60&surface=custom&surface.text={formula}&surface.reach=50&x=1.4&y=2.35&{lanes}", lanes=2)
    said = page.get_by_text("for all lanes f* is now")

    def stars() -> list[float]:
        return page.evaluate("[...document.querySelectorAll('.dl-map')].map((map) => Math.max(...(map.data?.[1]?.x ?? [])))")

    eventually(stars, lambda now: now == [0, 0])
    expect(said).to_have_count(0)
    race.nudge("1.lr")
    expect(said).to_have_text("Lane 1 passed below f* = 0, the lowest that the search had found: for all lanes f* is now −1.93, at (1.3, 2.35).")
    eventually(stars, lambda now: all(abs(x - 1.3) < 1e-3 for x in now))
    race.nudge("1.lr", "ArrowLeft")
    expect(said).to_have_count(0)
    eventually(stars, lambda now: now == [0, 0])
