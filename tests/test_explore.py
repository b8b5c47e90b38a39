"""The Explore page without a browser: its links, the runs of a map, and how the server makes them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from core.scale import middles, narrowest, place, value
from landscapes import LANDSCAPES
from links.axes import FINE, axes_of, settings_of
from links.entries import lane_of, surface_of
from links.explore import EXPLORE, race_link
from links.race import RACE
from links.sweep import map_of as runs_of
from locales import said, speaking
from optimizers import OPTIMIZERS
from player.messages.maps import COARSE, at_hand, at_once, known
from player.messages.maps import advance as made_of
from player.messages.sweep import mapped
from runs import End, Noisy, run, verdict
from runs.aside import Aside, NICE
from runs.cells import Outcome
from runs.compiled import usable
from runs.compiled.cache import FOLDER
from tests.app_page import opened, ran
from tests.elsewhere import finished
from tests.explored import cells_of, map_of, settings
from tests.kernels import in_python
from tests.race_page import eventually
from tests.test_player import unpacked
from views.explore import line, maps, turns
from views.explore.line import Line

# Links.


@pytest.mark.parametrize("surface", LANDSCAPES)
@pytest.mark.parametrize("rule", ["gradient_descent", "adam", "bfgs", "newton"])
def test_a_link_is_as_short_as_can_be_and_says_all(surface: str, rule: str):
    flat = settings(f"surface={surface}&1.rule={rule}")
    short = EXPLORE.short(flat, "en")
    assert set(short) <= {"v", "surface", "1.rule"}
    assert EXPLORE.read(short, "en") == (flat, [])
    assert EXPLORE.read(EXPLORE.write(flat), "en") == (flat, [])


@pytest.mark.parametrize(
    "link",
    [
        "ax=1.momentum&ay=1.lr&ay.low=0.01&ay.high=0.2",
        "surface=himmelblau&ax=x&ay=y&ax.low=-1.0&measure=distance",
        "1.rule=adam&ay=1.beta2&1.schedule=cosine&1.warmup=20&noise=0.5&seed=3",
        "ax=surface.kappa&ay=surface.angle&kept=10.0,20.0;100.0,45.5&present=1&hide=legend,bar",
        "1.schedule=step&ax=1.schedule.every&ay=1.schedule.factor",
    ],
)
def test_what_differs_from_the_opening_stands_in_the_address_and_nothing_else(link: str):
    flat = settings(link)
    differing = {pair.split("=")[0] for pair in link.split("&")}
    assert EXPLORE.short(flat, "en") == {"v": "1"} | {key: text for key, text in EXPLORE.write(flat).items() if key in differing}
    assert EXPLORE.read(EXPLORE.short(flat, "en"), "en") == (flat, [])


@pytest.mark.parametrize("rule", list(OPTIMIZERS))
def test_a_link_names_the_axes_whatever_each_of_them_is(rule: str):
    """What the vertical one is where nothing is said hangs on the horizontal one."""
    start = settings(f"1.rule={rule}&surface=three_hump_camel")
    for across in settings_of(start):
        for up in settings_of(start):
            if up != across:
                flat = EXPLORE.read(EXPLORE.write(start) | {"ax": across, "ay": up}, "en")[0]
                flat = EXPLORE.read({key: value for key, value in flat.items() if not key.endswith((".low", ".high"))}, "en")[0]
                assert EXPLORE.read(EXPLORE.short(flat, "en"), "en") == (flat, []), (across, up)


@pytest.mark.parametrize(
    ("link", "complaint"),
    [
        ("ax=1.beta1", "ax=1.beta1 was ignored"),
        ("ay=1.lr", "ay=1.lr was ignored"),
        ("ax.low=0.1&ax.high=0.1", "ax.high=0.1 was ignored"),
        ("ax.low=0.1&ax.high=0.10000000000000002", "ax.high=0.10000000000000002 was ignored"),
        ("ax.low=-1", "ax.low=-1 was ignored"),
        ("ay.high=1", "ay.high=1 was ignored"),
        ("kept=1", "kept=1 was ignored"),
        ("kept=0.1,0.5;nan,2", "kept=0.1,0.5;nan,2 was ignored"),
        ("surface=saddle&measure=steps", "measure=steps was ignored"),
        ("hide=curves", "hide=curves was ignored"),
    ],
)
def test_what_has_no_meaning_is_ignored_with_a_sentence(link: str, complaint: str):
    flat, complaints = EXPLORE.read_link(link, "en")
    assert [said(error).startswith(complaint) for error in complaints] == [True]
    assert EXPLORE.read(EXPLORE.short(flat, "en"), "en") == (flat, [])


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_setting_of_the_runs_can_be_an_axis(rule: str):
    options = settings_of(settings(f"1.rule={rule}&1.schedule=cosine"))
    own = {f"1.{name}" for name in vars(OPTIMIZERS[rule]()) if np.isreal(getattr(OPTIMIZERS[rule](), name))}
    assert {*own, "1.warmup", "noise", "x", "y", "surface.kappa", "surface.angle"} <= set(options)


def test_a_link_to_the_race_has_the_kept_cells_as_lanes():
    flat = settings("surface=rosenbrock&1.rule=adam&ay=1.beta2&kept=0.01,0.9;0.5,0.99&1.warmup=10&x=0.5&steps=300")
    race = RACE.read(race_link(flat, "en"), "en")[0]
    assert [race[key] for key in ("lanes", "surface", "x", "steps")] == [2, "rosenbrock", 0.5, 300]
    assert [(race[f"{i}.rule"], race[f"{i}.lr"], race[f"{i}.beta2"], race[f"{i}.warmup"]) for i in (1, 2)] == [
        ("adam", 0.01, 0.9, 10),
        ("adam", 0.5, 0.99, 10),
    ]


# Scales.


@pytest.mark.parametrize(("scale", "low", "high"), [("even", -2.0, 3.0), ("log", 1e-5, 10.0), ("near_one", 0.0, 0.9999)])
def test_cells_are_equally_wide_on_their_scale(scale, low: float, high: float):
    values = middles(low, high, 50, scale)
    np.testing.assert_allclose(np.diff(place(values, scale)), (place(high, scale) - place(low, scale)) / 50, rtol=1e-9)
    np.testing.assert_allclose(value(place(values, scale), scale), values, rtol=1e-12)


@pytest.mark.parametrize(("scale", "low"), [("even", 1.7), ("log", 0.05), ("near_one", 0.9)])
def test_the_narrowest_range_still_tells_its_cells_apart(scale, low: float):
    values = middles(low, low + narrowest(low, FINE), FINE, scale)
    assert len(set(values)) == FINE
    assert (np.diff(values) > 0).all()


# The runs.

ANY = [
    "",
    "surface=himmelblau&1.rule=adam&ay=1.beta2",
    "surface=six_hump_camel&1.rule=gradient_descent&ax.low=0.01&ax.high=1&ay=1.warmup",
    "surface=two_wells&1.rule=momentum&1.schedule=step&ax=1.schedule.every&ay=1.schedule.factor",
    "ax=surface.kappa&ay=surface.angle&1.rule=rmsprop",
    "surface=rosenbrock&ax=x&ay=y&1.rule=newton&1.lr=1",
    "ax=noise&ay=1.lr&1.schedule=cosine&1.warmup=10",
    "noise=0.5&seed=4",
    "surface=saddle&1.rule=adam",
    "surface=custom&surface.text=log(x)%2By^2",
]


@pytest.mark.parametrize("link", ANY)
def test_a_cell_is_the_run_of_its_settings(link: str):
    """Every measure, and how the run ended, for a sample of the cells."""
    flat = settings(f"{link}&steps=60")
    n = 7
    found, (x, y) = cells_of(flat, n), axes_of(flat)
    for j, i in [(0, 0), (0, 6), (6, 0), (3, 4), (5, 2)]:
        own = flat | {x.key: x.values(n)[i], y.key: y.values(n)[j]} | {"1.quiet": 0}
        own |= {"1.warmup": int(own["1.warmup"])}
        surface, lane = surface_of(own), lane_of(own, 1)
        path = run(lane.rule, Noisy(surface, own["noise"], own["seed"]), (own["x"], own["y"]), own["steps"], lane.schedule)
        np.testing.assert_allclose(found.final[j, i], path.loss[-1], rtol=1e-7, atol=1e-12)
        np.testing.assert_allclose(found.best[j, i], np.fmin.reduce(path.loss), rtol=1e-7, atol=1e-12)
        assert (found.outcome[j, i] == Outcome.DIVERGED) == (path.ended == End.DIVERGED)
        if found.outcome[j, i] == Outcome.REACHED:
            said_of_it = verdict(path, surface, lane.rule)
            assert said_of_it.kind in ("reached", "restless", "under way", "left the map")
            assert surface.lowest is not None
            assert abs(path.loss[int(found.steps[j, i])] - surface.lowest) <= abs(path.loss[max(int(found.steps[j, i]) - 1, 0)] - surface.lowest)
        if found.outcome[j, i] == Outcome.ELSEWHERE:
            assert verdict(path, surface, lane.rule).kind in ("local minimum", "restless, local")


def test_a_run_that_falls_below_f_star_beside_the_domain_did_not_reach_it():
    """McCormick's function has no lower bound outside its domain."""
    found = cells_of(settings("surface=mccormick&ax=x&ay=y&1.rule=momentum&1.lr=0.5&steps=60"), 12)
    lowest = surface_of(settings("surface=mccormick")).lowest
    assert lowest is not None
    below = found.final < lowest - 1
    assert below.any()
    assert set(found.outcome[below]) <= {Outcome.LEFT, Outcome.DIVERGED}


