"""Adam: a mean of the gradient over the root of a mean of its square, both corrected for their start at zero."""

from __future__ import annotations

from math import sqrt

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Place, Slide, Step
from lessons.parts.seen import Seen

VALLEY = "?surface=bowl&surface.kappa=20&surface.angle=0&x=-1.8&y=0.4"


def ratio(seen: Seen, i: int) -> float:
    """How many times as long a lane's first step is along y as along x."""
    x, y = np.abs(seen.moved(i))
    return float(y / x)


def too_long(seen: Seen, i: int) -> float:
    """How many times as long as the rate the first step is where the means are not corrected."""
    return (1 - seen.setting(i, "beta1")) / sqrt(1 - seen.setting(i, "beta2"))


class AdamLesson(Lesson):
    """What Adam takes from momentum and from RMSprop, and why it divides by 1 − βᵗ."""

    place = 12
    title = Both("Adam: two means and their correction", "Adam: 두 평균과 편향 보정")
    idea = Both(
        "Adam takes the direction from a mean of the gradient and the scale from a mean of its square; the correction keeps the first steps honest.",
        "Adam은 그래디언트의 평균에서 방향을, 그래디언트 제곱의 평균에서 크기를 정합니다. 편향 보정은 첫 걸음들의 길이를 바로잡습니다.",
    )
    minutes = 8
    after = ("rmsprop",)
    reference = "Kingma, Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm 1 and section 3"
    steps = (
        Step(
            name="first_step",
            title=Both("The first step", "첫걸음"),
            scene=f"{VALLEY}&steps=40&speed=0.5&lanes=2&1.rule=gradient_descent&1.lr=0.05&2.rule=adam&2.lr=0.1",
            setting=Both(
                "Adam keeps two running means: m of the gradient, v of its square. It steps by η m̂/√v̂ along each coordinate. "
                "At the start the slope is {steep} times as steep along y as along x.",
                "Adam은 두 개의 지수 이동 평균을 유지합니다. m은 그래디언트의 평균, v는 그래디언트 제곱의 평균입니다. 좌표마다 η m̂/√v̂만큼 움직입니다. "
                "출발점에서 y 방향의 기울기는 x 방향의 {steep}배입니다.",
            ),
            question=Slide(
                Both(
                    "How many times as long along y as along x is Adam's first step?",
                    "Adam의 첫걸음은 y 방향이 x 방향의 몇 배일까요?",
                ),
                symbol="|Δy| / |Δx|",
                range=Range(0.1, 20.0, log=True),
                answer=lambda seen: ratio(seen, 2),
            ),
            happened=Both(
                "They are equally long: {adam_x} and {adam_y}, which is η. In the first step m̂ = g and v̂ = g², so that only the sign of the slope is left. "
                "Gradient descent's first step is {plain} times as long along y.",
                "두 방향의 길이가 같습니다. x 방향 {adam_x}, y 방향 {adam_y}, 바로 η입니다. 첫걸음에서는 m̂ = g, v̂ = g²이므로 기울기의 부호만 남습니다. "
                "경사 하강법의 첫걸음은 y 방향이 x 방향의 {plain}배입니다.",
            ),
            numbers={
                "steep": lambda seen: abs(seen.state(1, "g", 1)[1] / seen.state(1, "g", 1)[0]),
                "plain": lambda seen: ratio(seen, 1),
                "adam_x": lambda seen: abs(seen.moved(2)[0]),
                "adam_y": lambda seen: abs(seen.moved(2)[1]),
            },
            claims=(
                lambda seen: bool(np.allclose(np.abs(seen.moved(2)), seen.rate(2))),
                lambda seen: ratio(seen, 1) > 4,
            ),
            try_it=Both(
                "Change Adam's η and watch the first step: nothing else sets its length.",
                "Adam의 η를 바꾸며 첫걸음을 살펴보세요. 그 길이를 정하는 것은 η뿐입니다.",
            ),
            tried=("2.lr",),
            say=Both(
                "Most expect a longer step where it is steeper, as in gradient descent. Write g/√g² on the board and wait until somebody says: the sign.",
                "대부분 경사 하강법처럼 가파른 쪽으로 더 크게 움직인다고 예상합니다. 칠판에 g/√g²를 쓰고 누군가 “부호”라고 말할 때까지 기다려 보세요.",
            ),
        ),
        Step(
            name="two_means",
            title=Both("What comes from whom", "무엇을 누구에게서 물려받았나"),
            scene=f"{VALLEY}&steps=200&speed=2.0&lanes=3&1.rule=momentum&1.lr=0.01&2.rule=rmsprop&2.lr=0.05&2.decay=0.9&3.rule=adam&3.lr=0.1",
            setting=Both(
                "Momentum adds up gradients, RMSprop takes a mean of their squares, Adam does both. The valley has κ = {kappa}.",
                "모멘텀은 그래디언트를 누적하고, RMSprop은 그래디언트 제곱의 평균을 씁니다. Adam은 둘 다 씁니다. 골짜기의 조건수는 κ = {kappa}입니다.",
            ),
            question=Choice(
                Both("Who never comes to rest in these {steps} steps?", "{steps}단계 안에 멈추지 못하는 것은 누구일까요?"),
                options=(
                    Option(Both("Momentum: it swings too far", "모멘텀: 너무 멀리 흔들립니다"), lambda seen: seen.kind(1) == "restless"),
                    Option(Both("RMSprop: its steps do not shrink", "RMSprop: 걸음이 줄어들지 않습니다"), lambda seen: seen.kind(2) == "restless"),
                    Option(Both("Adam: it has the faults of both", "Adam: 둘의 단점을 모두 가졌습니다"), lambda seen: seen.kind(3) == "restless"),
                ),
            ),
            happened=Both(
                "RMSprop: with m missing, g/√v is about ±1 at the bottom too, and it hops there. Momentum swings across the valley {momentum} times in the "
                "first {first} steps and rests at step {rest_1}. Adam goes along as RMSprop does; in m the hops cancel, and it is at f* at step {rest_3}.",
                "RMSprop입니다. m이 없으므로 바닥에서도 g/√v의 크기가 1에 가깝고, 그래서 바닥을 계속 넘나듭니다. "
                "모멘텀은 처음 {first}단계 동안 골짜기를 {momentum}번 가로지르고, {rest_1}단계에 f*에 도달합니다. "
                "Adam은 RMSprop처럼 나아가지만 오가는 성분이 m에서 상쇄되어 {rest_3}단계에 f*에 도달합니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "steps": lambda seen: seen.steps,
                "first": lambda seen: 40,
                "momentum": lambda seen: seen.turns(1, 1, 40),
                "rest_1": lambda seen: seen.since(1),
                "rest_3": lambda seen: seen.since(3),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached", "restless", "reached"],
                lambda seen: bool(np.all(np.abs(seen.run(2).states["g"][-20:] / np.sqrt(seen.run(2).states["v"][-20:])) > 0.5)),
            ),
            try_it=Both(
                "Can Adam be there sooner? Its β₁ says how long the old direction is kept.",
                "Adam을 더 빨리 도달하게 할 수 있나요? β₁은 이전 방향을 얼마나 오래 유지하는지 정합니다.",
            ),
            tried=("3.lr", "3.beta1"),
            challenge=Challenge(lane=3, within=80, by="3.beta1=0.8"),
            say=Both(
                "Cover one mean after the other in the formula: without v it is momentum, without m it is RMSprop.",
                "수식에서 평균을 하나씩 가려 보세요. v를 가리면 모멘텀, m을 가리면 RMSprop입니다.",
            ),
        ),
        Step(
            name="correction",
            title=Both("Without the correction", "편향 보정이 없다면"),
            scene="?surface=two_wells&x=-1.7&y=-0.4&steps=180&speed=2.0&lanes=2&1.rule=adam&1.lr=0.1&2.rule=adam_uncorrected&2.lr=0.1",
            setting=Both(
                "m and v start at zero, so at first both are too small; Adam divides them by 1 − β₁ᵗ and 1 − β₂ᵗ. "
                "The second lane leaves these corrections out. The deep minimum is the left one.",
                "m과 v는 0에서 시작하므로 처음에는 둘 다 너무 작습니다. Adam은 각각 1 − β₁ᵗ과 1 − β₂ᵗ으로 나누어 보정합니다. "
                "두 번째 레인은 이 보정을 뺐습니다. 왼쪽이 더 깊은 최소점입니다.",
            ),
            question=Place(Both("Where does each of them end? Mark both places.", "각각 어디에서 멈출까요? 두 곳을 표시하세요.")),
            happened=Both(
                "The first step is {right} with the correction and {wrong} without: v is too small by 1 − β₂, m only by 1 − β₁, and "
                "(1 − β₁)/√(1 − β₂) = {factor}. So the second lane is thrown over the ridge, into the poorer minimum; the first stays with the deep one.",
                "첫걸음의 길이는 보정하면 {right}, 보정하지 않으면 {wrong}입니다. v는 1 − β₂배로, m은 1 − β₁배로 작아져 있어 "
                "(1 − β₁)/√(1 − β₂) = {factor}배가 됩니다. 그래서 두 번째 레인은 능선을 넘어 더 얕은 최소점으로 가고, 첫 번째 레인은 깊은 최소점에 머뭅니다.",
            ),
            numbers={
                "right": lambda seen: abs(seen.moved(1)[0]),
                "wrong": lambda seen: abs(seen.moved(2)[0]),
                "factor": lambda seen: too_long(seen, 2),
            },
            claims=(
                lambda seen: seen.path(1)[-1, 0] < 0 < seen.path(2)[-1, 0],
                lambda seen: bool(np.isclose(abs(seen.moved(2)[0]), seen.rate(2) * too_long(seen, 2), rtol=1e-3)),
                lambda seen: seen.f(2) > seen.f(1) + 0.9,
                lambda seen: [seen.kind(i) for i in (1, 2)] == ["reached", "local minimum"],
            ),
            try_it=Both(
                "Set β₂ of the second lane so that the first step is right without a correction. What is then lost?",
                "두 번째 레인의 β₂를 바꾸어 보정 없이도 첫걸음이 알맞게 해 보세요. 그 대신 무엇을 잃나요?",
            ),
            tried=("2.beta2", "2.lr"),
            say=Both(
                "Students believe that the correction matters because the first steps would be too short. m alone would say so. v is forgotten: "
                "its root stands below, and it is far smaller still.",
                "학생들은 보정이 없으면 첫걸음이 너무 짧아진다고 생각합니다. m만 보면 그렇습니다. 그러나 분모에 있는 v의 제곱근이 그보다 훨씬 더 작습니다.",
            ),
        ),
        Step(
            name="misprint",
            title=Both("A misprint: m/√ε", "오식: m/√ε"),
            scene=f"{VALLEY}&steps=400&speed=4.0&lanes=2&1.rule=adam&1.lr=0.001&2.rule=qhm&2.lr=10&2.momentum=0.9&2.nu=1",
            setting=Both(
                "The formula has been printed as p ← p − η m/√ε. Then v is gone, and what is left is a mean of gradients times a fixed rate. "
                "With the usual η = {rate} and ε = {eps} the second lane steps so: QHM with ν = 1 is just that.",
                "식이 p ← p − η m/√ε로 잘못 인쇄된 경우가 있습니다. 그러면 v가 사라지고, 그래디언트의 평균에 고정된 학습률을 곱한 것만 남습니다. "
                "흔히 쓰는 η = {rate}, ε = {eps}일 때 두 번째 레인이 그 식을 따릅니다. ν = 1인 QHM과 같습니다.",
            ),
            question=Slide(
                Both("By how much is the mean gradient multiplied then?", "그때 평균 그래디언트에는 얼마가 곱해질까요?"),
                symbol="η/√ε",
                range=Range(1e-5, 1e3, log=True),
                answer=lambda seen: seen.rate(1) / sqrt(seen.setting(1, "eps")),
            ),
            happened=Both(
                "By {factor}: the run diverges at step {step}. Adam takes no step longer than {longest} along a coordinate. "
                "ε is there so that nothing is divided by zero; the scale is the business of v.",
                "{factor}배가 되어, {step}단계에 발산합니다. Adam은 좌표마다 가장 길어도 {longest}만큼만 움직입니다. "
                "ε은 0으로 나누는 것을 막을 뿐이고, 크기를 맞추는 것은 v의 일입니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "eps": lambda seen: seen.setting(1, "eps"),
                "factor": lambda seen: seen.rate(1) / sqrt(seen.setting(1, "eps")),
                "step": lambda seen: seen.since(2),
                "longest": lambda seen: np.abs(np.diff(seen.path(1), axis=0)).max(),
            },
            claims=(
                lambda seen: bool(np.isclose(seen.rate(2), seen.rate(1) / sqrt(seen.setting(1, "eps")))),
                lambda seen: (seen.setting(2, "momentum"), seen.setting(2, "nu")) == (seen.setting(1, "beta1"), 1),
                lambda seen: seen.kind(2) == "diverged",
                lambda seen: seen.kind(1) != "diverged",
            ),
            say=Both(
                "Ask for the units: m is a slope, √v is a slope, ε is added to a slope. A formula that divides by √ε alone cannot be scale-free.",
                "단위를 물어보세요. m도 √v도 기울기의 단위이고, ε은 기울기에 더하는 값입니다. √ε만으로 나누는 식은 크기에 무관할 수 없습니다.",
            ),
        ),
        Step(
            name="forgiving",
            title=Both("A rate that may be wrong", "틀려도 되는 학습률"),
            scene="?surface=bowl&steps=240&speed=2.0&lanes=4&1.rule=gradient_descent&1.lr=0.2&2.rule=adam&2.lr=0.1&3.rule=adam&3.lr=1&4.rule=adam&4.lr=10",
            setting=Both(
                "Gradient descent at η = {descent}, and Adam at {low}, {middle} and {high}.",
                "경사 하강법은 η = {descent}, Adam은 {low}, {middle}, {high}입니다.",
            ),
            question=Choice(
                Both("Which of them come to f*?", "f*에 도달하는 것은 무엇일까요?"),
                options=(
                    Option(
                        Both("Gradient descent and the lowest of Adam's rates", "경사 하강법과 가장 작은 학습률의 Adam"),
                        lambda seen: [seen.kind(i) == "reached" for i in (1, 2, 3, 4)] == [True, True, False, False],
                    ),
                    Option(
                        Both("Only Adam at its lowest rate", "가장 작은 학습률의 Adam만"),
                        lambda seen: [seen.kind(i) == "reached" for i in (1, 2, 3, 4)] == [False, True, False, False],
                    ),
                    Option(
                        Both("All three of Adam's", "세 Adam 모두"),
                        lambda seen: [seen.kind(i) == "reached" for i in (1, 2, 3, 4)] == [False, True, True, True],
                    ),
                ),
            ),
            happened=Both(
                "Adam at steps {step_2}, {step_3} and {step_4}; gradient descent diverges at {step_1}. A rate that is too high makes a long first step, "
                "and after it √v̂ remembers the steep place and shortens all that follow. That holds on a bowl; on other surfaces it matters where the long first step lands.",
                "세 Adam은 {step_2}, {step_3}, {step_4}단계에 도달하고, 경사 하강법은 {step_1}단계에 발산합니다. 학습률이 너무 크면 첫걸음이 길지만, "
                "그 뒤에는 √v̂가 가파른 곳을 기억하여 다음 걸음들을 줄입니다. 다만 이것은 그릇 모양에서의 일이고, 다른 곡면에서는 긴 첫걸음이 어디에 떨어지는지가 결과를 가릅니다.",
            ),
            numbers={
                "descent": lambda seen: seen.rate(1),
                "low": lambda seen: seen.rate(2),
                "middle": lambda seen: seen.rate(3),
                "high": lambda seen: seen.rate(4),
                "step_1": lambda seen: seen.since(1),
                "step_2": lambda seen: seen.since(2),
                "step_3": lambda seen: seen.since(3),
                "step_4": lambda seen: seen.since(4),
            },
            claims=(lambda seen: [seen.kind(i) for i in (1, 2, 3, 4)] == ["diverged", *["reached"] * 3],),
        ),
    )
