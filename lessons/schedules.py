"""Schedules: what they buy, what one costs that falls too fast, and what they go by."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Place, Slide, Step
from lessons.parts.seen import Seen

BOWL = "?surface=bowl&surface.kappa=5&surface.angle=0"
LAST = 50  # steps over which the end of noisy runs is measured
LATE = 100  # steps in which rises are counted


def end(seen: Seen, i: int) -> float:
    """The mean f − f* of thirty runs of lane i over the last steps."""
    return seen.mean_gap(i, LAST)


def spent(seen: Seen, i: int) -> float:
    """The sum of all rates of lane i."""
    return float(seen.run(i).lr.sum())


def rises(seen: Seen) -> int:
    """In how many of the last steps of lane 1 the loss rose."""
    return int((np.diff(seen.run(1).loss[-LATE - 1 :]) > 0).sum())


class Schedules(Lesson):
    """Schedules side by side under noise and without it, and why they count steps."""

    place = 17
    title = Both("Schedules", "학습률 스케줄")
    idea = Both(
        "A large rate covers the way, a small one settles; the sum of all rates says how far a run can come.",
        "큰 학습률은 먼 길을 가고 작은 학습률은 자리를 잡습니다. 학습률의 합이 실행이 갈 수 있는 거리를 정합니다.",
    )
    minutes = 6
    after = ("noise_floor",)
    reference = "Robbins, Monro, A stochastic approximation method, Ann. Math. Statist. 22(3), 1951; Loshchilov, Hutter, SGDR, ICLR 2017"
    steps = (
        Step(
            name="compared",
            title=Both("Four schedules", "네 가지 스케줄"),
            scene=f"{BOWL}&noise=1&many=1&steps=500&speed=4.0&curve.right=rate&lanes=4&1.rule=gradient_descent&1.lr=0.2"
            "&2.rule=gradient_descent&2.lr=0.2&2.schedule=step&2.schedule.every=100&2.schedule.factor=0.5"
            "&3.rule=gradient_descent&3.lr=0.2&3.schedule=cosine&4.rule=gradient_descent&4.lr=0.2&4.schedule=inverse_sqrt",
            setting=Both(
                "A bowl with noise; all begin at η = {rate}. One keeps it, one halves it every {every} steps, one follows half a cosine, "
                "and one falls with the root of the step's number. The chart on the right shows their rates.",
                "잡음이 있는 그릇에서 모두 η = {rate}에서 시작합니다. 하나는 그대로 두고, 하나는 {every}단계마다 절반으로 줄이고, 하나는 코사인의 반 주기를 따르고, "
                "하나는 단계 번호의 제곱근에 반비례합니다. 오른쪽 그래프가 학습률입니다.",
            ),
            question=Choice(
                Both(
                    "Half-way through, at step {half}: which of the three that fall stands highest?",
                    "절반이 지난 {half}단계에서, 낮아지는 셋 가운데 누가 가장 높이 있을까요?",
                ),
                options=tuple(
                    Option(Both(en, ko), lambda seen, i=i: max((float(seen.many(j).loss[200:250].mean()), j) for j in (2, 3, 4))[1] == i)
                    for i, en, ko in (
                        (2, "The steps", "계단식"),
                        (3, "The cosine", "코사인"),
                        (4, "The inverse root", "제곱근 반비례"),
                    )
                ),
            ),
            happened=Both(
                "In the mean of the last {last} steps the constant rate stays at {constant}, the others are at {stairs}, {cosine} and {root}. Where each stands follows its rate: "
                "the cosine is still high in the middle and makes up for it at the end.",
                "마지막 {last}단계의 평균을 보면, 일정한 학습률은 {constant}에 머물고 나머지는 {stairs}, {cosine}, {root}까지 내려갑니다. 각각의 높이는 그때의 학습률을 따릅니다. "
                "코사인은 중간까지 높지만 마지막에 따라잡습니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "every": lambda seen: seen.scheduled(2, "every"),
                "half": lambda seen: seen.steps // 2,
                "constant": lambda seen: end(seen, 1),
                "stairs": lambda seen: end(seen, 2),
                "cosine": lambda seen: end(seen, 3),
                "root": lambda seen: end(seen, 4),
                "last": lambda seen: LAST,
            },
            claims=(
                lambda seen: all(end(seen, 1) > 8 * end(seen, i) for i in (2, 3, 4)),
                lambda seen: seen.many(3).loss[200:250].mean() > 2 * seen.many(4).loss[200:250].mean(),
            ),
            say=Both(
                "Point at the two charts in turn: the loss of each lane is a picture of its rate.",
                "두 그래프를 번갈아 가리키세요. 각 레인의 손실은 그 학습률의 그림자입니다.",
            ),
        ),
        Step(
            name="short",
            title=Both("One that stops short", "도중에 멈추는 스케줄"),
            scene=f"{BOWL}&steps=1000&speed=8.0&curve.right=rate&lanes=2&1.rule=gradient_descent&1.lr=0.01"
            "&2.rule=gradient_descent&2.lr=0.01&2.schedule=exponential",
            setting=Both(
                "No noise now, and a small rate: η = {rate}. The second lane multiplies it by {factor} in each step.",
                "이번에는 잡음이 없고 학습률이 작습니다. η = {rate}입니다. 두 번째 레인의 학습률은 매 단계 {factor}배가 됩니다.",
            ),
            question=Place(Both("Where is the second lane after {steps} steps?", "{steps}단계 뒤 두 번째 레인은 어디에 있을까요?"), lanes=(2,)),
            happened=Both(
                "On the way: f − f* = {left}, and no number of further steps would change that. All its rates together are {sum}, those of the constant lane {all}: "
                "along the flat axis a run shrinks its distance by about e to the minus that sum.",
                "도중에 멈췄습니다. f − f* = {left}이고, 아무리 더 돌려도 달라지지 않습니다. 이 레인의 학습률을 모두 더하면 {sum}, 일정한 레인은 {all}입니다. "
                "완만한 축에서 거리는 대략 e의 −(학습률의 합) 제곱만큼 줄어듭니다.",
            ),
            try_it=Both("Can a larger rate at the start make up for it?", "시작 학습률을 키우면 만회할 수 있을까요?"),
            tried=("2.lr",),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "factor": lambda seen: seen.scheduled(2, "rate"),
                "steps": lambda seen: seen.steps,
                "left": lambda seen: seen.gap(2),
                "sum": lambda seen: spent(seen, 2),
                "all": lambda seen: spent(seen, 1),
            },
            claims=(
                lambda seen: seen.kind(1) == "reached" and seen.kind(2) == "under way",
                lambda seen: abs(seen.path(2)[-1, 0] / seen.path(2)[0, 0] / np.exp(-spent(seen, 2)) - 1) < 0.05,
                lambda seen: abs(seen.gap(2) / seen.gap(2, 800) - 1) < 0.01,
            ),
            say=Both(
                "Robbins and Monro asked for rates whose sum is infinite and whose squares' sum is not: the first is seen here, the second under noise.",
                "로빈스와 먼로의 조건은 학습률의 합이 무한하고 제곱의 합은 유한해야 한다는 것입니다. 첫째 조건은 여기서, 둘째 조건은 잡음 속에서 보입니다.",
            ),
        ),
        Step(
            name="hopping",
            title=Both("Without noise too", "잡음이 없어도"),
            scene="?surface=bowl&surface.angle=0&steps=500&speed=4.0&lanes=2&1.rule=rmsprop&1.lr=0.1&1.decay=0.9"
            "&2.rule=rmsprop&2.lr=0.1&2.decay=0.9&2.schedule=cosine",
            setting=Both(
                "RMSprop divides each slope by its recent size, so its steps stay about as long as η = {rate}. The second lane has a cosine schedule.",
                "RMSprop은 기울기를 최근 크기로 나누므로 걸음의 길이가 η = {rate}에 가깝게 유지됩니다. 두 번째 레인은 코사인 스케줄을 씁니다.",
            ),
            question=Choice(
                Both("There is no noise. Does the first lane come to rest?", "잡음은 없습니다. 첫 번째 레인은 멈출까요?"),
                options=(
                    Option(
                        Both(
                            "Yes: the gradient vanishes at the minimum, and the step with it",
                            "예: 최소점에서 그래디언트가 사라지면 걸음도 사라집니다",
                        ),
                        lambda seen: seen.kind(1) == "reached",
                    ),
                    Option(
                        Both("No: it hops about the minimum by steps of about η", "아니요: 최소점 주위를 η쯤 되는 걸음으로 뛰어다닙니다"),
                        lambda seen: seen.kind(1) == "restless",
                    ),
                    Option(Both("It diverges", "발산합니다"), lambda seen: seen.kind(1) == "diverged"),
                ),
            ),
            happened=Both(
                "It hops by ±{hop}, half a rate to each side: dividing by the gradient's size takes away what would have slowed it. "
                "The schedule does the slowing: f − f* ends at {left}.",
                "±{hop}씩 뜁니다. 양쪽으로 학습률의 절반입니다. 그래디언트의 크기로 나누면서 걸음을 줄여 줄 것이 사라졌기 때문입니다. "
                "스케줄이 그 일을 대신합니다. f − f*는 {left}에서 끝납니다.",
            ),
            try_it=Both("Does a lower rate end the hopping?", "학습률을 낮추면 뛰지 않게 될까요?"),
            tried=("1.lr",),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "hop": lambda seen: float(abs(seen.path(1)[-1, 0])),
                "left": lambda seen: seen.gap(2),
            },
            claims=(
                lambda seen: seen.kind(2) == "reached",
                lambda seen: abs(abs(seen.path(1)[-1, 0]) / (seen.rate(1) / 2) - 1) < 0.01,
            ),
        ),
        Step(
            name="counts",
            title=Both("Why they count steps", "왜 단계를 셀까요"),
            scene=f"{BOWL}&noise=1&steps=200&speed=2.0&lanes=1&1.rule=gradient_descent&1.lr=0.1",
            setting=Both(
                "Why not lower the rate whenever the loss rises? One run with noise; watch its loss in the last {late} steps.",
                "손실이 오를 때마다 학습률을 낮추면 안 될까요? 잡음이 있는 실행 하나입니다. 마지막 {late}단계의 손실을 보세요.",
            ),
            question=Slide(
                Both("In how many of the last {late} steps does the loss rise?", "마지막 {late}단계 가운데 손실이 오르는 단계는 몇 번일까요?"),
                symbol="n",
                range=Range(0, 100, whole=True),
                answer=lambda seen: rises(seen),
            ),
            happened=Both(
                "In {rises}: on the floor it rises about as often as it falls, and a single rise says nothing. In training not even this loss is seen, "
                "only that of a batch. So schedules count iterations or epochs, which are known in advance; the few that go by the loss wait for many epochs.",
                "{rises}번입니다. 바닥에서는 내리는 만큼 자주 오르므로, 한 번 올랐다는 것은 아무것도 말해 주지 않습니다. 실제 학습에서는 이 손실조차 보이지 않고 "
                "배치의 손실만 보입니다. 그래서 스케줄은 미리 알 수 있는 반복이나 에폭을 셉니다. 손실을 따르는 몇 안 되는 방법은 여러 에폭을 기다립니다.",
            ),
            numbers={"late": lambda seen: LATE, "rises": lambda seen: rises(seen)},
            claims=(lambda seen: 40 <= rises(seen) <= 60,),
            say=Both(
                "An epoch is as many iterations as there are batches: ask what changes for a schedule when the batch is made larger.",
                "한 에폭의 반복 수는 배치의 수와 같습니다. 배치를 키우면 스케줄에서 무엇이 달라지는지 물어보세요.",
            ),
        ),
    )
