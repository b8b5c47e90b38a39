"""The inspector as a person sees it: this step's numbers in the rule's formula, and arrows on the map."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.number import fixed
from runs import run
from tests.conftest import RaceAt
from tests.race_page import eventually, race_of


def listed(page: Page, name: str) -> str:
    return page.locator(f".dl-inspector-{name}").inner_text()


def four(value: float) -> str:
    text = f"{value:.3e}" if not 1e-3 <= abs(value) < 1e4 and value else f"{value:#.4g}".rstrip(".")
    mantissa, e, exponent = text.partition("e")
    return (f"{mantissa}e{int(exponent)}" if e else text).replace("-", "−")


def formula(page: Page) -> list[list[str]]:
    """The texts of each line's numbers."""
    script = "lines => lines.map(line => [...line.lastChild.querySelectorAll('mtext')].map(e => e.textContent.trim()))"
    return page.locator(".dl-inspector-formula > div").evaluate_all(script)


@pytest.mark.parametrize(("rule", "names"), [("adam", "m v m_hat v_hat rate"), ("nesterov", "v ahead"), ("sam", "q")])
def test_the_numbers_are_those_of_the_step(race_at: RaceAt, rule: str, names: str):
    link = {"lanes": "1", "1.rule": rule}
    race = race_at(f"lanes=1&1.rule={rule}&inspect=1&at=12")
    page = race.page
    setup = race_of(link)
    trajectory = run(setup.lanes[0].rule, setup.surface, setup.start, setup.steps)
    for k in (12, 13):
        eventually(lambda: page.locator(".dl-inspector-step").inner_text(), lambda text, k=k: text.startswith(f"step {k + 1} "))
        for name in ["g", *names.split()]:
            assert [listed(page, f"{name}-after-{i}") for i in (0, 1)] == [four(v) for v in trajectory.states[name][k]]
        assert [listed(page, f"moved-{i}") for i in (0, 1)] == [four(v) for v in np.diff(trajectory.path, axis=0)[k]]
        assert formula(page)[-1][-2:] == [fixed(v) for v in trajectory.path[k + 1]]
        assert listed(page, "evaluations") == str((k + 1) * setup.lanes[0].rule.evaluations)
        race.press("ArrowRight")
    if rule == "sam":
        eventually(lambda: race.said(1, "step"), lambda text: text == "14 · 28 ∇f")


def test_it_opens_beside_a_rule_draws_on_its_map_and_closes(race_at: RaceAt):
    race = race_at("at=12")
    page = race.page
    page.locator(".st-key-inspect_lane3").get_by_role("button").filter(visible=True).first.click()
    expect(page.get_by_role("region", name="Inside the steps of lane 3")).to_be_visible()
    race.idle()
    before = race.trails()
    race.panel(4).locator(".dl-unfold").click()
    page.locator(".st-key-inspect_lane4").get_by_role("button").filter(visible=True).first.click()
    expect(page.get_by_role("region", name="Inside the steps of lane 4")).to_be_visible()
    race.idle()
    after = eventually(race.trails, lambda now: now[3] != before[3] and now[2] != before[2])
    assert after[:2] == before[:2]
    assert race.query()["inspect"] == "4"
    height = page.locator(".dl-inspector").evaluate("e => e.offsetHeight")
    race.press("ArrowRight", "End")
    race.frames()
    assert page.locator(".dl-inspector").evaluate("e => e.offsetHeight") == height
    page.get_by_role("button", name="Close the inspector").last.click()
    expect(page.locator(".dl-inspector")).to_have_count(0)
    assert "inspect" not in eventually(race.query, lambda query: "inspect" not in query)


@pytest.mark.parametrize("link", ["at=1000&steps=1000&inspect=1", "at=24&inspect=4&surface=beale"])
def test_no_number_of_a_line_is_cut(race_at: RaceAt, link: str):
    race = race_at(link)
    page = race.page
    lines = page.locator(".dl-inspector-formula > div, .dl-inspector-formula > div > div:last-child")
    for key in ["ArrowLeft", "ArrowLeft", "Home"]:
        style = "(lines) => lines.map((line) => getComputedStyle(line))"
        clips = f"({style})(lines).filter((s) => /paint|content|strict/.test(s.contain) || s.overflow !== 'visible').length"
        clipping = lines.evaluate_all(f"(lines) => {clips}")
        assert clipping == 0, "what is wider than its box is seen all the same"
        assert page.locator(".dl-inspector-formula").evaluate("(e) => e.scrollWidth <= e.clientWidth")
        race.press(key)
        race.frames()


def test_an_arrow_lights_its_line_and_a_line_its_arrow(race_at: RaceAt):
    race = race_at("lanes=1&1.rule=momentum&1.lr=0.02&inspect=1&at=4")
    page = race.page
    setup = race_of({"lanes": "1", "1.rule": "momentum", "1.lr": "0.02"})
    path = run(setup.lanes[0].rule, setup.surface, setup.start, setup.steps).path
    lines = page.locator(".dl-inspector-formula > div")
    lit = page.locator(".dl-inspector-formula > div[data-lit]")
    x, y = path[4] + 0.9 * (path[5] - path[4])
    page.mouse.move(*race.on_screen(1, (x, y)))
    expect(lit.first).to_be_visible()
    assert lines.last.get_attribute("data-lit") is not None or lit.count() == 1
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)
    before = race.trails()[0]
    lines.last.focus()
    expect(lines.last).to_have_attribute("data-lit", "")
    eventually(lambda: race.trails()[0] != before)
    lines.last.blur()
    expect(lit).to_have_count(0)
    eventually(lambda: race.trails()[0] == before)
