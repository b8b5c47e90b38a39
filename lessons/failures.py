"""They all get there in the end? Six runs that do not."""

from __future__ import annotations

import itertools

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Place, Slide, Step
from lessons.parts.seen import Seen


def cycle(seen: Seen) -> np.ndarray:
    """The values of x that the last three points of lane 1 have, the least first."""
    return np.sort(seen.path(1)[-3:, 0])


def nearest(seen: Seen) -> float:
    """The least f − f* of lane 1."""
    return seen.gap(1, int(seen.run(1).loss.argmin()))


def thrown(seen: Seen) -> float:
    """The largest f − f* of lane 1 after it was nearest."""
    loss = seen.run(1).loss
    return seen.gap(1, int(loss.argmin() + loss[loss.argmin() :].argmax()))


def jumps(seen: Seen) -> int:
    """How often f − f* of lane 1 rises from below 0.001 to above 0.1."""
    loss = seen.run(1).loss
    sides = [high for high, far in zip(loss > 0.1, (loss < 0.001) | (loss > 0.1), strict=True) if far]
    return sum(bool(after and not before) for before, after in itertools.pairwise(sides))


def downhill(seen: Seen) -> float:
    """The slope along x in the mean, between the walls."""
    return float(seen.race.surface.gradient(np.zeros(2))[0])


