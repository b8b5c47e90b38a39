"""The plateau: where the slope says where to go but hardly that one should."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Sketch, Slide, Step
from lessons.parts.seen import Seen

SHELF = "?surface=plateau"
STEEPER = Seen(f"{SHELF}&steps=200&lanes=2&1.rule=momentum&1.lr=0.1&2.rule=adam&2.lr=0.1")


def over(seen: Seen, i: int) -> int:
    """The step at which a lane has left the shelf: x > 3."""
    return seen.first(i, lambda p: p[0] > 3)


def slope(seen: Seen, x: float) -> float:
    """‖∇f‖ on the shelf's floor, at this x."""
    return float(np.hypot(*seen.race.surface.gradient(np.array([x, 0.0]))))


class PlateauLesson(Lesson):
    """Who crosses a plateau, and what scaling by coordinate has to do with it."""

    place = 6
    title = Both("The plateau", "고원")
    idea = Both(
        "A step in proportion to the slope is tiny where the ground is flat; what adds up, or what divides by the slope's own size, gets across.",
        "기울기에 비례하는 걸음은 평평한 곳에서 아주 작습니다. 걸음을 쌓거나 기울기 자신의 크기로 나누면 건너갈 수 있습니다.",
    )
    minutes = 6
    after = ("learning_rate",)
    reference = "Goodfellow, Bengio, Courville, Deep Learning, 2016, section 8.2.3"
    steps = (
        Step(
            name="shelf",
            title=Both("A long, flat shelf", "길고 평평한 선반"),
            scene=f"{SHELF}&steps=200&lanes=1&1.rule=gradient_descent&1.lr=0.1",
            setting=Both(
                "A trough that is steep across and all but level along; the minimum is at its far end. "
                "Gradient descent starts on the wall, where the slope is {start}; on the shelf's floor it is {floor}.",
                "가로지르는 방향으로는 가파르고 길이 방향으로는 거의 평평한 홈통이며, 최소점은 먼 끝에 있습니다. 경사 하강법은 기울기가 {start}인 벽에서 출발하고, 선반 바닥의 기울기는 {floor}입니다.",
            ),
            question=Sketch(Both("Draw the loss curve over {steps} steps.", "{steps}단계 동안의 손실 곡선을 그려 보세요."), lane=1),
            happened=Both(
                "It falls for a moment, down the wall, and then looks finished: f − f* is {gap} after {steps} steps. "
                "The run is not at a minimum, it has come as far as x = {x}. A flat curve alone does not say which of the two it is.",
                "벽을 내려오는 동안 잠시 줄고는 끝난 것처럼 보입니다. {steps}단계 뒤 f − f*는 {gap}입니다. "
                "최소점에 있는 것이 아니라 x = {x}까지 왔을 뿐입니다. 평평한 곡선만으로는 둘을 구별할 수 없습니다.",
            ),
            numbers={
                "start": lambda seen: float(np.hypot(*seen.race.surface.gradient(np.array(seen.race.start)))),
                "floor": lambda seen: slope(seen, 1.0),
                "steps": lambda seen: seen.steps,
                "gap": lambda seen: seen.gap(1),
                "x": lambda seen: seen.path(1)[-1, 0],
            },
            claims=(
                lambda seen: seen.gap(1, 40) < 0.6 * seen.gap(1, 0),
                lambda seen: seen.gap(1, 40) - seen.gap(1) < 0.1 * seen.gap(1),
                lambda seen: slope(seen, 1.0) < 0.05,
            ),
            say=Both(
                "Ask who would stop the training here. Then ask what one would have to look at to tell a plateau from a minimum: the slope's size, and the curvature.",
                "여기서 학습을 멈출 사람이 있는지 물어보세요. 그다음 고원과 최소점을 구별하려면 무엇을 보아야 하는지 물어보세요. 기울기의 크기와 곡률입니다.",
            ),
        ),
        Step(
            name="across",
            title=Both("Who gets across?", "누가 건너갈까요?"),
            scene=f"{SHELF}&steps=1000&speed=8.0&lanes=6&1.rule=gradient_descent&1.lr=0.1&2.rule=momentum&2.lr=0.1&3.rule=nesterov&3.lr=0.1"
            "&4.rule=adagrad&4.lr=0.1&5.rule=rmsprop&5.lr=0.1&6.rule=adam&6.lr=0.1",
            setting=Both(
                "Six rules at the same η = {rate}. The shelf ends at about x = 3.",
                "여섯 기법이 같은 η = {rate}로 출발합니다. 선반은 대략 x = 3에서 끝납니다.",
            ),
            question=Choice(
                Both("Which of them is first beyond x = 3?", "누가 가장 먼저 x = 3을 넘을까요?"),
                options=(
                    Option(
                        Both("Momentum: it gathers speed", "모멘텀: 속도가 붙으므로"),
                        lambda seen: over(seen, 2) == min(over(seen, i) for i in range(1, 7)),
                    ),
                    Option(
                        Both("AdaGrad: its rate fits each coordinate", "AdaGrad: 좌표마다 학습률을 맞추므로"),
                        lambda seen: over(seen, 4) == min(over(seen, i) for i in range(1, 7)),
                    ),
                    Option(
                        Both("RMSprop: it divides by the slope's recent size", "RMSprop: 최근 기울기의 크기로 나누므로"),
                        lambda seen: over(seen, 5) == min(over(seen, i) for i in range(1, 7)),
                    ),
                    Option(Both("Adam: it does both", "Adam: 둘 다 하므로"), lambda seen: over(seen, 6) == min(over(seen, i) for i in range(1, 7))),
                ),
            ),
            happened=Both(
                "RMSprop at step {rmsprop}, Adam at {adam}; momentum and Nesterov need {momentum} and {nesterov}, AdaGrad {adagrad}, gradient descent {descent}. "
                "A rule that divides by the slope's size does not mind how flat it is: Adam steps about η along x; RMSprop, whose mean starts at zero, begins with a step of {first}. "
                "Momentum multiplies the steps by up to 1/(1 − μ) = {sum}. AdaGrad does divide, but its sum of squares never forgets.",
                "RMSprop은 {rmsprop}단계, Adam은 {adam}단계, 모멘텀과 네스테로프는 {momentum}단계와 {nesterov}단계, AdaGrad는 {adagrad}단계, 경사 하강법은 {descent}단계입니다. "
                "기울기의 크기로 나누는 기법에는 얼마나 평평한지가 상관없습니다. Adam은 x 방향으로 약 η씩 나아가고, 평균이 0에서 시작하는 RMSprop의 첫걸음은 더 커서 {first}입니다. 모멘텀은 걸음을 최대 1/(1 − μ) = {sum}배로 키웁니다. "
                "AdaGrad도 나누지만, 제곱의 합을 잊지 않습니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "descent": lambda seen: over(seen, 1),
                "momentum": lambda seen: over(seen, 2),
                "nesterov": lambda seen: over(seen, 3),
                "adagrad": lambda seen: over(seen, 4),
                "rmsprop": lambda seen: over(seen, 5),
                "adam": lambda seen: over(seen, 6),
                "sum": lambda seen: 1 / (1 - seen.setting(2, "momentum")),
                "first": lambda seen: round(float(seen.moved(5)[0]), 3),
            },
            claims=(
                lambda seen: len({seen.rate(i) for i in range(1, 7)}) == 1,
                lambda seen: over(seen, 5) < over(seen, 6) < over(seen, 3) < over(seen, 1),
                lambda seen: over(seen, 1) <= seen.steps,
                lambda seen: bool((abs(np.diff(seen.path(6)[: over(seen, 6), 0]) / seen.rate(6) - 1) < 0.25).all()),
            ),
            say=Both(
                "The same η is no fair comparison, and that is the point here: for RMSprop η is a length, for gradient descent a factor of the slope.",
                "같은 η는 공정한 비교가 아니며, 여기서는 바로 그것이 요점입니다. RMSprop에서 η는 길이이고, 경사 하강법에서는 기울기에 곱하는 수입니다.",
            ),
        ),
        Step(
            name="flatter",
            title=Both("Ten times flatter", "열 배 더 평평하게"),
            scene=f"{SHELF}&surface.slope=0.002&steps=150&lanes=4&1.rule=gradient_descent&1.lr=0.1&2.rule=momentum&2.lr=0.1"
            "&3.rule=rmsprop&3.lr=0.1&4.rule=adam&4.lr=0.1",
            setting=Both(
                "The same shelf, but its slope is only s = {slope} now, a tenth of what it was. Then Adam was over x = 3 at step {before}, "
                "and momentum at {momentum}.",
                "같은 선반이지만 이번에는 기울기가 s = {slope}, 앞의 십분의 일입니다. 앞에서 Adam은 {before}단계, 모멘텀은 {momentum}단계에 x = 3을 넘었습니다.",
            ),
            question=Slide(
                Both("At which step is Adam over x = 3 now?", "이번에는 Adam이 몇 단계에 x = 3을 넘을까요?"),
                symbol="k",
                range=Range(3, 1000, log=True, whole=True),
                answer=lambda seen: over(seen, 4),
            ),
            happened=Both(
                "At step {adam}, hardly a change: a slope divided by its own size is the same for every size. RMSprop needs {rmsprop} steps. "
                "Gradient descent and momentum feel all of the difference: after {steps} steps they stand at x = {x1} and x = {x2}.",
                "{adam}단계로 거의 그대로입니다. 기울기를 그 크기로 나누면 크기가 얼마든 결과가 같습니다. RMSprop은 {rmsprop}단계입니다. "
                "경사 하강법과 모멘텀은 그 차이를 고스란히 받아 {steps}단계 뒤에 x = {x1}, x = {x2}에 있습니다.",
            ),
            numbers={
                "slope": lambda seen: seen.shape("slope"),
                "before": lambda seen: over(STEEPER, 2),
                "momentum": lambda seen: over(STEEPER, 1),
                "adam": lambda seen: over(seen, 4),
                "rmsprop": lambda seen: over(seen, 3),
                "steps": lambda seen: seen.steps,
                "x1": lambda seen: seen.path(1)[-1, 0],
                "x2": lambda seen: seen.path(2)[-1, 0],
            },
            claims=(
                lambda seen: abs(over(seen, 4) - over(STEEPER, 2)) <= 2,
                lambda seen: abs(STEEPER.shape("slope") / seen.shape("slope") - 10) < 1e-9,
                lambda seen: max(seen.path(i)[-1, 0] for i in (1, 2)) < 0.5,
            ),
            say=Both(
                "The other side of the coin: such rules do not notice either that a slope is small because the minimum is near. Ask what they do there.",
                "동전에는 뒷면이 있습니다. 이런 기법은 최소점이 가까워 기울기가 작아진 것도 알아차리지 못합니다. 그때 어떻게 되는지 물어보세요.",
            ),
        ),
        Step(
            name="larger",
            title=Both("Would a larger rate do?", "학습률을 키우면 될까요?"),
            scene=f"{SHELF}&steps=200&speed=2.0&lanes=3&1.rule=gradient_descent&1.lr=0.1&2.rule=gradient_descent&2.lr=1&3.rule=gradient_descent&3.lr=3",
            setting=Both(
                "Gradient descent alone, with η = {low}, {middle} and {high}.",
                "경사 하강법만 세 학습률(η = {low}, {middle}, {high})로 실행합니다.",
            ),
            question=Slide(
                Both(
                    "Up to which rate does gradient descent come to rest at the minimum?",
                    "경사 하강법이 최소점에서 멈출 수 있는 학습률은 얼마까지일까요?",
                ),
                symbol="η",
                range=Range(0.05, 20.0, log=True),
                answer=lambda seen: seen.edge(1),
            ),
            happened=Both(
                "Up to 2/λmax = {edge}: the well at the end is that steep. η = {middle} is beyond x = 3 at step {there}, and swings in the well for ever; "
                "η = {high} diverges. One rate for all places is either too small for the shelf or too large for the well.",
                "2/λmax = {edge}까지입니다. 끝에 있는 우물이 그만큼 가파릅니다. η = {middle}에서는 {there}단계에 x = 3을 넘지만 우물에서 끝없이 흔들리고, "
                "η = {high}에서는 발산합니다. 어디서나 같은 학습률은 선반에는 너무 작거나 우물에는 너무 큽니다.",
            ),
            numbers={
                "low": lambda seen: seen.rate(1),
                "middle": lambda seen: seen.rate(2),
                "high": lambda seen: seen.rate(3),
                "edge": lambda seen: seen.edge(1),
                "there": lambda seen: over(seen, 2),
            },
            claims=(
                lambda seen: seen.kind(2) == "restless",
                lambda seen: seen.kind(3) == "diverged",
                lambda seen: seen.rate(2) > seen.edge(2),
            ),
            try_it=Both(
                "Find a rate that arrives sooner and rests. How much is gained?",
                "더 일찍 도달하면서 멈추기도 하는 학습률을 찾아보세요. 얼마나 빨라지나요?",
            ),
            tried=("1.lr",),
            challenge=Challenge(lane=1, within=180, by="1.lr=0.6"),
        ),
    )
