"""Every rule at the best of its settings, and performance profiles."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from core.number import short
from landscapes import LANDSCAPES
from links.best import ACROSS, SURFACES, found, on, problem_of, race_link, starts
from links.entries import lane_of, surface_of
from links.race import RACE
from locales import speaking
from optimizers import OPTIMIZERS
from optimizers.schedules.constant import Constant
from player import messages
from player.messages.best import profile, row
from runs import run, tolerance, verdict
from runs.best import best, from_starts
from runs.profile import performance_profile, performance_ratios
from runs.trials import A_DECADE, trials_of
from tests.app_page import opened, ran
from tests.elsewhere import finished
from tests.explored import settings
from tests.test_player import unpacked
from views.explore import bests, turns

INF = np.inf

# Performance profiles.

COSTS = np.array([[2, 4, 4], [INF, 3, 6], [5, 5, INF], [INF, INF, INF]])  # four problems, three rules


def test_a_profile_has_ties_and_failures_as_dolan_and_more_have_them():
    ratios = performance_ratios(COSTS)
    np.testing.assert_array_equal(ratios, [[1, 2, 2], [INF, 1, 2], [1, 1, INF], [INF, INF, INF]])
    shares = {tau: list(performance_profile(ratios, tau)) for tau in (1, 1.99, 2, 1e300)}
    assert shares == {1: [0.5, 0.5, 0], 1.99: [0.5, 0.5, 0], 2: [0.5, 0.75, 0.5], 1e300: [0.5, 0.75, 0.5]}


def test_who_begins_at_the_minimum_costs_nothing_and_nobody_is_twice_as_bad_as_that():
    np.testing.assert_array_equal(performance_ratios(np.array([[0.0, 0.0, 3.0]])), [[1, 1, INF]])


def test_a_profile_changes_with_the_rules_that_are_compared():
    """Gould and Scott, 2016: without the first rule the order of the others at a factor of 2 is another one."""
    costs = np.array([[1, 9, 3], [9, 2, 1], [9, 1, 9], [1, 2, 9.0]])
    among_all, alone = performance_ratios(costs), performance_ratios(costs[:, 1:])
    assert performance_profile(among_all, 1)[1] <= performance_profile(among_all, 1)[2] < performance_profile(alone, 1)[0]


# Tuning.


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_what_is_tried_is_what_the_note_says(rule: str):
    trials = trials_of(OPTIMIZERS[rule]())
    decades = np.log10(trials.rates[-1] / trials.rates[0])
    assert len(trials.rates) == round(A_DECADE * decades) + 1
    assert len(trials.values) in ({8, 9} if trials.name else {0})
    assert not trials.name or getattr(OPTIMIZERS[rule](), trials.name) in trials.values


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "adam", "newton", "bfgs", "sam", "rprop"])
@pytest.mark.parametrize("surface", ["bowl", "rosenbrock"])
def test_the_winner_does_in_a_run_what_the_table_says(rule: str, surface: str):
    where = LANDSCAPES[surface]()
    its = best(OPTIMIZERS[rule](), where, where.start, 150, Constant())
    made = run(its.rule, where, where.start, 150)
    end = verdict(made, where, its.rule)
    assert (end.step if end.kind == "reached" else INF) == its.steps
    assert its.evaluations == its.steps * OPTIMIZERS[rule].evaluations
    inside = np.all([(low <= x) & (x <= high) for x, (low, high) in zip(made.path.T, where.domain, strict=True)], axis=0)
    assert its.gap == made.loss[inside].min() - where.lowest
    assert its.cost == its.runs * 150 * OPTIMIZERS[rule].evaluations


def test_no_other_rate_does_it_in_fewer_steps_and_the_good_ones_are_as_wide_as_is_said():
    bowl, rule = LANDSCAPES["bowl"](), OPTIMIZERS["gradient_descent"]
    its = best(rule(), bowl, bowl.start, 200, Constant())
    rates = trials_of(rule()).rates
    ends = [verdict(run(rule(lr=rate), bowl, bowl.start, 200), bowl, rule(lr=rate)) for rate in rates]
    steps = np.array([end.step if end.kind == "reached" else INF for end in ends])
    assert its.steps == steps.min()
    assert its.width == (steps <= 2 * steps.min()).sum() / A_DECADE
    theory = 2 / np.linalg.eigvalsh(bowl.hessian(np.zeros(2))).sum()
    assert abs(np.log10(its.rule.lr / theory)) <= 1 / A_DECADE


def test_a_run_that_only_passes_f_star_has_not_reached_it():
    """Lion's steps have one length: it jumps over the minimum for ever, and lands within the tolerance at times."""
    bowl = LANDSCAPES["bowl"]()
    its = best(OPTIMIZERS["lion"](), bowl, bowl.start, 200, Constant())
    assert its.gap < tolerance(bowl)
    assert (its.steps, its.width) == (INF, 0)


