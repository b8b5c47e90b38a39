"""RMSprop: AdaGrad that forgets."""

from __future__ import annotations

from math import sqrt

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Slide, Step
from lessons.parts.seen import Seen


def along_x(seen: Seen, i: int, step: int) -> float:
    """The rate of a lane's step along x."""
    return float(seen.state(i, "rate", step)[0])


def forgotten(seen: Seen, i: int) -> int:
    """The step at which the mean square along x has come down to a hundredth of its peak."""
    v = seen.run(i).states["v"][:, 0]
    peak = int(v.argmax())
    return peak + int((v[peak:] <= v[peak] / 100).argmax()) + 1


def hop(seen: Seen, i: int) -> float:
    """How far from the minimum, at 0, a run is along y in the mean of its last steps."""
    return float(np.abs(seen.path(i)[-20:, 1]).mean())


class RMSpropLesson(Lesson):
    """What the leak in AdaGrad's sum changes, how long the memory is, and why the steps do not shrink at the end."""

    place = 10
    title = Both("RMSprop: AdaGrad with a leak", "RMSprop: 잊어 가는 AdaGrad")
    idea = Both(
        "A mean that forgets lets the rate recover after a steep place; it also keeps the steps about η long at the minimum.",
        "지난 값을 잊는 평균 덕분에 가파른 곳을 지나면 학습률이 회복됩니다. 그러나 최소점에서도 걸음의 길이는 η 정도로 남습니다.",
    )
    minutes = 7
    after = ("adagrad",)
    reference = "Tieleman, Hinton, Neural Networks for Machine Learning, Coursera 2012, lecture 6.5"
    steps = (
        Step(
            name="leak",
            title=Both("A sum, and a sum with a leak", "합, 그리고 새는 합"),
            scene="?surface=rosenbrock&steps=300&speed=4.0&lanes=2&curve.right=inner.rate&1.rule=adagrad&1.lr=0.1&2.rule=rmsprop&2.lr=0.01&2.decay=0.9",
            setting=Both(
                "AdaGrad divides by the root of the sum of all squared gradients so far; RMSprop by the root of a mean of them that leaks: at each step it keeps "
                "ρ = {rho} of it. Both start on a steep wall and then have a nearly flat floor before them.",
                "AdaGrad는 지금까지 모든 그래디언트 제곱의 합의 제곱근으로 나눕니다. RMSprop은 조금씩 새는 평균의 제곱근으로 나누며, 단계마다 이전 값의 "
                "ρ = {rho}배만 남깁니다. 둘 다 가파른 벽에서 출발하여 거의 평평한 바닥을 지나갑니다.",
            ),
            question=Choice(
                Both("What becomes of the rates along x on the floor?", "바닥에서 x 방향의 학습률은 어떻게 될까요?"),
                options=(
                    Option(
                        Both("Both rise again", "둘 다 다시 커집니다"),
                        lambda seen: all(along_x(seen, i, seen.steps) > 1.1 * along_x(seen, i, 1) for i in (1, 2)),
                    ),
                    Option(
                        Both("RMSprop's rises, AdaGrad's stays small", "RMSprop은 커지고 AdaGrad는 작은 채로 남습니다"),
                        lambda seen: along_x(seen, 1, seen.steps) < along_x(seen, 1, 1) and along_x(seen, 2, seen.steps) > along_x(seen, 2, 1),
                    ),
                    Option(
                        Both("Both fall for ever", "둘 다 계속 작아집니다"),
                        lambda seen: all(along_x(seen, i, seen.steps) < along_x(seen, i, 1) for i in (1, 2)),
                    ),
                ),
            ),
            happened=Both(
                "AdaGrad's goes from {sum_first} to {sum_last}: the wall stands in its sum for ever. RMSprop's goes from {leak_first} to {leak_last}, "
                "{times} times what it was, as the wall is forgotten. At the end f is {f_sum} for AdaGrad, {f_leak} for RMSprop.",
                "AdaGrad의 학습률은 처음 {sum_first}, 마지막 {sum_last}입니다. 벽의 기울기가 합에 영원히 남기 때문입니다. RMSprop의 학습률은 벽을 잊으면서 "
                "{times}배 커집니다(처음 {leak_first}, 마지막 {leak_last}). 마지막의 f는 AdaGrad {f_sum}, RMSprop {f_leak}입니다.",
            ),
            numbers={
                "rho": lambda seen: seen.setting(2, "decay"),
                "sum_first": lambda seen: along_x(seen, 1, 1),
                "sum_last": lambda seen: along_x(seen, 1, seen.steps),
                "leak_first": lambda seen: along_x(seen, 2, 1),
                "leak_last": lambda seen: along_x(seen, 2, seen.steps),
                "times": lambda seen: along_x(seen, 2, seen.steps) / along_x(seen, 2, 1),
                "f_sum": lambda seen: seen.f(1),
                "f_leak": lambda seen: seen.f(2),
            },
            claims=(
                lambda seen: bool((np.diff(seen.run(1).states["rate"], axis=0) <= 0).all()),
                lambda seen: seen.f(2) < seen.f(1),
            ),
            say=Both(
                "“Leaky AdaGrad” is the whole idea. Draw a bucket that every gradient fills, and then drill the hole.",
                "핵심은 “새는 AdaGrad”입니다. 그래디언트가 물을 채우는 양동이를 그리고, 거기에 구멍을 뚫어 보세요.",
            ),
        ),
        Step(
            name="memory",
            title=Both("How long is the memory?", "얼마나 오래 기억할까요?"),
            scene="?surface=rosenbrock&steps=600&speed=8.0&lanes=2&curve.right=inner.v&1.rule=rmsprop&1.lr=0.01&1.decay=0.9&2.rule=rmsprop&2.lr=0.01&2.decay=0.99",
            setting=Both(
                "The same wall, with ρ = {low} and with ρ = {high}. With ρ = {low} the mean square along x has come down to a hundredth of its peak at step {short}.",
                "같은 벽에서 두 감쇠율 ρ = {low}, ρ = {high}의 기억을 비교합니다. ρ = {low}이면 x 방향의 제곱 평균이 {short}단계에 최댓값의 백분의 일로 줄어듭니다.",
            ),
            question=Slide(
                Both("At which step is it so with ρ = {high}?", "ρ = {high}이면 몇 단계에 그만큼 줄어들까요?"),
                symbol="t",
                range=Range(10.0, 2000.0, log=True),
                answer=lambda seen: forgotten(seen, 2),
            ),
            happened=Both(
                "At step {long}: about {times} times as long. What counts is not ρ but 1 − ρ: the mean reaches back about 1/(1 − ρ) steps, {reach_low} and {reach_high}. "
                "And as it starts at zero, the first step is η/√(1 − ρ) long: {first_low} and {first_high}.",
                "{long}단계로, 약 {times}배 오래 걸립니다. 중요한 것은 ρ가 아니라 1 − ρ입니다. 평균은 대략 최근 1/(1 − ρ)단계를 기억하며, 각각 {reach_low}단계와 {reach_high}단계입니다. "
                "또 0에서 시작하므로 첫걸음의 길이는 η/√(1 − ρ), 곧 각각 {first_low}, {first_high}입니다.",
            ),
            numbers={
                "low": lambda seen: seen.setting(1, "decay"),
                "high": lambda seen: seen.setting(2, "decay"),
                "short": lambda seen: forgotten(seen, 1),
                "long": lambda seen: forgotten(seen, 2),
                "times": lambda seen: round(forgotten(seen, 2) / forgotten(seen, 1)),
                "reach_low": lambda seen: round(1 / (1 - seen.setting(1, "decay"))),
                "reach_high": lambda seen: round(1 / (1 - seen.setting(2, "decay"))),
                "first_low": lambda seen: abs(seen.moved(1)[0]),
                "first_high": lambda seen: abs(seen.moved(2)[0]),
            },
            claims=(
                lambda seen: forgotten(seen, 2) < seen.steps,
                lambda seen: all(bool(np.isclose(abs(seen.moved(i)[0]), seen.rate(i) / sqrt(1 - seen.setting(i, "decay")))) for i in (1, 2)),
            ),
            try_it=Both("Move ρ of the first lane to 0: which rule is that?", "첫 번째 레인의 ρ를 0으로 해 보세요. 그때는 어떤 기법이 되나요?"),
            tried=("1.decay",),
            say=Both(
                "From 0.9 to 0.99 looks like a tenth more. Have them say 1 − ρ aloud: a tenth, a hundredth.".replace(
                    "0.9 to 0.99", "one nine to two nines"
                ),
                "소수점 아래에 구를 하나 더 붙이는 것은 작은 변화처럼 보입니다. 1 − ρ를 소리 내어 말하게 하세요. 십분의 일, 백분의 일.",
            ),
        ),
        Step(
            name="hopping",
            title=Both("At the bottom", "바닥에서"),
            scene="?surface=bowl&surface.angle=0&steps=400&speed=4.0&lanes=2&1.rule=rmsprop&1.lr=0.1&1.decay=0.9&2.rule=rmsprop&2.lr=0.01&2.decay=0.9",
            setting=Both(
                "A plain bowl, ρ = {rho}, η = {high} and η = {low}. Near the minimum the gradient goes to zero, and so does the root that it is divided by.",
                "단순한 그릇에서 ρ = {rho}, η = {high} 또는 η = {low}입니다. 최소점 가까이에서는 그래디언트가 0에 가까워지고, 그것을 나누는 제곱근도 0에 가까워집니다.",
            ),
            question=Slide(
                Both("How far from the minimum is y in the end, at η = {high}?", "η = {high}일 때 마지막에 y는 최소점에서 얼마나 떨어져 있을까요?"),
                symbol="|y|",
                range=Range(1e-4, 1.0, log=True),
                answer=lambda seen: hop(seen, 1),
            ),
            happened=Both(
                "It hops between ±{hop_high}, and at η = {low} between ±{hop_low}: η/2 either way. With g/√v = ±1 every step is η long, and a step of η from one side "
                "lands as far on the other. Steeper or flatter makes no difference.",
                "±{hop_high} 사이를 오갑니다. η = {low}이면 ±{hop_low}입니다. 어느 쪽이든 η/2입니다. g/√v = ±1이면 걸음의 길이는 늘 η이므로, 한쪽에서 η만큼 걸으면 "
                "반대편의 같은 거리로 건너갑니다. 가파르든 완만하든 마찬가지입니다.",
            ),
            numbers={
                "rho": lambda seen: seen.setting(1, "decay"),
                "high": lambda seen: seen.rate(1),
                "low": lambda seen: seen.rate(2),
                "hop_high": lambda seen: hop(seen, 1),
                "hop_low": lambda seen: hop(seen, 2),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2)] == ["restless"] * 2,
                lambda seen: all(bool(np.isclose(hop(seen, i), seen.rate(i) / 2, rtol=1e-2)) for i in (1, 2)),
                lambda seen: all(bool((np.diff(np.sign(seen.path(i)[-20:, 1])) != 0).all()) for i in (1, 2)),
                lambda seen: bool(np.isclose(np.abs(seen.path(1)[-20:, 0]).mean(), hop(seen, 1), rtol=1e-2)),  # x is flatter than y
            ),
            say=Both(
                "Students expect every method to slow down at the minimum, as gradient descent does. Ask what becomes of g/|g| as g goes to zero.",
                "학생들은 모든 기법이 경사 하강법처럼 최소점에서 느려진다고 생각합니다. g가 0으로 갈 때 g/|g|는 어떻게 되는지 물어보세요.",
            ),
        ),
        Step(
            name="rest",
            title=Both("How it comes to rest", "어떻게 멈추게 할까요"),
            scene="?surface=bowl&surface.angle=0&steps=200&speed=2.0&lanes=2&1.rule=rmsprop&1.lr=0.1&1.decay=0.9&1.schedule=cosine"
            "&2.rule=rmsprop&2.lr=0.01&2.decay=0.999",
            setting=Both(
                "Two attempts: a cosine schedule, which takes η to 0, with ρ = {short} as before; and a constant η = {low} with ρ = {rho}, a memory longer than the run.",
                "두 가지를 시도합니다. 하나는 ρ = {short} 그대로 두고 코사인 스케줄로 η를 0까지 낮춥니다. "
                "다른 하나는 일정한 η = {low}에서 ρ = {rho}, 곧 전체 단계보다 긴 기억을 씁니다.",
            ),
            question=Choice(
                Both("Which of them come to rest at f*?", "f*에 도달하여 멈추는 것은 무엇일까요?"),
                options=(
                    Option(
                        Both("Only the one with the schedule", "스케줄을 쓴 것만"),
                        lambda seen: (seen.kind(1), seen.kind(2)) == ("reached", "restless"),
                    ),
                    Option(
                        Both("Only the one with the long memory", "기억이 긴 것만"),
                        lambda seen: (seen.kind(1), seen.kind(2)) == ("restless", "reached"),
                    ),
                    Option(Both("Both of them", "둘 다"), lambda seen: (seen.kind(1), seen.kind(2)) == ("reached", "reached")),
                    Option(Both("Neither", "둘 다 아닙니다"), lambda seen: (seen.kind(1), seen.kind(2)) == ("restless", "restless")),
                ),
            ),
            happened=Both(
                "Both: f − f* ends at {cosine} with the schedule and at {long} with the long memory. A hop is η long, so it shrinks with η; "
                "and a mean that still holds the steep start does not shrink with the gradient, so that the steps do.",
                "둘 다입니다. 마지막 f − f*는 스케줄을 쓰면 {cosine}, 기억이 길면 {long}입니다. 건너뛰는 길이는 η이므로 η와 함께 줄어듭니다. "
                "가파른 출발을 아직 기억하는 평균은 그래디언트를 따라 줄지 않으므로, 그 대신 걸음이 줄어듭니다.",
            ),
            numbers={
                "rho": lambda seen: seen.setting(2, "decay"),
                "short": lambda seen: seen.setting(1, "decay"),
                "low": lambda seen: seen.rate(2),
                "cosine": lambda seen: seen.gap(1),
                "long": lambda seen: seen.gap(2),
            },
            claims=(lambda seen: 1 / (1 - seen.setting(2, "decay")) > seen.steps,),
            try_it=Both(
                "With the long memory the second lane bears a higher η. And with a shorter one?",
                "기억이 길면 두 번째 레인은 더 큰 η도 견딥니다. 기억이 더 짧으면 어떨까요?",
            ),
            tried=("2.lr", "2.decay"),
            challenge=Challenge(lane=2, within=20, by="2.lr=0.03"),
        ),
    )
