"""Momentum: gradients add up in a velocity; how far, in which of two forms, and in which regimes."""

from __future__ import annotations

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Sketch, Slide, Step
from lessons.parts.seen import Seen

SLOPE = "?surface=custom&surface.text=x&surface.reach=100&curve.right=inner.v"
VALLEY = "?surface=bowl&surface.kappa=20&surface.angle=0&x=-1.8&y=0.4"
ROUND = "?surface=bowl&surface.kappa=1&x=-1.8&y=0.4"
FALLING = "schedule=step&{i}.schedule.every=30&{i}.schedule.factor=0.1"
DROP = 30
WARMED = Seen(f"{VALLEY}&lanes=2&1.rule=momentum&1.lr=0.05&1.warmup=50&2.rule=sutskever&2.lr=0.05&2.warmup=50")


def stride(seen: Seen, lane: int, step: int) -> float:
    """The length of a step, counted from 1."""
    path = seen.path(lane)
    return float(abs(path[step] - path[step - 1]).max())


def brakes(seen: Seen, lane: int) -> bool:
    """Whether the lane's step is at most a fifth of the last one right after the rate has dropped."""
    return stride(seen, lane, DROP + 1) < 0.2 * stride(seen, lane, DROP)


def damped(seen: Seen) -> float:
    """The momentum at which lane 2's rate is critically damped, (1 − √(η λ))²."""
    return float((1 - (seen.rate(2) * seen.curvatures()[1]) ** 0.5) ** 2)


def wins(lane: int) -> Option:
    """This lane's settings, as those that come to f* first."""
    text = f"η = {{e{lane}}}, μ = {{m{lane}}}"
    return Option(
        Both(text, text), lambda seen: min(range(1, 6), key=lambda i: seen.since(i) if seen.kind(i) == "reached" else seen.steps + 1) == lane
    )