def test_a_setting_at_an_end_of_what_was_tried_is_named_where_there_is_more_beyond():
    bowl = LANDSCAPES["bowl"]()
    at_end = {rule: best(OPTIMIZERS[rule](), bowl, bowl.start, 200, Constant()).at_end for rule in ("adadelta", "momentum", "sam")}
    assert at_end == {"adadelta": ("decay",), "momentum": (), "sam": ()}  # SAM's is at ρ 0, below which there is none


def test_other_starts_are_runs_with_the_same_settings():
    flat = settings("surface=two_wells&steps=80")
    its, elsewhere = found(flat, "momentum")
    surface = surface_of(flat)
    points = starts(surface)
    assert elsewhere.shape == (ACROSS**2,)
    for k in (0, 7, 20, 35):
        end = verdict(run(its.rule, surface, points[:, k], 80), surface, its.rule)
        assert (end.step if end.kind == "reached" else INF) == elsewhere[k]
    twice = from_starts(OPTIMIZERS["sam"](lr=its.rule.lr, rho=0.0), surface, points, 80, Constant())
    once = from_starts(OPTIMIZERS["gradient_descent"](lr=its.rule.lr), surface, points, 80, Constant())
    np.testing.assert_array_equal(twice, 2 * once)


# Links.


def test_all_surfaces_are_those_with_a_minimum_that_is_no_search_s():
    assert set(LANDSCAPES) - set(SURFACES) == {"saddle", "monkey_saddle", "custom"}


@pytest.mark.parametrize("surface", SURFACES)
def test_no_start_of_the_grid_is_a_minimum(surface: str):
    where = LANDSCAPES[surface]()
    assert (where.value(starts(where)) - where.lowest > tolerance(where)).all()


def test_a_surface_of_the_profile_is_as_it_is_by_itself():
    flat = settings("surface=bowl&surface.kappa=50&x=1&noise=1&steps=100&1.schedule=cosine&1.warmup=5&1.rule=adam&1.lr=0.5")
    assert problem_of(on("rosenbrock", flat)) == problem_of(settings("surface=rosenbrock&steps=100&1.schedule=cosine&1.warmup=5"))


def test_a_link_to_the_race_makes_the_run_of_the_row():
    flat = settings("surface=himmelblau&x=0.5&noise=0.5&steps=60&1.schedule=cosine&1.warmup=5&lang=ko")
    its = found(flat, "adam").best
    raced, complaints = RACE.read(race_link(flat, its), "en")
    assert complaints == []
    lane = lane_of(raced, 1)
    assert (raced["lanes"], raced["x"], raced["noise"], raced["lang"]) == (1, 0.5, 0, "ko")
    assert (lane.rule, lane.schedule, surface_of(raced), raced["steps"]) == (its.rule, *[problem_of(flat)[k] for k in (3, 0, 2)])


# What the browser is sent.


def test_a_row_says_what_is_not_reached_and_how_it_is_raced():
    flat = settings("surface=rosenbrock&steps=60")
    its = found(flat, "gradient_descent")
    sent = unpacked(row(flat, its))["row"]
    assert [sent[key] for key in ("steps", "evaluations", "width", "median")] == [None] * 4
    assert sent["share"] == np.isfinite(its.elsewhere).mean()
    assert sent["settings"] == f"η {short(its.best.rule.lr)}"
    assert dict(parse_qsl(sent["link"]))["1.lr"] == sent["lane"]["lr"] == repr(its.best.rule.lr)
    half = its._replace(elsewhere=np.array([4.0, INF, 2.0, INF]))
    assert unpacked(row(flat, half))["row"]["median"] == 4


def test_the_profile_s_sentences_have_its_numbers():
    flat = settings("steps=30")
    its = found(flat, "momentum")
    costs = np.resize(COSTS, (4, len(OPTIMIZERS)))
    every = [[its._replace(best=replace(its.best, evaluations=cost)) for cost in costs_of_one] for costs_of_one in costs]
    sent = unpacked(profile(flat, every))["profile"]
    ratios = performance_ratios(costs)
    assert [list(rule["ratios"]) for rule in sent["rules"]] == [sorted(column[np.isfinite(column)]) for column in ratios.T]
    assert "Surfaces: 4," in sent["note"]
    assert "30 steps" in sent["note"]
    assert f"surfaces that no rule solves: {np.isinf(costs).all(axis=1).sum()}." in sent["note"]
    assert f"{short(4 * len(OPTIMIZERS) * its.best.runs)} runs with {short(4 * len(OPTIMIZERS) * its.best.cost)} gradients" in sent["note"]
    most = round(4 * performance_profile(ratios, 2).max())
    assert f"Within twice the best: {', '.join(leading(ratios, 2))}, on {most} / 4." in sent["summary"]


