"""Basins on the Explore page: what becomes of the runs from many starts, and what a page and a browser are told of it."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from core import Array
from core.scale import middles
from links import Flat
from links.basins import of_rule, parts, race_link, rules_of, swept
from links.entries import surface_of
from links.explore import EXPLORE
from links.race import RACE
from locales import said
from player.messages.basins import basin_map, joined, rounded
from runs.basin import Fate, Fates
from tests.app_page import opened, ran
from tests.elsewhere import finished
from tests.explored import settings
from tests.test_player import unpacked
from views.explore import basin_maps, turns


def found(flat: Flat, n: int = 40) -> Fates:
    return joined([swept(flat, n, rows, compiled=False) for rows in parts(n, flat["steps"])])


def of(link: str, n: int = 40) -> Fates:
    """The fates of the page's rule."""
    return found(settings(f"view=basins&{link}"), n)


def share(fates: Fates, minimum: int) -> float:
    return float((fates.minimum == minimum).mean())


# The runs.


def test_a_separable_double_well_is_parted_at_its_crest():
    """f' = (x + 1)(x − ½)(x − 2): gradient descent in small steps goes down on the side on which it began."""
    link = "surface=custom&surface.text=x^4/4-x^3/2-3x^2/4%2Bx%2By^2&surface.reach=3&1.rule=gradient_descent&1.lr=0.02&steps=500"
    fates, flat = of(link, 60), settings(link)
    left = int(np.argmin(surface_of(flat).minima()[0]))
    assert (fates.fate == Fate.ARRIVED).all()
    np.testing.assert_array_equal(fates.minimum == left, np.broadcast_to(middles(-3, 3, 60, "even") < 0.5, (60, 60)))
    assert share(fates, left) == 3.5 / 6


def test_the_shares_of_styblinski_and_tang_are_products():
    """Along each axis 4x³ − 32x + 5 = 0 has its middle root, the crest, at 0.156731."""
    fates = of("surface=styblinski_tang&1.rule=gradient_descent&1.lr=0.01", 200)
    crest = np.sort(np.roots([4, 0, -32, 5]).real)[1]
    low = (middles(-5, 5, 200, "even") < crest).mean()
    assert low == pytest.approx((crest + 5) / 10, abs=1 / 400)
    assert sorted([share(fates, i) for i in range(4)]) == pytest.approx(sorted([low**2, low * (1 - low), low * (1 - low), (1 - low) ** 2]), abs=1e-12)


def himmelblaus_flow(start: Array) -> Array:
    """Where the gradient's flow leads, in steps of Runge and Kutta's; written down apart from the surface."""

    def down(p: Array) -> Array:
        x, y = p
        a, b = x**2 + y - 11, x + y**2 - 7
        return -np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])

    p, h = start.copy(), 0.002
    for _ in range(600):
        k1 = down(p)
        k2 = down(p + h / 2 * k1)
        k3 = down(p + h / 2 * k2)
        p += h / 6 * (k1 + 2 * k2 + 2 * k3 + down(p + h * k3))
    return p


def test_small_steps_have_the_basins_of_the_flow():
    """Of Himmelblau's function: a cell or two on the borders may lie on the other side."""
    fates, n = of("surface=himmelblau&1.rule=gradient_descent&1.lr=0.001&steps=1000"), 40
    line = middles(-5, 5, n, "even")
    end = himmelblaus_flow(np.array(np.meshgrid(line, line)))
    minima = surface_of(settings("surface=himmelblau")).minima()
    away = np.hypot(*(end[:, None] - minima[:, :, None, None]))
    assert (away.min(axis=0) < 0.01).all()
    assert (fates.minimum == away.argmin(axis=0)).mean() > 0.995
    assert [share(fates, i) for i in range(4)] == pytest.approx([(away.argmin(axis=0) == i).mean() for i in range(4)], abs=0.003)


@pytest.mark.parametrize("rule", ["momentum", "adam", "newton"])
def test_a_surface_that_is_the_same_upside_down_has_such_basins(rule: str):
    """f(−p) = f(p), and these rules go the mirrored way."""
    fates = of(f"surface=six_hump_camel&1.rule={rule}&steps=60")
    turned = np.array([1, 0, 3, 2, 5, 4, -1])  # the minima come in pairs
    same = (turned[fates.minimum[::-1, ::-1]] == fates.minimum) & (fates.fate[::-1, ::-1] == fates.fate)
    assert same.mean() > 0.995  # rounding is not mirrored, and where a run is chaotic it decides