# What the browser is sent.


def test_a_map_has_a_number_or_a_sign_in_every_cell():
    sent = map_of("surface=two_wells&ax=x&ay=1.lr&steps=100&measure=final")
    coloured = np.array(sent["coloured"])[np.asarray(sent["outcomes"])] == 1
    values = np.asarray(sent["values"])
    assert 0 < coloured.sum() < coloured.size
    assert np.isfinite(values[coloured]).all()
    assert (values[coloured] >= 0).all()
    signs = {outcome for outcome, _share in sent["shares"]}
    assert signs == set(np.asarray(sent["outcomes"])[~coloured])
    assert sent["range"]["low"] < sent["range"]["high"]


def test_the_summary_names_the_best_cell_and_the_shares():
    sent = map_of()
    values, n = np.asarray(sent["values"]).reshape(40, 40), 40
    j, i = np.unravel_index(np.nanargmin(np.where(np.isfinite(values), values, np.nan)), (n, n))
    assert sent["summary"].startswith(f"Best: Steps until f stays at f* {values[j, i]:.0f} at η {sent['xs'][i]:.3g}, μ ")
    diverged = (np.asarray(sent["outcomes"]) == Outcome.DIVERGED).mean()
    assert f"diverged {100 * diverged:.2g} %" in sent["summary"]