class Failures(Lesson):
    """Failures that are none of chance or bad settings alone: each has a reason that can be named."""

    place = 18
    title = Both("They all get there in the end?", "결국에는 모두 도착할까요?")
    idea = Both(
        "Not so: each rule has surfaces on which it cycles, goes the wrong way, stands still or stops where there is no minimum.",
        "그렇지 않습니다. 어떤 기법이든 맴돌거나, 반대로 가거나, 멈춰 서거나, 최소점이 아닌 곳에 머무는 곡면이 있습니다.",
    )
    minutes = 8
    after = ("adam", "nesterov")
    reference = "Lessard, Recht, Packard, SIAM J. Optim. 26(1), 2016, section 4.6; Reddi, Kale, Kumar, ICLR 2018, section 3"
    steps = (
        Step(
            name="cycle",
            title=Both("Heavy ball goes in circles", "맴도는 무거운 공"),
            scene="?surface=lessard&steps=60&speed=0.5&lanes=2&1.rule=momentum&1.lr=0.1111&1.momentum=0.4444"
            "&2.rule=nesterov&2.lr=0.04&2.momentum=0.6667",
            setting=Both(
                "A strongly convex valley with one minimum. Momentum has the settings that are the best for quadratics of its curvatures, {low} to {high}; "
                "Nesterov those that theory gives.",
                "최소점이 하나뿐인 강볼록한 골짜기입니다. 모멘텀은 곡률이 {low}에서 {high}까지인 이차 함수에 가장 좋은 설정을, 네스테로프는 이론이 주는 설정을 씁니다.",
            ),
            question=Place(Both("Where is momentum after {steps} steps?", "{steps}단계 뒤 모멘텀은 어디에 있을까요?"), lanes=(1,)),
            happened=Both(
                "It goes round three points for ever, at x = {a}, {b} and {c}, to the last digit. One stretch of the valley is soft, and the ball that crosses it gains "
                "just what it loses elsewhere. What is best for every quadratic need not even converge on other surfaces. Nesterov rests from step {nesterov} on.",
                "x = {a}, {b}, {c}의 세 점을 영원히 맴돕니다. 골짜기에 완만한 구간이 있어, 그곳을 지나며 얻는 만큼을 다른 곳에서 잃습니다. "
                "모든 이차 함수에 가장 좋은 설정이 그 밖에서는 수렴조차 하지 않을 수 있습니다. 네스테로프는 {nesterov}단계부터 멈춰 있습니다.",
            ),
            try_it=Both("How little less momentum breaks the cycle?", "모멘텀을 얼마나 줄이면 순환이 깨질까요?"),
            tried=("1.momentum", "1.lr"),
            numbers={
                "low": lambda seen: seen.curvatures((1.5, 0.0))[0],
                "high": lambda seen: seen.curvatures()[1],
                "steps": lambda seen: seen.steps,
                "a": lambda seen: cycle(seen)[0],
                "b": lambda seen: cycle(seen)[1],
                "c": lambda seen: cycle(seen)[2],
                "nesterov": lambda seen: seen.since(2),
            },
            claims=(
                lambda seen: bool(np.allclose(seen.path(1)[-3:, 0], seen.path(1)[-6:-3, 0], atol=1e-6)),
                lambda seen: seen.kind(1) == "under way" and seen.kind(2) == "reached",
            ),
            say=Both(
                "There is no noise, no saddle and no second minimum here: ask what else could be wrong, before the run.",
                "여기에는 잡음도, 안장점도, 다른 최소점도 없습니다. 실행 전에 무엇이 잘못될 수 있는지 물어보세요.",
            ),
        ),
        Step(
            name="reddi",
            title=Both("Adam goes the wrong way", "반대로 가는 Adam"),
            scene="?surface=reddi&steps=200&speed=2.0&lanes=3&1.rule=adam&1.lr=0.03&1.beta1=0&1.beta2=0.1&2.rule=amsgrad&2.lr=0.1&2.beta1=0&2.beta2=0.1"
            "&3.rule=gradient_descent&3.lr=0.03",
            setting=Both(
                "Every third step sees the slope {large}, the two after it −1: in the mean {mean}, so the minimum lies to the left. "
                "Adam here forgets fast, β₂ = {beta2}; AMSGrad keeps the largest mean square that it has seen.",
                "기울기가 {large}인 단계가 한 번, −1인 단계가 두 번 오기를 되풀이합니다. 평균은 {mean}이므로 최소점은 왼쪽에 있습니다. "
                "여기서 Adam은 빨리 잊습니다(β₂ = {beta2}). AMSGrad는 지금까지 본 가장 큰 제곱 평균을 간직합니다.",
            ),
            question=Place(Both("Where does Adam end?", "Adam은 어디에서 끝날까요?"), lanes=(1,)),
            happened=Both(
                "At x = {adam}, the wrong end. The large slope is divided by its own size, and is forgotten before it comes again: two steps to the right outweigh one to the left. "
                "AMSGrad ends at {amsgrad}, gradient descent at {descent}.",
                "반대쪽 끝인 x = {adam}에서 끝납니다. 큰 기울기는 자기 크기로 나뉘고, 다시 오기 전에 잊힙니다. 오른쪽으로 가는 두 걸음이 왼쪽으로 가는 한 걸음보다 큽니다. "
                "AMSGrad는 {amsgrad}, 경사 하강법은 {descent}에서 끝납니다.",
            ),
            try_it=Both("With how long a memory does Adam turn round?", "기억이 얼마나 길어야 Adam이 방향을 바꿀까요?"),
            tried=("1.beta2",),
            numbers={
                "large": lambda seen: seen.shape("large"),
                "mean": downhill,
                "beta2": lambda seen: seen.setting(1, "beta2"),
                "adam": lambda seen: seen.path(1)[-1, 0],
                "amsgrad": lambda seen: seen.path(2)[-1, 0],
                "descent": lambda seen: seen.path(3)[-1, 0],
            },
            claims=(
                lambda seen: seen.path(1)[-1, 0] > 0.9,
                lambda seen: max(seen.path(2)[-1, 0], seen.path(3)[-1, 0]) < -0.8,
                lambda seen: downhill(seen) > 0,
            ),
        ),
        Step(
            name="nesterov",
            title=Both("Nesterov past its edge", "한계를 넘은 네스테로프"),
            scene="?surface=bowl&surface.kappa=20&surface.angle=0&x=-1.8&y=0.4&steps=200&speed=2.0&lanes=2&1.rule=momentum&1.lr=0.071&2.rule=nesterov&2.lr=0.071",
            setting=Both(
                "A plain quadratic bowl, λmax = {steep}. Momentum and Nesterov with the same μ = {mu} and the same rate η = {rate}.",
                "λmax = {steep}인 단순한 이차 함수입니다. 모멘텀과 네스테로프의 설정은 μ = {mu}, η = {rate}, 서로 같습니다.",
            ),
            question=Slide(
                Both("From which rate on does Nesterov diverge here?", "네스테로프는 학습률이 얼마부터 발산할까요?"),
                symbol="η",
                range=Range(0.01, 1.0, log=True),
                answer=lambda seen: seen.edge(2),
            ),
            happened=Both(
                "From {edge} on; momentum only from {wide}. At η = {rate} the one settles and the other diverges, at step {gone}. Looking ahead brakes in time while "
                "steps are short; a long step makes the look ahead itself too far.",
                "{edge}부터입니다. 모멘텀은 {wide}부터입니다. η = {rate}에서 모멘텀은 자리를 잡고, 네스테로프는 {gone}단계에 발산합니다. "
                "걸음이 짧을 때는 앞을 내다보는 것이 제때 제동을 걸지만, 걸음이 길면 내다본 곳 자체가 너무 멉니다.",
            ),
            numbers={
                "steep": lambda seen: seen.curvatures()[1],
                "mu": lambda seen: seen.setting(1, "momentum"),
                "rate": lambda seen: seen.rate(1),
                "edge": lambda seen: seen.edge(2),
                "wide": lambda seen: seen.edge(1),
                "gone": lambda seen: seen.since(2),
            },
            claims=(lambda seen: seen.kind(2) == "diverged" and seen.kind(1) == "reached", lambda seen: seen.edge(2) < seen.rate(2) < seen.edge(1)),
        ),
        Step(
            name="restless",
            title=Both("Adam jumps out again", "다시 튀어나오는 Adam"),
            scene="?surface=rosenbrock&steps=1000&speed=8.0&lanes=2&1.rule=adam&1.lr=0.2&1.beta2=0.99&2.rule=adam&2.lr=0.2&2.beta2=0.99&2.schedule=cosine",
            setting=Both(
                "Rosenbrock's valley, Adam at a constant rate, η = {rate} and β₂ = {beta2}; the second lane has a cosine schedule.",
                "로젠브록 골짜기에서 일정한 학습률 η = {rate}, β₂ = {beta2}인 Adam입니다. 두 번째 레인은 코사인 스케줄을 씁니다.",
            ),
            question=Choice(
                Both(
                    "At step {when} the first lane has f − f* = {near}. What follows?",
                    "{when}단계에 첫 번째 레인은 f − f* = {near}입니다. 그다음에는 어떻게 될까요?",
                ),
                options=(
                    Option(Both("It stays there and comes nearer", "그곳에 머물며 더 가까워집니다"), lambda seen: thrown(seen) < 10 * nearest(seen)),
                    Option(
                        Both("It is thrown out again, more than ten thousand times as high", "만 배 넘게 높은 곳까지 다시 튀어나옵니다"),
                        lambda seen: np.isfinite(thrown(seen)) and thrown(seen) > 10_000 * nearest(seen),
                    ),
                    Option(Both("It diverges", "발산합니다"), lambda seen: seen.kind(1) == "diverged"),
                ),
            ),
            happened=Both(
                "It jumps up to {far}, and again and again. Near the minimum gradients are small, v fades, and the division makes steps long, until one of them "
                "climbs a wall. The second lane jumps once too, but its schedule takes the length away, and it ends at {other}.",
                "{far}까지 튀어 오르고, 이런 일이 되풀이됩니다. 최소점 가까이에서는 그래디언트가 작아 v가 작아지고, 나눗셈이 걸음을 늘려 마침내 벽을 오릅니다. "
                "두 번째 레인도 한 번 튀지만, 스케줄이 걸음을 줄여 {other}에서 끝납니다.",
            ),
            try_it=Both("Is a longer memory, β₂, a cure?", "기억 β₂를 늘리면 나아질까요?"),
            tried=("1.beta2", "1.lr"),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "beta2": lambda seen: seen.setting(1, "beta2"),
                "when": lambda seen: int(seen.run(1).loss.argmin()),
                "near": nearest,
                "far": thrown,
                "other": lambda seen: seen.gap(2),
            },
            claims=(
                lambda seen: seen.kind(2) == "reached",
                lambda seen: int(seen.run(1).loss.argmin()) < seen.steps - 100,
                lambda seen: jumps(seen) >= 3,
                lambda seen: seen.gap(2, int(500 + seen.run(2).loss[500:].argmax())) > 0.001,
            ),
        ),
        Step(
            name="stuck",
            title=Both("AdaGrad grows tired", "지쳐 버린 AdaGrad"),
            scene="?surface=rosenbrock&steps=1000&speed=8.0&curve.right=inner.rate&lanes=2&1.rule=adagrad&1.lr=0.1&2.rule=adam&2.lr=0.1",
            setting=Both(
                "The same valley, AdaGrad and Adam at η = {rate}. The chart on the right shows the rate along x that each makes of it.",
                "같은 골짜기에서 AdaGrad와 Adam의 학습률은 똑같이 η = {rate}입니다. 오른쪽 그래프는 각 기법이 실제로 쓰는 x 방향의 학습률입니다.",
            ),
            question=Place(Both("Where is AdaGrad after {steps} steps?", "{steps}단계 뒤 AdaGrad는 어디에 있을까요?"), lanes=(1,)),
            happened=Both(
                "At f − f* = {tired}, far up the valley, where Adam has {adam}. The first steep slopes stay in AdaGrad's sum for good; "
                "on the flat floor its rate along x is still {late}, as it was {early} at step {soon}.",
                "골짜기의 먼 곳인 f − f* = {tired}에 있습니다. Adam은 {adam}입니다. 처음의 가파른 기울기가 AdaGrad의 합에 영원히 남습니다. "
                "{soon}단계에 {early}이던 x 방향의 학습률이 평평한 바닥에서도 {late}에 머뭅니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "steps": lambda seen: seen.steps,
                "tired": lambda seen: seen.gap(1),
                "adam": lambda seen: seen.gap(2),
                "soon": lambda seen: 100,
                "early": lambda seen: seen.state(1, "rate", 100)[0],
                "late": lambda seen: seen.state(1, "rate", seen.steps)[0],
            },
            claims=(
                lambda seen: seen.kind(1) == "under way" and seen.kind(2) == "reached",
                lambda seen: bool((np.diff(seen.run(1).states["rate"][:, 0]) <= 0).all()),
            ),
        ),
        Step(
            name="newton",
            title=Both("Newton likes saddles", "안장점을 좋아하는 뉴턴"),
            scene="?surface=himmelblau&steps=30&speed=0.5&lanes=2&1.rule=newton&1.lr=1&2.rule=gradient_descent&2.lr=0.01",
            setting=Both(
                "Four minima, all as deep. Newton's method knows the curvature; gradient descent only the slope.",
                "깊이가 같은 최소점이 넷 있습니다. 뉴턴 방법은 곡률을 알고, 경사 하강법은 기울기만 압니다.",
            ),
            question=Place(Both("Where does Newton's method end?", "뉴턴 방법은 어디에서 끝날까요?"), lanes=(1,)),
            happened=Both(
                "At a saddle, from step {saddle} on, with f − f* = {left}: it goes to wherever the gradient vanishes, be it a minimum or not, and does so fast. "
                "Gradient descent is at a minimum from step {descent} on.",
                "{saddle}단계부터 안장점에 있고 f − f* = {left}입니다. 최소점이든 아니든 그래디언트가 사라지는 곳으로 가며, 그것도 빨리 갑니다. "
                "경사 하강법은 {descent}단계부터 최소점에 있습니다.",
            ),
            numbers={"saddle": lambda seen: seen.since(1), "left": lambda seen: seen.gap(1), "descent": lambda seen: seen.since(2)},
            claims=(lambda seen: [seen.kind(1), seen.kind(2)] == ["saddle", "reached"],),
            say=Both(
                "In many dimensions nearly all points without a slope are saddles: this is why Newton's step is not used as it is on networks.",
                "차원이 높으면 기울기가 없는 점은 거의 모두 안장점입니다. 그래서 신경망에는 뉴턴의 걸음을 그대로 쓰지 않습니다.",
            ),
        ),
    )
