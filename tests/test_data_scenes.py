"""Scenes of the Data page: what the sentence of each one says happens, and every number in it is its runs'."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.number import short
from links.data import DATA
from links.data_scenes import GROUPS
from links.entries import race_of
from links.scenes import Scene, scene_of
from player.messages.run import many, single
from runs import predicted_spread
from runs.race import Lane, MANY, descent
from tests.test_scenes import NUMBER

SCENES = [scene for group in GROUPS.values() for scene in group]
OPENING = DATA.read({}, "en")[0]


class Seen:
    """What is seen of a scene on the page; lanes are counted from 0."""

    def __init__(self, scene: Scene) -> None:
        self.race = race_of(scene.settings(OPENING))
        self.lanes, self.start, self.steps = self.race.lanes, self.race.start, self.race.steps
        self.runs = [descent(*self.of(lane)) for lane in self.lanes]
        self.lowest = float(self.race.surface.lowest or 0.0)

    def of(self, lane: Lane, runs: int | None = None):
        return lane, self.race.descended(lane, runs), self.start, self.steps

    def ending(self, i: int) -> tuple[str, int]:
        """What is said of lane i at the end, and since which step."""
        end = single(*self.of(self.lanes[i])).verdicts[-1]
        return end.kind, end.step

    def mean(self, i: int, last: int = 1) -> float:
        """The mean f − f* of lane i's many runs over so many last steps."""
        return float(many(*self.of(self.lanes[i], MANY))["loss"]["mean"][-last:].mean()) - self.lowest

    def predicted(self, i: int) -> float:
        surface = self.race.descended(self.lanes[i])
        spread = predicted_spread(self.lanes[i].rule, self.race.surface, surface.covariance)
        assert spread
        return spread.excess


def tangent(seen: Seen) -> list[float]:
    curvature, minimum = float(seen.race.surface.hessian(np.zeros(2))[0, 0]), float(seen.race.surface.minima()[0, 0])
    for path, lane in zip([run.path for run in seen.runs], seen.lanes, strict=True):
        assert pytest.approx(-lane.rule.lr * seen.race.surface.gradient(path[:-1].T), abs=1e-12) == np.diff(path, axis=0).T
        assert not path[:, 1].any()
    sides = [np.sign(run.path[:, 0] - minimum) for run in seen.runs]
    assert (sides[0] == sides[0][0]).all()
    assert seen.ending(1) == ("reached", 2)
    assert (sides[2][1:] == -sides[2][:-1]).all()
    assert (np.diff(seen.runs[3].loss) > 0).all()
    return [0.3, 1.4, 2, 2.5, 2.9, curvature, 2 / curvature]


def batch_curve(seen: Seen) -> list[float]:
    problem = seen.race.surface
    wrong = [float((problem.gradients(np.array([w, 0.0]))[0] > 0).sum()) for w in (seen.start[0], 1.0)]  # the minimum lies at 1.12
    assert problem.minima()[0, 0] > 1
    return [seen.start[0], 1, problem.count, *wrong]


def batch_sizes(seen: Seen) -> list[float]:
    assert seen.ending(3) == ("reached", 65)
    assert {lane.rule.lr for lane in seen.lanes} == {0.1}
    ends = [seen.mean(i) for i in range(3)]
    return [1, 16, 256, 1000, MANY, 65, *ends]


def one_epoch(seen: Seen) -> list[float]:
    counts = [-(-100 // lane.batch) for lane in seen.lanes]
    after = [float(run.loss[k]) - seen.lowest for run, k in zip(seen.runs, counts, strict=True)]
    assert after == sorted(after)
    return [1, 20, *counts, *after, float(seen.runs[0].loss[0]) - seen.lowest]


def too_large_for_one(seen: Seen) -> list[float]:
    assert seen.ending(0) == ("left the map", 50)
    assert seen.ending(1)[0] == "restless"
    assert seen.ending(2) == ("reached", 6)
    return [1, 6, 20, 50]


def floor_anew(seen: Seen) -> list[float]:
    ends = [seen.mean(i) for i in range(3)]
    assert ends[:2] == pytest.approx([seen.predicted(0), seen.predicted(1)], rel=0.15)
    assert ends[2] < ends[1]
    return [0.1, 0.02, MANY, *ends, seen.predicted(0), seen.predicted(1)]


def floor_shuffled(seen: Seen) -> list[float]:
    assert seen.mean(0, 100) < seen.predicted(0) / 5
    return [100, 0.1, MANY, seen.mean(0, 100), seen.predicted(0)]


def scale(seen: Seen) -> list[float]:
    low, high = np.linalg.eigvalsh(seen.race.surface.hessian(np.array(seen.start)))
    assert [seen.ending(i)[0] for i in range(3)] == ["reached", "left the map", "reached"]
    assert 0.025 < 2 / high < 0.028
    return [high / low, 0.025, 0.028, 0.1, seen.ending(0)[1], seen.ending(2)[1]]


def sparse(seen: Seen) -> list[float]:
    best = seen.race.surface.minima()[1, 0]
    ends = [float(run.path[-1, 1]) for run in seen.runs]
    assert abs(ends[0] - best) > 5 * max(abs(end - best) for end in ends[1:])
    return [1, 1 / seen.race.surface.dense, float(best), *ends]


def dead_start(seen: Seen) -> list[float]:
    assert all((run.path == 0).all() for run in seen.runs)
    for lane in seen.lanes:
        moved = descent(lane, seen.race.descended(lane), (0.1, 0.0), seen.steps)
        assert np.hypot(*moved.path[-1]) > 1
    return [0, 0.1]


def cliff(seen: Seen) -> list[float]:
    lengths = [float(np.hypot(*(run.path[1] - run.path[0]))) for run in seen.runs]
    slope = seen.race.surface.gradient
    assert np.hypot(*slope(seen.runs[1].path[1])) < 1e-4
    return [float(np.hypot(*slope(np.array(seen.start)))), 0.05, 0.5, *lengths]


CHECKS: dict[str, Callable[[Seen], list[float]]] = {
    check.__name__: check
    for check in (tangent, batch_curve, batch_sizes, one_epoch, too_large_for_one, floor_anew, floor_shuffled, scale, sparse, dead_start, cliff)
}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_a_scene_says_happens(scene: Scene):
    numbers = {short(number) for number in CHECKS[scene.name](Seen(scene))}
    assert set(NUMBER.findall(scene.sentence.replace("f*", "").replace("f − ", ""))) <= numbers


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_scenes_link_is_read_without_a_complaint_and_known_again(scene: Scene):
    flat, complaints = DATA.read(scene.given, "en")
    assert complaints == []
    assert scene_of(flat, SCENES) == scene