# How the server makes it.


def asked(n: str, link: str, gone: bool = False, tabs: str = "a") -> list[Response]:
    """The answers to requests of these tabs at once, of people who have gone meanwhile or wait."""

    async def ask() -> list[Response]:
        async def stay() -> Message:
            if not gone:
                await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path_params": {"n": n}, "query_string": link.encode()}
        named = ([(turns.TAB.lower().encode(), tab.encode())] for tab in tabs)
        return list(await asyncio.gather(*(maps.answer(Request(scope | {"headers": headers}, stay)) for headers in named)))

    return finished(ask())


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch):
    """A server that has made no map."""
    monkeypatch.setattr(turns, "line", Line())
    turns.known.clear()
    turns.awake.set()
    yield turns
    turns.awake.clear()
    turns.worker.end()


@pytest.mark.slow
def test_the_route_brings_the_map_that_the_page_describes(fresh):
    link = "1.rule=adam&ay=1.beta2&steps=50"
    (answer,) = asked("40", link)
    sent = unpacked(bytes(answer.body))["map"]
    np.testing.assert_array_equal(sent["values"], map_of(link)["values"])
    (other,) = asked("40", f"{link}&measure=final&lang=ko")
    assert unpacked(bytes(other.body))["map"]["title"] == "끝의 f − f*"