class Momentum(Lesson):
    """What the velocity adds up to, when it helps, and what two libraries mean by it."""

    place = 7
    title = Both("Momentum", "모멘텀")
    idea = Both(
        "The velocity remembers 1/(1 − μ) gradients: what agrees adds up, what alternates cancels, and too much of it overshoots.",
        "속도는 최근 1/(1 − μ)개 정도의 그래디언트를 기억합니다. 방향이 같은 것은 쌓이고 번갈아 바뀌는 것은 상쇄되며, 지나치면 최소점을 넘어갑니다.",
    )
    minutes = 8
    after = ("zigzag",)
    reference = "Polyak, USSR Comp. Math. 4(5), 1964; Sutskever et al., ICML 2013, eq. 1–2; Goh, Why Momentum Really Works, Distill 2017"
    steps = (
        Step(
            name="sum",
            title=Both("How far does v grow?", "v는 얼마나 커질까요?"),
            scene=f"{SLOPE}&x=0&y=0&steps=100&lanes=3&1.rule=gradient_descent&1.lr=0.1&2.rule=momentum&2.lr=0.1"
            "&3.rule=qhm&3.lr=0.1&3.momentum=0.9&3.nu=1",
            setting=Both(
                "A plane that slopes evenly: the gradient is 1 everywhere. Momentum keeps μ = {mu} of its velocity and adds the gradient, v ← μv + g. "
                "Lane 3 takes a mean instead, v ← μv + (1 − μ)g.",
                "기울기가 어디서나 1인 비탈입니다. 모멘텀은 속도의 일부(μ = {mu})를 남기고 그래디언트를 더합니다(v ← μv + g). "
                "레인 3은 더하는 대신 평균을 냅니다(v ← μv + (1 − μ)g).",
            ),
            question=Slide(
                Both("How large is |v| of lane 2 after {steps} steps?", "{steps}단계 뒤 레인 2의 |v|는 얼마일까요?"),
                symbol="|v|",
                range=Range(0, 100),
                answer=lambda seen: seen.size(2, "v"),
            ),
            happened=Both(
                "{grown}, and no more: 1 + μ + μ² + … = 1/(1 − μ) = {limit}. Each step then loses as much velocity as it adds. "
                "So momentum came {far} far, gradient descent {plain}: the same η now means a rate {times} times as high. "
                "The mean stays at {mean} and gains nothing: {short}.",
                "{grown}까지 커지고 멈춥니다. 1 + μ + μ² + … = 1/(1 − μ) = {limit}입니다. 이때는 한 단계에 잃는 만큼만 더해집니다. "
                "경사 하강법이 {plain}만큼 가는 동안 모멘텀은 {far}만큼 갔습니다. 같은 η라도 실제로는 {times}배의 학습률인 셈입니다. "
                "평균을 내는 쪽은 {mean}에 머물러 이득이 없습니다(이동 거리 {short}).",
            ),
            numbers={
                "mu": lambda seen: seen.setting(2, "momentum"),
                "steps": lambda seen: seen.steps,
                "grown": lambda seen: seen.size(2, "v"),
                "limit": lambda seen: 1 / (1 - seen.setting(2, "momentum")),
                "times": lambda seen: 1 / (1 - seen.setting(2, "momentum")),
                "far": lambda seen: seen.length(2),
                "plain": lambda seen: seen.length(1),
                "mean": lambda seen: round(seen.size(3, "v"), 3),
                "short": lambda seen: seen.length(3),
            },
            claims=(
                lambda seen: abs(seen.size(2, "v") - 1 / (1 - seen.setting(2, "momentum"))) < 1e-3,
                lambda seen: seen.length(3) < seen.length(1),
            ),
            say=Both(
                "Students expect v to grow without end, as a stone falls. It falls as in honey: with a terminal speed. "
                "Whoever turns momentum on without lowering η has raised the rate by 1/(1 − μ).",
                "학생들은 떨어지는 돌처럼 v가 끝없이 커지리라 생각합니다. 실제로는 꿀 속에서 떨어지듯 종단 속도가 있습니다. "
                "η를 그대로 두고 모멘텀만 켜면 학습률을 1/(1 − μ)배로 올린 것과 같습니다.",
            ),
            try_it=Both("Which μ makes v half as large?", "v를 절반으로 만드는 μ는 얼마인가요?"),
            tried=("2.momentum",),
        ),
        Step(
            name="how_much",
            title=Both("How much momentum?", "모멘텀은 얼마가 알맞을까요?"),
            scene=f"{VALLEY}&overlay=1&steps=300&speed=2.0&lanes=4&1.rule=gradient_descent&1.lr=0.04&2.rule=momentum&2.lr=0.04&2.momentum=0.5"
            "&3.rule=momentum&3.lr=0.04&3.momentum=0.9&4.rule=momentum&4.lr=0.04&4.momentum=0.99",
            setting=Both(
                "A valley with κ = {kappa}, one rate for all, η = {rate}. Gradient descent, and momentum with μ = {mu2}, {mu3} and {mu4}.",
                "κ = {kappa}인 골짜기에서 학습률은 모두 같습니다(η = {rate}). 경사 하강법과 세 모멘텀(μ = {mu2}, {mu3}, {mu4})을 비교합니다.",
            ),
            question=Sketch(Both("Draw the loss curve of μ = {mu4}.", "μ = {mu4}의 손실 곡선을 그려 보세요."), lane=4),
            happened=Both(
                "It goes up and down in waves: with μ = {mu4} the ball rolls through the minimum and up the other side, and after {steps} steps it is still "
                "{left} above f*. Without momentum f* is reached at step {plain}, with μ = {mu2} at {some}, with μ = {mu3} at {much}. "
                "More is better only up to a point.",
                "물결처럼 오르내립니다. μ = {mu4}에서는 공이 최소점을 지나 반대편으로 굴러 올라가며, {steps}단계 뒤에도 f*보다 {left}만큼 높습니다. "
                "f*에 도달하는 단계는 모멘텀이 없으면 {plain}단계, μ = {mu2}이면 {some}단계, μ = {mu3}이면 {much}단계입니다. 클수록 좋은 것은 어느 정도까지입니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "rate": lambda seen: seen.rate(1),
                **{f"mu{i}": lambda seen, i=i: seen.setting(i, "momentum") for i in (2, 3, 4)},
                "steps": lambda seen: seen.steps,
                "left": lambda seen: seen.gap(4),
                "plain": lambda seen: seen.since(1),
                "some": lambda seen: seen.since(2),
                "much": lambda seen: seen.since(3),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached"] * 3 and seen.kind(4) != "reached",
                lambda seen: seen.since(2) < seen.since(3) < seen.since(1),
                lambda seen: seen.turns(4, 0) > 3,
            ),
            say=Both(
                "Many know one value of μ by heart and never ask why. Let them look for one that is faster than all three.",
                "μ의 값 하나를 외우고는 이유를 묻지 않는 학생이 많습니다. 셋보다 빠른 값을 직접 찾게 하세요.",
            ),
            try_it=Both("Find a μ for the last lane that beats the other three.", "마지막 레인의 μ를 바꾸어 나머지 셋을 이겨 보세요."),
            tried=("4.momentum",),
            challenge=Challenge(lane=4, within=65, by="4.momentum=0.6"),
        ),
        Step(
            name="conventions",
            title=Both("Two conventions, and where they part", "두 가지 표기와 갈라지는 곳"),
            scene=f"{SLOPE.replace('100', '50')}&x=45&y=0&steps=60&speed=0.5&lanes=4&1.rule=momentum&1.lr=0.1&2.rule=sutskever&2.lr=0.1"
            f"&3.rule=momentum&3.lr=0.1&3.{FALLING.format(i=3)}&4.rule=sutskever&4.lr=0.1&4.{FALLING.format(i=4)}",
            setting=Both(
                "Textbooks write v ← μv − ηg, p ← p + v (Sutskever); PyTorch v ← μv + g, p ← p − ηv. Lanes 1 and 2 keep η = {rate}. "
                "In the other two it drops to a tenth at step {drop}.",
                "교과서는 흔히 v ← μv − ηg, p ← p + v(Sutskever)로 쓰고, PyTorch는 v ← μv + g, p ← p − ηv로 계산합니다. "
                "레인 1과 레인 2의 학습률은 그대로이고(η = {rate}), 나머지 두 레인에서는 {drop}단계부터 학습률이 십분의 일로 줄어듭니다.",
            ),
            question=Choice(
                Both("Who brakes at once when the rate drops?", "학습률이 줄어들 때 곧바로 느려지는 것은 어느 쪽일까요?"),
                options=(
                    Option(Both("PyTorch's form", "PyTorch 방식"), lambda seen: brakes(seen, 3) and not brakes(seen, 4)),
                    Option(Both("Sutskever's form", "Sutskever 방식"), lambda seen: brakes(seen, 4) and not brakes(seen, 3)),
                    Option(Both("Both, they are the same", "둘은 같으므로 함께 느려집니다"), lambda seen: brakes(seen, 3) and brakes(seen, 4)),
                ),
            ),
            happened=Both(
                "PyTorch's: its step falls from {before} to {torch} at once, because η multiplies the whole velocity. Sutskever's goes on with {textbook} "
                "and slows as its old gradients fade; it ends {apart} further on. At a constant rate lanes 1 and 2 are the same path. "
                "Under a warm-up of {warm} steps the two part by up to {valley} in the valley before this.",
                "PyTorch 방식입니다. η가 속도 전체에 곱해지므로 보폭이 {before}에서 {torch}까지 단번에 줄어듭니다. Sutskever 방식은 바로 다음 보폭이 {textbook}이고, "
                "지난 그래디언트의 영향이 사라지는 만큼만 느려져 {apart}만큼 더 나아갑니다. 학습률이 일정하면 레인 1과 레인 2처럼 경로가 같습니다. "
                "앞의 골짜기에서 {warm}단계의 웜업을 쓰면 두 경로는 최대 {valley}만큼 벌어집니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "drop": lambda seen: DROP,
                "before": lambda seen: stride(seen, 3, DROP),
                "torch": lambda seen: stride(seen, 3, DROP + 1),
                "textbook": lambda seen: stride(seen, 4, DROP + 1),
                "apart": lambda seen: seen.apart(3, 4),
                "warm": lambda seen: WARMED.flat["1.warmup"],
                "valley": lambda seen: WARMED.apart(1, 2),
            },
            claims=(
                lambda seen: seen.apart(1, 2) < 1e-9,
                lambda seen: seen.path(4)[-1, 0] < seen.path(3)[-1, 0],
                lambda seen: abs(seen.apart(3, 4) - abs(seen.path(4)[-1, 0] - seen.path(3)[-1, 0])) < 1e-9,
            ),
            say=Both(
                "Papers and libraries use the same word for both. Whoever takes a schedule from one to the other trains something else.",
                "논문과 라이브러리는 두 방식을 같은 이름으로 부릅니다. 스케줄을 한쪽에서 다른 쪽으로 그대로 옮기면 다른 학습이 됩니다.",
            ),
        ),
        Step(
            name="regimes",
            title=Both("Five ways to come to rest, or not", "멈추거나 멈추지 않는 다섯 가지 방식"),
            scene=f"{ROUND}&steps=60&speed=0.5&lanes=5&1.rule=momentum&1.lr=0.1&1.momentum=0.2&2.rule=momentum&2.lr=0.1&2.momentum=0.4675"
            "&3.rule=momentum&3.lr=0.1&3.momentum=0.9&4.rule=momentum&4.lr=2.1&4.momentum=0.1&5.rule=momentum&5.lr=2.3&5.momentum=0.1",
            setting=Both(
                "A round bowl, so that only one curvature counts, λ = 1. Five settings: η = {e1} with little, more and much momentum, and two rates near the edge.",
                "둥근 그릇이므로 곡률은 λ = 1 하나뿐입니다. 설정은 다섯 가지입니다. 셋은 η = {e1}에 모멘텀을 점점 크게 하고, 둘은 학습률을 한계 가까이 잡습니다.",
            ),
            question=Choice(
                Both("Which one is at f* first?", "f*에 가장 먼저 도달하는 것은 어느 것일까요?"), options=tuple(map(wins, (1, 2, 3, 4, 5)))
            ),
            happened=Both(
                "The second. μ = (1 − √(ηλ))² = {best} is critically damped: at f* by step {fast}. Below it the ball crawls without turning ({slow} steps); above, "
                "it swings in waves (lane 3). At η = {e4} it turns with every step and still comes nearer; "
                "past ηλ = 2 + 2μ = {edge} it is thrown out.",
                "두 번째입니다. μ = (1 − √(ηλ))² = {best}일 때를 임계 감쇠라고 하며, {fast}단계에 f*에 도달합니다. μ가 이보다 작으면 방향을 바꾸지 않고 천천히 다가가고({slow}단계), "
                "크면 물결처럼 흔들립니다(레인 3). 학습률이 η = {e4}이면 매 단계 방향을 바꾸면서도 가까워지고, ηλ = 2 + 2μ = {edge}보다 크면 튕겨 나갑니다.",
            ),
            numbers={
                **{f"e{i}": lambda seen, i=i: seen.rate(i) for i in (1, 2, 3, 4, 5)},
                **{f"m{i}": lambda seen, i=i: seen.setting(i, "momentum") for i in (1, 2, 3, 4, 5)},
                "best": damped,
                "fast": lambda seen: seen.since(2),
                "slow": lambda seen: seen.since(1),
                "edge": lambda seen: seen.edge(5),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2)] == ["reached"] * 2 and seen.since(2) < seen.since(1),
                lambda seen: abs(seen.setting(2, "momentum") - damped(seen)) < 1e-4,
                lambda seen: seen.turns(1, 0) == seen.turns(2, 0) == 0 and 0 < seen.turns(3, 0) < 0.5 * seen.steps,
                lambda seen: seen.turns(4, 0) == seen.turns(5, 0) == seen.steps,
                lambda seen: seen.rate(4) < seen.edge(4) and seen.rate(5) > seen.edge(5) and seen.kind(5) in ("left the map", "diverged"),
                lambda seen: seen.gap(4) < 1e-4,
            ),
            say=Both(
                "The same words as for a spring with friction. Ask what a car's shock absorbers are set to.",
                "마찰이 있는 용수철을 설명하는 말과 같습니다. 자동차의 완충 장치는 어느 상태에 맞추는지 물어보세요.",
            ),
            try_it=Both(
                "Take lane 2 a little above and a little below its μ: what does the loss curve do?",
                "레인 2의 μ를 조금 올리고 내려 보세요. 손실 곡선이 어떻게 변하나요?",
            ),
            tried=("2.momentum",),
        ),
        Step(
            name="plane",
            title=Both("The whole plane", "평면 전체"),
            scene="explore?steps=60&measure=final&ax.low=0.002&ax.high=0.25",
            setting=Both(
                "All settings at once: the rate η across, the momentum μ upwards, and each point of the map is a run on a valley with κ = {kappa}. "
                "Click on a point to see its path.",
                "모든 설정을 한꺼번에 봅니다. 가로는 학습률 η, 세로는 모멘텀 μ이며, 지도의 점 하나하나가 κ = {kappa}인 골짜기에서의 실행 한 번입니다. "
                "점을 클릭하면 그 경로가 보입니다.",
            ),
            happened=Both(
                "The edge on the right is η λmax = 2 + 2μ. The fastest setting, the cross, is where both directions of the valley are damped critically: "
                "η = {rate}, μ = ((√κ − 1)/(√κ + 1))² = {mu}. With a longer valley it moves up, towards more momentum.",
                "오른쪽 경계는 η λmax = 2 + 2μ입니다. 가장 빠른 설정(십자 표시)은 골짜기의 두 방향이 함께 임계 감쇠되는 곳으로, "
                "η = {rate}, μ = ((√κ − 1)/(√κ + 1))² = {mu}입니다. 골짜기가 길수록 더 큰 모멘텀 쪽으로 올라갑니다.",
            ),
            numbers={
                "kappa": lambda seen: WARMED.kappa,
                "rate": lambda seen: 4 / (1 + WARMED.kappa**0.5) ** 2,
                "mu": lambda seen: ((WARMED.kappa**0.5 - 1) / (WARMED.kappa**0.5 + 1)) ** 2,
            },
            claims=(lambda seen: WARMED.curvatures()[0] == 1,),
        ),
    )