def test_newtons_method_stands_at_every_kind_of_stationary_point():
    """Himmelblau's function has nine: from each start it comes to one, and four of them are minima."""
    fates = of("surface=himmelblau&1.rule=newton&1.lr=1&steps=300")
    counts = np.bincount(fates.fate.ravel(), minlength=len(Fate)) / fates.fate.size
    assert counts[[Fate.ARRIVED, Fate.AT_REST]].sum() == pytest.approx(1, abs=0.005)
    surface = surface_of(settings("surface=himmelblau"))
    values = [float(surface.value(np.array(p))) for p, kind in surface.stationary() if kind != "minimum"]
    resting = fates.final[fates.fate == Fate.AT_REST]
    assert np.abs(resting[:, None] - values).min(axis=1).max() < 1e-6
    assert counts[Fate.AT_REST] > 0.1


def test_what_hops_between_two_points_of_the_same_height_is_not_at_rest():
    """The steeper of two wells, at a rate beyond 2/λ."""
    fates = of("surface=two_wells&1.rule=gradient_descent&1.lr=0.071&steps=500")
    assert set(np.unique(fates.fate)) == {Fate.UNDER_WAY, Fate.ARRIVED}
    nearest = of("surface=two_wells&1.rule=gradient_descent&1.lr=0.071&steps=500&nearest=1")
    assert (nearest.fate == Fate.ARRIVED).all()
    np.testing.assert_array_equal(nearest.minimum[fates.minimum >= 0], fates.minimum[fates.minimum >= 0])


def test_runs_that_leave_or_diverge_are_told_apart():
    fates = of("surface=saddle&1.rule=gradient_descent&1.lr=0.05&steps=30")
    assert set(np.unique(fates.fate)) <= {Fate.UNDER_WAY, Fate.LEFT}
    assert (of("surface=bowl&1.rule=gradient_descent&1.lr=5&steps=60").fate == Fate.DIVERGED).all()


def test_a_wider_tolerance_keeps_what_a_narrow_one_has_and_adds_to_it():
    flat = settings("view=basins&surface=himmelblau&1.rule=rmsprop")
    reached = [found(flat | {"tolerance": each}).minimum >= 0 for each in (1e-9, 1e-6, 1e-3)]
    assert (reached[0] <= reached[1]).all()
    assert (reached[1] <= reached[2]).all()
    assert reached[0].mean() < reached[1].mean() < reached[2].mean() - 0.1


def test_starts_in_view_are_those_of_the_whole_map():
    flat = settings("view=basins&surface=himmelblau")
    part = found(flat | {"starts": "-5.0,0.0,0.0,5.0"}, 20)
    np.testing.assert_array_equal(part.minimum, found(flat).minimum[20:, :20])


# Links.


@pytest.mark.parametrize(
    "link",
    [
        "view=basins&rules=adam,lion&lion.lr=0.01&adam.lr=0.3&tolerance=0.001&nearest=1",
        "view=basins&rules=momentum,adam&1.momentum=0.5&1.lr=0.03&starts=-1.0,1.0,-0.5,0.25",
        "rules=",
        "adam.lr=0.2",
    ],
)
def test_what_differs_from_the_opening_stands_in_the_address_and_nothing_else(link: str):
    flat = settings(link)
    assert EXPLORE.short(flat, "en") == {"v": "1"} | dict(pair.split("=") for pair in link.split("&"))
    assert EXPLORE.read(EXPLORE.short(flat, "en"), "en") == (flat, [])


@pytest.mark.parametrize(
    ("link", "complaint", "rules"),
    [
        ("rules=adam,fish", "rules=fish was ignored: there is no such rule.", "adam"),
        ("rules=fish", "rules=fish was ignored: there is no such rule.", "gradient_descent,momentum,rmsprop,adam"),
        (
            "rules=adam,adamw,lion,sam,bfgs,newton,rprop,qhm,nadam",
            "rules=nadam was ignored: 8 rules at most stand side by side.",
            "adam,adamw,lion,sam,bfgs,newton,rprop,qhm",
        ),
        ("view=basins&rules=adam&adam.lr=-1", "adam.lr=-1 was ignored: allowed is (0, ∞); 0.355 is used instead.", "adam"),
        ("rules=adam&lion.lr=1", "lion.lr=1 was ignored: this page has no such setting.", "adam"),
        ("rules=adam&starts=0,9,0,1", "starts=0,9,0,1 was ignored", "adam"),
        ("rules=adam&starts=1,0,0,1", "starts=1,0,0,1 was ignored", "adam"),
    ],
)
def test_junk_is_named_in_a_sentence(link: str, complaint: str, rules: str):
    flat, complaints = EXPLORE.read_link(link, "en")
    assert [said(error).startswith(complaint) for error in complaints] == [True]
    assert flat["rules"] == rules