@pytest.mark.slow
def test_the_first_map_is_coarse_and_fine_as_soon_as_its_kernel_is_compiled(fresh, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """And both show the same."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "kernels"))  # of the process that makes the maps

    def first(x: float) -> dict[str, Any]:
        (answer,) = asked("first", f"x={x}&steps=60")
        return unpacked(bytes(answer.body))["map"]

    assert first(0.5)["n"] == COARSE
    tried = (1 + k / 100 for k in count())  # a map that is known comes at once
    x = eventually(lambda: next(tried), lambda x: first(x)["n"] == FINE)
    sent, wanted = first(x), map_of(f"x={x}&steps=60", FINE)
    np.testing.assert_array_equal(sent["outcomes"], wanted["outcomes"])
    np.testing.assert_array_equal(sent["values"], wanted["values"])


def test_a_first_map_that_others_would_wait_for_is_coarse(monkeypatch: pytest.MonkeyPatch):
    in_python(monkeypatch)
    flat = settings("steps=50&x=0.25")
    assert at_once(flat, 0) == COARSE
    assert usable(runs_of(flat, FINE), True) == ""
    assert [at_once(flat, others) for others in (0, 30)] == [FINE, COARSE]


def test_what_runs_are_made_for_one_measure_they_are_made_for_all():
    made = [made_of({"steps": "30", "x": "0.375", "measure": measure}, COARSE, 0) for measure in ("steps", "distance")]
    assert len({unpacked(message or b"")["map"]["title"] for message in made}) == 2
    assert sum(("x", 0.375) in key[1] for key in known) == 1  # pyright: ignore[reportIndexIssue]


@pytest.mark.parametrize("link", ["", "surface=two_wells&1.rule=adam&ay=1.beta2&steps=100&measure=final&lang=ko"])
def test_until_the_process_aside_is_there_the_first_map_is_made_at_once_where_it_is_small(fresh, monkeypatch: pytest.MonkeyPatch, link: str):
    turns.awake.clear()
    monkeypatch.setattr(turns, "wake", lambda: None)
    monkeypatch.setattr(turns.worker, "do", None)
    (answer,) = asked("first", link)
    flat = settings(link)
    with speaking(flat["lang"]):
        assert answer.body == mapped(flat, COARSE, cells_of(flat, COARSE))
    assert at_hand({"steps": "1000"}) is None


def test_nobody_waits_for_a_map_that_nobody_wants(fresh):
    assert [answer.status_code for answer in asked("200", "steps=1000", gone=True)] == [204]
    assert not fresh.line.places


def test_who_goes_away_while_waiting_leaves_the_place_to_others(fresh, monkeypatch: pytest.MonkeyPatch):
    """Of eight requests of one visitor six are gone; nothing is made for them but what was begun."""
    done: list[Any] = []
    monkeypatch.setattr(turns.worker, "do", lambda *given: (time.sleep(0.05), done.append(given), b"done")[-1])
    assert [answer.status_code for answer in asked("first", "", gone=True, tabs="aaaaaa") + asked("first", "", tabs="aa")] == 6 * [204] + 2 * [200]
    assert len(done) <= 3
    assert not fresh.line.places


@pytest.mark.slow
def test_a_server_with_enough_to_do_says_so_to_whoever_asks_for_a_fine_map(fresh, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(line, "MOST_FINE", 0)
    assert [answer.status_code for answer in asked("200", "steps=30")] == [204]
    assert [answer.status_code for answer in asked("40", "steps=30")] == [200]


@pytest.mark.parametrize("n", ["first", "200"])
def test_one_visitor_with_many_requests_does_not_keep_others_waiting(fresh, monkeypatch: pytest.MonkeyPatch, n: str):
    made = count(1)
    monkeypatch.setattr(turns.worker, "do", lambda *_: str(next(made)).encode())
    answers = asked(n, "", tabs="aaaaaaaaaab")
    assert [answer.status_code for answer in answers] == 6 * [200] + 4 * [204] + [200]
    assert [bytes(answer.body) for answer in answers if answer.body] == [b"1", b"3", b"4", b"5", b"6", b"7", b"2"]


@pytest.mark.slow
def test_a_process_aside_raises_what_a_task_raises_and_comes_again_when_it_was_lost(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(NICE)
    aside = Aside()
    try:
        with pytest.raises(ZeroDivisionError):
            aside.do(divmod, 1, 0)
        first = aside.do(os.getpid)
        assert first != os.getpid()
        assert aside.do(os.nice, 0) >= 10
        os.kill(first, signal.SIGKILL)
        assert aside.do(os.getpid) not in (first, os.getpid())
    finally:
        aside.end()


# The page.


def test_it_opens_in_both_languages_and_keeps_what_it_is_told():
    for language, title in (("en", "→ Learning rate η"), ("ko", "→ 학습률 η")):
        page = opened("explore", lang=language, surface="rosenbrock", **{"1.rule": "adam"})
        own = page.session_state["visit"].memories["explore"]
        assert own.complaints == []
        assert next(box for box in page.selectbox if box.key == "ax").value == "1.lr"
        assert title in next(box for box in page.selectbox if box.key == "ax").options


def test_an_axis_that_another_rule_does_not_have_gives_way():
    page = opened("explore", **{"1.rule": "adam", "ay": "1.beta2", "kept": "0.1,0.9"})
    next(box for box in page.selectbox if box.key == "1.rule").set_value("gradient_descent")
    ran(page)
    own = page.session_state["visit"].memories["explore"].settings
    assert (own["1.rule"], own["ax"], own["ay"], own["kept"]) == ("gradient_descent", "1.lr", "surface.kappa", "")


def test_axes_change_places_where_one_is_given_the_other():
    page = opened("explore", **{"ay.low": "0.5"})
    next(box for box in page.selectbox if box.key == "ax").set_value("1.momentum")
    ran(page)
    own = page.session_state["visit"].memories["explore"].settings
    assert (own["ax"], own["ay"], own["ax.low"]) == ("1.momentum", "1.lr", 0.5)


def test_a_map_worth_seeing_is_a_click_away_and_says_what_it_shows():
    page = opened("explore", lang="ko", **{"1.rule": "adam"})
    next(button for button in page.button if button.key == "preset fractal").click()
    ran(page)
    own = page.session_state["visit"].memories["explore"].settings
    assert (own["lang"], own["surface"], own["1.rule"], own["ax.low"]) == ("ko", "himmelblau", "momentum", 0.02)
    assert any("1.5" in part.value for part in page.markdown)
    next(button for button in page.button if button.key == "reset_button").click()
    ran(page)
    assert "surface" not in page.query_params
    assert not any("1.5" in part.value for part in page.markdown)
