"""Scenes: what the sentence of each one says happens, and every number in it is its runs'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from urllib.parse import parse_qsl

import numpy as np
import pytest

from core import Array
from core.number import short
from links import Flat
from links.entries import race_of
from links.lanes import MOST_LANES
from links.race import RACE
from links.scenes import GROUPS, KEPT, SCENES, Scene, makes_the_race, scene_of
from locales import _, speaking
from optimizers import OPTIMIZERS
from player.messages.run import many, single
from runs import Trajectory, Verdict, stability_limit, tolerance
from runs.race import MANY, descent
from tests.conftest import ROOT

NUMBER = re.compile(r"(?<![A-Za-z\d.])−?\d+(?:\.\d+)?(?:e−?\d+)?")
OPENING = RACE.read({}, "en")[0]
BY_NAME = {scene.name: scene for scene in SCENES}

over_scenes = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


class Seen:
    """What is seen of a scene on the page; lanes are counted from 0."""

    def __init__(self, scene: Scene) -> None:
        self.race = race_of(scene.settings(OPENING))
        self.surface, self.steps, self.lanes = self.race.surface, self.race.steps, self.race.lanes
        self.rates = [lane.rule.lr for lane in self.lanes]

    @cached_property
    def runs(self) -> list[Trajectory]:
        return [descent(lane, self.race.descended(lane), self.race.start, self.steps) for lane in self.lanes]

    @property
    def ends(self) -> list[Array]:
        return [run.path[-1] for run in self.runs]

    @property
    def gaps(self) -> list[float]:
        """How far above f* each run ends."""
        assert self.surface.lowest is not None
        return [float(run.loss[-1] - self.surface.lowest) for run in self.runs]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """The badge at the end of each run."""
        said = [single(lane, self.race.descended(lane), self.race.start, self.steps).verdicts for lane in self.lanes]
        return [next((v for v in each if v.until == self.steps), Verdict("under way", self.steps, self.steps)) for each in said]

    @property
    def kinds(self) -> list[str]:
        return [verdict.kind for verdict in self.verdicts]

    def since(self, *lanes: int) -> list[int]:
        """The step from which on the badge says so."""
        return [self.verdicts[i].step for i in lanes]

    @property
    def means(self) -> list[float]:
        """How far above f* the mean of many runs ends."""
        assert self.surface.lowest is not None
        each = [many(lane, self.race.descended(lane, MANY), self.race.start, self.steps) for lane in self.lanes]
        return [float(those["loss"]["mean"][-1] - self.surface.lowest) for those in each]

    def parameters(self, name: str, *lanes: int) -> list[float]:
        return [getattr(self.lanes[i].rule, name) for i in lanes]


PROMISES: dict[str, Callable[[Seen], list[float]]] = {}


def promise(test: Callable[[Seen], list[float]]) -> Callable[[Seen], list[float]]:
    """What the scene of this name promises; the function returns the numbers of its sentence, in their order."""
    PROMISES[test.__name__] = test
    return test


@promise
def four_rates(seen: Seen) -> list[float]:
    assert seen.kinds == ["under way", "reached", "under way", "left the map"]
    assert seen.gaps[0] > 0.05 * (seen.runs[0].loss[0] - seen.surface.lowest)
    y = seen.runs[2].path[:, 1]
    np.testing.assert_allclose(y[1:], -y[:-1])
    assert seen.rates[2] == pytest.approx(stability_limit(seen.lanes[2].rule, seen.surface, seen.race.start)["minimum"])
    small, good, edge, large = seen.rates
    return [small, good, *seen.since(1), edge, 2, large, *seen.since(3)]


@promise
def trapped(seen: Seen) -> list[float]:
    assert seen.kinds == ["local minimum", "local minimum", "reached", "diverged"]
    away = np.hypot(*(seen.surface.minima() - np.array(seen.race.start)[:, None]))
    nearest = seen.surface.minima()[:, np.argsort(away)[:2]].T
    for end, minimum in zip(seen.ends, nearest, strict=False):
        np.testing.assert_allclose(end, minimum, atol=1e-3)
    return [*seen.rates[:3], *seen.since(2), seen.rates[3], *seen.since(3)]


@promise
def one_rate(seen: Seen) -> list[float]:
    assert seen.kinds == ["diverged", "reached", "diverged"]
    assert len(set(seen.rates)) == 1
    return [seen.rates[0], *seen.since(0, 2, 1)]


@promise
def any_rate(seen: Seen) -> list[float]:
    assert seen.kinds == ["diverged", "reached", "reached", "reached"]
    return [seen.rates[0], *seen.since(0), *seen.rates[1:], *seen.since(1, 2, 3)]


@promise
def zigzag(seen: Seen) -> list[float]:
    crossings = [int((np.sign(run.path[1:41, 1]) != np.sign(run.path[:40, 1])).sum()) for run in seen.runs]
    assert crossings[1] == crossings[2]
    assert seen.kinds == ["reached"] * 3
    return [40, *crossings[:2], *seen.since(0, 1, 2)]


@promise
def at_best(seen: Seen) -> list[float]:
    low, high = np.linalg.eigvalsh(seen.surface.hessian(np.zeros(2)))
    a, b = np.sqrt(low), np.sqrt(high)
    assert seen.rates == pytest.approx([2 / (low + high), (2 / (a + b)) ** 2, 1 / high], rel=1e-3)
    assert seen.parameters("momentum", 1, 2) == pytest.approx([((b - a) / (b + a)) ** 2, (b - a) / (b + a)], rel=1e-3)
    assert seen.kinds == ["reached"] * 3
    return [high / low, *seen.since(0, 1, 2)]


@promise
def how_much(seen: Seen) -> list[float]:
    assert seen.kinds == ["reached", "reached", "reached", "restless"]
    half, usual, much = seen.parameters("momentum", 1, 2, 3)
    return [*seen.since(0), half, *seen.since(1), usual, *seen.since(2), much, seen.steps]


@promise
def over_the_hill(seen: Seen) -> list[float]:
    assert seen.kinds == ["local minimum", "reached"]
    return [*seen.since(1)]


@promise
def overshoot(seen: Seen) -> list[float]:
    assert seen.kinds == ["reached", "local minimum"]
    assert (np.hypot(*(seen.runs[1].path - seen.surface.minima()[:, 0]).T) < 0.8).any()
    return [*seen.since(0), seen.gaps[1]]


@promise
def along_axes(seen: Seen) -> list[float]:
    low, high = np.linalg.eigvalsh(seen.surface.hessian(np.zeros(2)))
    assert seen.rates[0] == pytest.approx(2 / (low + high), rel=1e-3)
    assert seen.kinds == ["reached"] * 3
    return [high / low, *seen.since(1, 2, 0)]


@promise
def turned(seen: Seen) -> list[float]:
    straight = Seen(BY_NAME["along_axes"])
    assert (seen.lanes, seen.race.start) == (straight.lanes, straight.race.start)
    assert seen.kinds == ["reached"] * 3
    assert seen.since(0) == straight.since(0)
    return [45, *seen.since(0, 1), *straight.since(1), *seen.since(2), *straight.since(2)]


@promise
def plateau(seen: Seen) -> list[float]:
    assert np.hypot(*seen.surface.gradient(np.array([1.0, 0.0]))) < 0.05
    there = [run.path[:, 0] > 3 for run in seen.runs]
    assert not there[0].any()
    return [3, *(int(there[i].argmax()) for i in (2, 3, 1)), seen.steps]


@promise
def stalls(seen: Seen) -> list[float]:
    rates = seen.runs[0].states["rate"]
    assert (np.diff(rates, axis=0) <= 0).all()
    assert (np.diff(seen.runs[1].states["rate"], axis=0) > 0).any()
    assert seen.kinds == ["under way", "under way", "reached"]
    return [seen.steps, *seen.gaps[:2], *seen.since(2)]


@promise
def bias(seen: Seen) -> list[float]:
    first = [run.path[1] - run.path[0] for run in seen.runs]
    np.testing.assert_allclose(first[1] / first[0], np.sqrt(10), rtol=1e-3)
    assert seen.kinds == ["reached", "local minimum"]
    return [10, seen.gaps[1]]


@promise
def below_the_floor(seen: Seen) -> list[float]:
    constant, *scheduled = seen.means
    assert max(scheduled) < constant / 20
    return [constant, MANY, 20]


@promise
def hopping(seen: Seen) -> list[float]:
    steps = [abs(np.diff(run.path, axis=0)) for run in seen.runs]
    assert seen.kinds == ["under way", "reached"]
    assert (seen.runs[0].loss < tolerance(seen.surface)).argmax() == seen.verdicts[1].step
    assert steps[1][20:].max() < 1e-6
    return [*seen.since(1), steps[0][20:].max()]


@promise
def stops_short(seen: Seen) -> list[float]:
    sums = [round(float(run.lr.sum()), 1) for run in seen.runs]
    assert np.hypot(*(seen.runs[0].path[-1] - seen.runs[0].path[-100])) < 1e-3
    assert seen.kinds == ["under way", "reached"]
    return [seen.lanes[0].schedule.rate, *sums, *seen.since(1)]  # type: ignore[attr-defined]


@promise
def warm_up(seen: Seen) -> list[float]:
    assert seen.kinds == ["diverged", "reached"]
    assert seen.rates[0] == seen.rates[1] == seen.runs[1].lr[-1]
    ramp = int((seen.runs[1].lr < seen.rates[1]).sum()) + 1
    return [seen.rates[0], *seen.since(0), ramp, *seen.since(1)]


@promise
def loss_curves(seen: Seen) -> list[float]:
    curves = [many(lane, seen.race.descended(lane, MANY), seen.race.start, seen.steps)["loss"]["mean"] for lane in seen.lanes]
    assert curves[0][-1] < 0.95 * curves[0][-20]
    assert seen.means[1] == min(seen.means)
    assert curves[2][20:].mean() == pytest.approx(curves[2][-50:].mean(), rel=0.05)
    assert seen.kinds[3] == "diverged"
    low, good, high, wild = seen.rates
    return [low, seen.steps, good, high, round(seen.means[2] / seen.means[1]), wild, *seen.since(3)]


@promise
def smooth_not_quiet(seen: Seen) -> list[float]:
    quiet, rolling, loud = seen.means
    assert quiet < rolling / 5 < loud / 5
    turns = [
        np.einsum("ni,ni->n", d[1:], d[:-1]).mean() / (d**2).sum(axis=1).mean() for run in seen.runs[1:] for d in [np.diff(run.path[200:], axis=0)]
    ]
    assert turns[0] > 0.5 > 0 > turns[1]
    return [*seen.parameters("momentum", 1), seen.rates[1], short(rolling, 2), MANY, short(loud, 2), seen.rates[2], short(quiet, 2), seen.rates[0]]  # type: ignore[list-item]


@promise
def freed(seen: Seen) -> list[float]:
    noisy, quiet = (many(lane, seen.race.descended(lane, MANY), seen.race.start, seen.steps)["points"] for lane in seen.lanes)
    over = [int((points.reshape(2, -1, MANY)[0, -1] < 0).sum()) for points in (noisy, quiet)]
    assert over[1] == 0
    return [seen.race.noise, over[0], MANY]


@promise
def ridge(seen: Seen) -> list[float]:
    assert all((seen.runs[i].path[:, 1] == 0).all() for i in (0, 2))
    assert [seen.kinds[i] for i in (1, 3)] == ["left the map"] * 2
    return [seen.race.noise, *seen.since(1, 3)]


@promise
def decoupled(seen: Seen) -> list[float]:
    minimum, inside, beside = seen.ends
    assert minimum == pytest.approx(1.5, abs=1e-3)
    assert beside[0] == pytest.approx(beside[1], rel=1e-3)
    return [minimum[1], inside[1], inside[0], beside[0]]


@promise
def how_much_decay(seen: Seen) -> list[float]:
    ends = [end[0] for end in seen.ends]
    assert ends == sorted(ends, reverse=True)
    assert seen.parameters("weight_decay", 0) == [0]
    return [seen.surface.minima()[0, 0], *seen.parameters("weight_decay", 1, 2, 3), *ends[1:]]


@promise
def newton(seen: Seen) -> list[float]:
    low, high = np.linalg.eigvalsh(seen.surface.hessian(np.zeros(2)))
    assert seen.kinds == ["under way", "reached", "reached", "reached"]
    return [high / low, *seen.since(3, 2, 1), seen.steps]


@promise
def uphill(seen: Seen) -> list[float]:
    assert seen.kinds == ["reached", "maximum"]
    assert seen.runs[1].loss[-1] > seen.runs[1].loss[0]
    return [*seen.since(1, 0)]


def numbers(sentence: str) -> list[str]:
    return NUMBER.findall(sentence)


@over_scenes
def test_what_a_scene_says_happens_and_its_numbers_are_those_of_its_runs(scene: Scene):
    wanted = PROMISES[scene.name](Seen(scene))
    assert numbers(scene.sentence) == [value if isinstance(value, str) else short(value) for value in wanted]


@over_scenes
def test_the_korean_sentence_has_the_same_numbers(scene: Scene):
    with speaking("ko"):
        korean, title = _(scene.sentence), _(scene.title)
    assert Counter(numbers(korean)) == Counter(numbers(scene.sentence))
    assert korean != scene.sentence
    assert title != scene.title


@over_scenes
def test_a_link_is_read_without_complaint_and_kept_as_the_page_writes_it(scene: Scene):
    flat, complaints = RACE.read_link(scene.link, "en")
    assert complaints == []
    said = RACE.write(flat)
    assert scene.given == {key: said[key] for key in scene.given}
    assert RACE.short(flat, "en").items() - {("v", "1")} <= scene.given.items()
    assert list(scene.given) == [key for key, _value in parse_qsl(scene.link)]
    assert all(f"{i}.{key}" in scene.given for i in range(1, flat["lanes"] + 1) for key in ("rule", "lr"))  # whatever will be suggested


@over_scenes
def test_a_scene_is_one_as_long_as_its_runs_are_the_same(scene: Scene):
    flat = scene.settings(OPENING)
    assert scene_of(flat) is scene
    seen_otherwise = {
        "lang": "ko",
        "view": "3d",
        "overlay": 1,
        "field": 1,
        "zoom": 2.0,
        "speed": 4.0,
        "present": 1,
        "hide": "top",
        "inspect": 1,
        "1.look": 7,
    }
    assert scene_of(flat | seen_otherwise) is scene
    changed: list[Flat] = [{"x": flat["x"] + 0.1}, {"steps": flat["steps"] + 10}, {"noise": 0.5}, {"seed": 1}, {"1.lr": 0.0123}, {"2.warmup": 7}]
    for change in changed:
        assert scene_of(flat | change) is None
    assert scene_of(RACE.read(flat | {"lanes": flat["lanes"] + 1}, "en")[0]) is None


def test_what_changes_the_runs_is_told_from_what_changes_the_picture():
    flat = RACE.read({"lanes": "2"}, "en")[0]
    race = race_of(flat)
    for key in [key for key in flat if not makes_the_race(key)]:
        assert race_of({**flat, key: "other"}) == race
    assert {key for key in flat if makes_the_race(key)} >= {
        "surface",
        "x",
        "y",
        "steps",
        "noise",
        "seed",
        "many",
        "lanes",
        "1.rule",
        "2.lr",
        "1.quiet",
    }


def test_the_opening_is_no_scene():
    assert scene_of(OPENING) is None


@over_scenes
def test_a_scene_leaves_language_and_the_way_of_showing_alone(scene: Scene):
    before = RACE.read({"lang": "ko", "present": 1, "hide": "noise,curves", "predict": 1, "loop": 1, "view": "3d", "noise": 2.0, "zoom": 3.0}, "en")[
        0
    ]
    after, plain = scene.settings(before), scene.settings(OPENING)
    assert {key: after[key] for key in KEPT} == {key: before[key] for key in KEPT}
    assert {key: value for key, value in after.items() if key not in KEPT} == {key: value for key, value in plain.items() if key not in KEPT}
    assert after["hide"] == "noise,curves"


def test_there_are_enough_scenes_each_once_and_each_short():
    assert len(SCENES) in range(15, 31)
    assert set(PROMISES) == set(BY_NAME)
    assert len(BY_NAME) == len({scene.title for scene in SCENES}) == len({scene.sentence for scene in SCENES}) == len(SCENES)
    assert all(len(scene.sentence) <= 140 for scene in SCENES)
    assert all(1 < scene.settings(OPENING)["lanes"] <= MOST_LANES for scene in SCENES)
    assert min(len(group) for group in GROUPS.values()) > 1
    assert {rule for scene in SCENES for key, rule in scene.given.items() if key.endswith(".rule")} <= set(OPTIMIZERS)


def test_the_readme_says_how_many_there_are():
    assert f"one of {len(SCENES)} races" in (ROOT / "README.md").read_text("utf-8").replace("\n  ", " ")