def leading(ratios: np.ndarray, tau: float) -> list[str]:
    share = performance_profile(ratios, tau)
    return [cls().title for cls, value in zip(OPTIMIZERS.values(), share, strict=True) if value == share.max()]


def test_the_note_has_the_tolerance_in_use_and_a_surface_without_a_minimum_has_no_table():
    assert f"(here {short(float(tolerance(LANDSCAPES['booth']())))})" in messages.best(settings("surface=booth"))["note"]
    assert "σ = 0.5, is left out here" in messages.best(settings("surface=booth&noise=0.5"))["note"]
    saddle = messages.best(settings("surface=saddle"))
    assert saddle["rules"] == []
    assert len(saddle["looks"]) == len({(look["light"], look["marker"]) for look in saddle["looks"]}) == len(OPTIMIZERS)


# The routes.


def asked(route: Any, name: str, link: str, gone: bool = False, times: int = 1) -> list[Response]:
    """The answers to this many requests at once, of somebody who has gone meanwhile or waits."""

    async def ask() -> list[Response]:
        async def stay() -> Message:
            if not gone:
                await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path_params": {"rule": name, "n": name}, "query_string": link.encode(), "headers": []}
        return list(await asyncio.gather(*(route(Request(scope, stay)) for _ in range(times))))

    return finished(ask())


class Here:
    """In place of the process aside: works here, and counts."""

    def __init__(self) -> None:
        self.done = 0

    def do(self, task: Any, *given: Any) -> Any:
        self.done += 1
        return task(*given)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Here:
    """A server that knows nothing."""
    here = Here()
    monkeypatch.setattr(turns, "worker", here)
    bests.known.clear()
    return here


def test_what_a_class_asks_for_is_worked_out_once(fresh: Here):
    link = "surface=booth&steps=40"
    answers = asked(bests.rule, "adam", link, times=5) + asked(bests.rule, "adam", f"{link}&sort=-gap&1.rule=adam&noise=1&view=best")
    assert fresh.done == 1
    with speaking("en"):
        assert {bytes(answer.body) for answer in answers} == {row(settings(link), found(settings(link), "adam"))}


def test_a_server_with_enough_to_do_says_so_and_nobody_works_for_who_has_gone(fresh: Here, monkeypatch: pytest.MonkeyPatch):
    assert [answer.status_code for answer in asked(bests.surfaces, "1", "steps=40", gone=True)] == [204]
    monkeypatch.setattr(bests, "WAITING", 0)
    assert [answer.status_code for answer in asked(bests.rule, "adam", "steps=40")] == [204]
    assert fresh.done == 0


def test_the_profile_over_one_surface_is_that_of_its_table(fresh: Here):
    (answer,) = asked(bests.surfaces, "1", "steps=20&surface=saddle")
    sent = unpacked(bytes(answer.body))["profile"]
    flat = on(SURFACES[0], settings("steps=20"))
    costs = [bests.known[name, problem_of(flat)].best.evaluations for name in OPTIMIZERS]
    assert sent["done"] == 1
    assert [list(rule["ratios"]) for rule in sent["rules"]] == [[r] if np.isfinite(r) else [] for r in performance_ratios(np.array([costs]))[0]]
    assert fresh.done == len(OPTIMIZERS)


# The page.


@pytest.mark.parametrize(("language", "caption"), [("en", "Every rule at the best settings found for it"), ("ko", "가장 좋은 설정에서 본 모든 기법")])
def test_it_opens_in_both_languages_with_the_sliders_that_all_rules_share(language: str, caption: str):
    page = opened("explore", lang=language, view="best", sort="-gap", noise="0.5")
    parts = {part.proto.component_name.rpartition(".")[2]: part.proto for part in page.get("bidi_component")}
    sent = json.loads(parts["best"].json)
    assert (sent["words"]["caption"], sent["sort"], sent["profile"]) == (caption, "-gap", False)
    sliders = {json.loads(part.proto.json)["name"] for part in page.get("bidi_component") if part.proto.component_name.endswith("slider")}
    assert sliders == {"surface.kappa", "surface.angle", "x", "y", "steps", "1.warmup"}
    assert page.session_state["visit"].memories["explore"].complaints == []


def test_a_profile_of_another_budget_is_begun_by_a_person():
    page = opened("explore", view="best", profile="1", sort="gap")
    for box, value, begun in [("surface", "booth", 1), ("1.schedule", "cosine", 0)]:
        next(each for each in page.selectbox if each.key == box).set_value(value)
        ran(page)
        own = page.session_state["visit"].memories["explore"].settings
        assert (own["view"], own["sort"], own["profile"]) == ("best", "gap", begun)