def test_each_rule_has_its_rate_and_the_pages_own_all_of_its_settings():
    flat = settings("view=basins&rules=momentum,adam,lion&1.momentum=0.5&1.lr=0.02&1.schedule=cosine&lion.lr=0.01")
    lanes = [of_rule(flat, name) for name in rules_of(flat)]
    assert [(each["1.rule"], each["1.lr"], each["1.schedule"]) for each in lanes] == [
        ("momentum", 0.02, "cosine"),
        ("adam", flat["adam.lr"], "cosine"),
        ("lion", 0.01, "cosine"),
    ]
    assert lanes[0]["1.momentum"] == 0.5
    assert lanes[1]["1.beta2"] == 0.999
    race = RACE.read(race_link(flat, "en"), "en")[0]
    assert [(race[f"{i}.rule"], race[f"{i}.lr"]) for i in (1, 2, 3)] == [(each["1.rule"], each["1.lr"]) for each in lanes]
    assert race["1.momentum"] == 0.5


# What the browser is sent.


@pytest.mark.parametrize("counts", [[1, 1, 1], [1999, 1, 38000], [7], [0, 3, 4]])
def test_rounded_shares_sum_to_the_whole(counts: list[int]):
    parts = rounded(counts, 1000)
    assert sum(parts) == 1000
    assert all(abs(part - 1000 * count / sum(counts)) < 1 for part, count in zip(parts, counts, strict=True))


def asked(n: str, link: str, times: int = 1) -> list[Response]:
    """The answers to this many requests at once."""

    async def ask() -> list[Response]:
        async def stay() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path_params": {"n": n}, "query_string": link.encode(), "headers": []}
        return list(await asyncio.gather(*(basin_maps.answer(Request(scope, stay)) for _ in range(times))))

    return finished(ask())


def test_the_route_brings_the_map_and_its_shares(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns.worker, "do", lambda task, *given: task(*given))
    link = "surface=himmelblau&1.rule=momentum&lang=en"
    (answer,) = asked("40", link)
    sent = unpacked(bytes(answer.body))["map"]
    flat = settings(link)
    assert answer.body == basin_map(flat, 40, found(flat))
    counts = np.bincount(np.asarray(sent["minimum"]), minlength=4)
    assert [each["part"] for each in sent["shares"]] == pytest.approx(counts / 1600)
    assert sent["summary"].startswith("Momentum: minimum A at (3, 2) ")
    with pytest.raises(HTTPException):
        asked("41", link)


def test_what_several_ask_for_at_once_is_made_once(monkeypatch: pytest.MonkeyPatch):
    made: list[slice] = []
    monkeypatch.setattr(turns.worker, "do", lambda task, flat, n, rows: (made.append(rows), task(flat, n, rows, compiled=False))[1])
    link = "surface=himmelblau&1.rule=momentum&steps=100&x=0.5"
    answers = asked("200", link, times=4)
    assert made == parts(200, 100)
    assert len(made) > 1
    assert len({bytes(answer.body) for answer in answers}) == 1


# The page.


def test_another_rule_takes_the_place_of_the_pages_own():
    page = opened("explore", view="basins", surface="himmelblau", **{"lion.lr": "0.01", "rules": "momentum,lion"})
    next(box for box in page.selectbox if box.key == "1.rule").set_value("nesterov")
    own = ran(page).session_state["visit"].memories["explore"].settings
    assert (own["1.rule"], own["rules"], own["lion.lr"]) == ("nesterov", "nesterov,lion", 0.01)


def test_a_suggested_rate_follows_the_surface_and_one_that_was_set_stays():
    page = opened("explore", view="basins", surface="himmelblau", rules="adam,lion", **{"lion.lr": "0.01"})
    next(box for box in page.selectbox if box.key == "surface").set_value("rosenbrock")
    own = ran(page).session_state["visit"].memories["explore"].settings
    assert own["adam.lr"] == settings("view=basins&surface=rosenbrock")["adam.lr"]
    assert own["lion.lr"] == 0.01


def test_a_surface_with_one_minimum_says_so_and_offers_one_with_several():
    page = opened("explore", view="basins", lang="en", rules="adam,lion")
    assert any(part.value == "This surface has one minimum: all runs that settle end there." for part in page.markdown)
    next(button for button in page.button if button.key == "several_minima").click()
    own = ran(page).session_state["visit"].memories["explore"].settings
    assert (own["view"], own["surface"], own["rules"]) == ("basins", "himmelblau", "adam,lion")
    assert not any("one minimum" in part.value for part in page.markdown)
