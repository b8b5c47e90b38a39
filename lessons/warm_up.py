"""Warm-up: a rate that is too high at the start may be right later."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Place, Slide, Step
from lessons.parts.seen import Seen
from optimizers.gradient_descent import GradientDescent
from optimizers.schedules.warmup import Warmup
from runs import run

CAMEL = "?surface=three_hump_camel"
RACE = f"{CAMEL}&steps=60&lanes=1&1.rule=gradient_descent&1.lr=0.1"
FEW = 5  # steps of warm-up


@lru_cache
def edge_after(steps: int) -> float:
    """The lowest rate at which gradient descent does not stay on the map, after a warm-up of so many steps."""
    surface, rates = Seen(RACE).race.surface, np.arange(50, 1000) / 1000
    stopped = run(GradientDescent(lr=rates), surface, surface.start, 60, Warmup(steps)).stopped_at
    return float(rates[(stopped >= 0).argmax()])


def steep(seen: Seen) -> float:
    """The largest curvature at the start."""
    return float(seen.curvatures(seen.race.start)[1])


class WarmUp(Lesson):
    """Why a rate that grows at the start saves a run, and for how long it has to."""

    place = 16
    title = Both("Warm-up saves a run", "웜업이 실행을 살립니다")
    idea = Both(
        "The largest rate that a run survives is set where the surface is steepest, often at the start; warm-up passes there with small steps.",
        "실행이 견딜 수 있는 학습률은 가장 가파른 곳이 정하며, 그곳은 흔히 출발점입니다. 웜업은 그곳을 작은 걸음으로 지나갑니다.",
    )
    minutes = 5
    after = ("zigzag",)
    reference = "Goyal et al., Accurate, large minibatch SGD: training ImageNet in 1 hour, 2017, section 2.2; Gilmer et al., ICLR 2022"
    steps = (
        Step(
            name="start",
            title=Both("Too steep a start", "너무 가파른 출발"),
            scene=f"{CAMEL}&steps=40&lanes=1&1.rule=gradient_descent&1.lr=0.12",
            setting=Both(
                "Three humps, and a start on a steep wall: the curvature is {steep} there and {low} at the minimum in the middle. "
                "Here gradient descent has the rate {rate}.",
                "혹이 셋인 곡면에서 가파른 벽 위에서 출발합니다. 곡률은 출발점에서 {steep}, 가운데 최소점에서 {low}입니다. "
                "경사 하강법의 학습률은 {rate}입니다.",
            ),
            question=Slide(
                Both("From which rate on does it not survive the start?", "학습률이 얼마부터 출발을 견디지 못할까요?"),
                symbol="η",
                range=Range(0.05, 1.0, log=True),
                answer=lambda seen: edge_after(0),
            ),
            happened=Both(
                "From {breaks} on. At the minimum 2/λmax = {edge} would be allowed: the start, where it spends a few steps, sets the rate for the whole run.",
                "{breaks}부터입니다. 최소점에서는 2/λmax = {edge}까지 허용됩니다. 몇 단계밖에 머물지 않는 출발점이 전체 실행의 학습률을 정합니다.",
            ),
            try_it=Both("Move η up until it is thrown out.", "튕겨 나갈 때까지 η를 올려 보세요."),
            tried=("1.lr",),
            numbers={
                "steep": steep,
                "low": lambda seen: seen.curvatures()[1],
                "rate": lambda seen: seen.rate(1),
                "breaks": lambda seen: edge_after(0),
                "edge": lambda seen: 2 / seen.curvatures()[1],
            },
            claims=(
                lambda seen: steep(seen) > 10 * seen.curvatures()[1],
                lambda seen: seen.kind(1) not in ("diverged", "left the map"),
                lambda seen: edge_after(0) < 2 / seen.curvatures()[1],
            ),
            say=Both(
                "Students look for the limit at the minimum. Ask them where the surface is steepest on the way.",
                "학생들은 한계를 최소점에서 찾습니다. 가는 길에서 가장 가파른 곳이 어디인지 물어보세요.",
            ),
        ),
        Step(
            name="saved",
            title=Both("With a warm-up", "웜업을 하면"),
            scene=f"{CAMEL}&steps=60&speed=0.5&lanes=2&1.rule=gradient_descent&1.lr=0.355&2.rule=gradient_descent&2.lr=0.355&2.warmup=20",
            setting=Both(
                "The rate is now {rate}, more than twice what the start allows. The second lane climbs to it over {warm} steps.",
                "학습률은 이제 {rate}입니다. 출발점이 허용하는 값의 두 배가 넘습니다. 두 번째 레인은 {warm}단계에 걸쳐 그 값까지 올라갑니다.",
            ),
            question=Place(Both("Where does the second lane end?", "두 번째 레인은 어디에서 끝날까요?"), lanes=(2,)),
            happened=Both(
                "Without a warm-up it diverges at step {gone}. With one it is at f* from step {there} on: the first small steps have left the wall, "
                "and in the middle the full rate is right.",
                "웜업이 없으면 {gone}단계에 발산합니다. 웜업을 하면 {there}단계부터 f*에 있습니다. 처음의 작은 걸음으로 벽을 벗어났고, 가운데에서는 본래의 학습률이 알맞습니다.",
            ),
            try_it=Both("Save the first lane: how short may its warm-up be?", "첫 번째 레인을 살려 보세요. 웜업은 얼마나 짧아도 될까요?"),
            tried=("1.warmup",),
            challenge=Challenge(lane=1, within=15, by="1.warmup=5"),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "warm": lambda seen: seen.scheduled(2, "steps"),
                "gone": lambda seen: seen.since(1),
                "there": lambda seen: seen.since(2),
            },
            claims=(
                lambda seen: [seen.kind(1), seen.kind(2)] == ["diverged", "reached"],
                lambda seen: seen.rate(1) > 2 * edge_after(0),
            ),
        ),
        Step(
            name="how_long",
            title=Both("How long?", "얼마나 오래?"),
            scene=f"{CAMEL}&steps=60&speed=0.5&lanes=4&1.rule=gradient_descent&1.lr=0.355&1.warmup=2&2.rule=gradient_descent&2.lr=0.355&2.warmup=5"
            "&3.rule=gradient_descent&3.lr=0.355&3.warmup=20&4.rule=gradient_descent&4.lr=0.355&4.warmup=40",
            setting=Both(
                "The same rate, warmed up over {first}, {second}, {third} and {fourth} steps.",
                "같은 학습률에 웜업이 차례로 {first}, {second}, {third}, {fourth}단계입니다.",
            ),
            question=Choice(
                Both("Which of them comes to f* first?", "누가 먼저 f*에 도달할까요?"),
                options=tuple(
                    Option(Both(en, ko), lambda seen, i=i: seen.kind(i) == "reached" and min((seen.since(j), j) for j in (2, 3, 4))[1] == i)
                    for i, en, ko in (
                        (1, "The shortest warm-up", "가장 짧은 웜업"),
                        (2, "The second", "두 번째"),
                        (3, "The third", "세 번째"),
                        (4, "The longest: care pays", "가장 긴 웜업: 조심할수록 좋습니다"),
                    )
                ),
            ),
            happened=Both(
                "With {first} steps it still diverges. The others are there at steps {b}, {c} and {d}: once the wall is passed, a longer warm-up only costs time.",
                "{first}단계는 너무 짧아 발산합니다. 나머지는 각각 {b}, {c}, {d}단계에 도달합니다. 벽을 지나고 나면 더 긴 웜업은 시간만 씁니다.",
            ),
            numbers={
                "first": lambda seen: seen.scheduled(1, "steps"),
                "second": lambda seen: seen.scheduled(2, "steps"),
                "third": lambda seen: seen.scheduled(3, "steps"),
                "fourth": lambda seen: seen.scheduled(4, "steps"),
                "b": lambda seen: seen.since(2),
                "c": lambda seen: seen.since(3),
                "d": lambda seen: seen.since(4),
            },
            claims=(
                lambda seen: seen.kind(1) == "diverged",
                lambda seen: [seen.kind(i) for i in (2, 3, 4)] == ["reached"] * 3,
                lambda seen: seen.since(2) < seen.since(3) < seen.since(4),
            ),
        ),
        Step(
            name="map",
            title=Both("All rates, all warm-ups", "모든 학습률과 모든 웜업"),
            scene="explore?surface=three_hump_camel&1.rule=gradient_descent&ax.low=0.05&ax.high=1.0&ay.high=40.0",
            setting=Both(
                "Each cell of this map is a whole run: its rate across, its warm-up upwards. Where it diverged the cell has a sign of its own.",
                "이 지도의 칸 하나하나가 전체 실행입니다. 가로는 학습률, 세로는 웜업의 길이입니다. 발산한 칸은 따로 표시됩니다.",
            ),
            question=Choice(
                Both(
                    "Without a warm-up it diverges from η = {none} on. What do a few steps of warm-up do to that edge?",
                    "웜업이 없으면 η = {none}부터 발산합니다. 몇 단계의 웜업은 이 경계를 어떻게 바꿀까요?",
                ),
                options=(
                    Option(
                        Both("Hardly anything: they are too few", "거의 바꾸지 못합니다: 너무 짧습니다"),
                        lambda seen: edge_after(FEW) < 1.2 * edge_after(0),
                    ),
                    Option(
                        Both("They move it by a half or so: the longer, the farther", "절반쯤 옮깁니다: 길수록 더 멀리"),
                        lambda seen: 1.2 <= edge_after(FEW) / edge_after(0) < 2,
                    ),
                    Option(
                        Both("They move it to more than twice the rate", "두 배가 넘는 학습률까지 옮깁니다"),
                        lambda seen: edge_after(FEW) > 2 * edge_after(0),
                    ),
                ),
            ),
            happened=Both(
                "With {few} steps the edge is at {moved}, beyond the {limit} that the minimum itself allows. From there on more warm-up gains nothing certain: the edge is ragged.",
                "{few}단계의 웜업이면 경계가 {moved}까지 옮겨 가, 최소점 자체의 한계인 {limit}보다 커집니다. 그 뒤로는 웜업을 늘려도 확실한 이득이 없습니다. 경계가 들쭉날쭉합니다.",
            ),
            numbers={
                "none": lambda seen: edge_after(0),
                "few": lambda seen: FEW,
                "moved": lambda seen: edge_after(FEW),
                "limit": lambda seen: 2 / Seen(RACE).curvatures()[1],
            },
            claims=(
                lambda seen: bool(edge_after(FEW) > 2 / Seen(RACE).curvatures()[1]),
                lambda seen: edge_after(20) < edge_after(FEW) < edge_after(40),
            ),
            try_it=Both(
                "Point at cells on both sides of the edge: the run of each is shown beside the map.",
                "경계의 양쪽 칸을 가리켜 보세요. 그 칸의 실행이 지도 옆에 나타납니다.",
            ),
        ),
    )
