"""Nesterov: look where the velocity leads, then correct it."""

from __future__ import annotations

import numpy as np

from core import Array, Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Slide, Step
from lessons.parts.seen import Seen

BOWL = "?surface=bowl&surface.kappa=20&surface.angle=0&x=-1.8&y=0.4"
VALLEY = "?surface=bowl&surface.kappa=50&surface.angle=0&x=-1.8&y=0.4"


def overshoot(seen: Seen, i: int) -> float:
    """How far beyond the minimum, at 0, a lane comes along x."""
    return float(seen.path(i)[:, 0].max())


def braking(seen: Seen, i: int) -> int:
    """The step before which the run stands left of the minimum and looks to the right of it."""
    ahead = seen.run(i).states["ahead"][:, 0]
    return int(np.flatnonzero((seen.path(i)[:-1, 0] < 0) & (ahead > 0))[0]) + 1


def corrected(seen: Seen, i: int) -> Array:
    """v + μ(v − v′) for each step but the first, v′ the velocity before; (steps − 1, 2)."""
    v = seen.run(i).states["v"]
    return v[1:] + seen.setting(i, "momentum") * (v[1:] - v[:-1])


def kept(seen: Seen, i: int) -> Array:
    """μ(1 − ηλ) along the bowl's floor and across it."""
    return seen.setting(i, "momentum") * (1 - seen.rate(i) * seen.curvatures())


class NesterovLesson(Lesson):
    """What is gained where the gradient is taken one glance ahead, and what that costs."""

    place = 8
    title = Both("Nesterov: look, then move", "네스테로프: 먼저 보고 움직이기")
    idea = Both(
        "Nesterov takes the gradient where the velocity is about to carry it, and so brakes before momentum does; its rate must be smaller.",
        "네스테로프는 속도가 데려갈 지점에서 그래디언트를 구하므로 모멘텀보다 먼저 제동합니다. 그 대신 허용되는 학습률이 더 작습니다.",
    )
    minutes = 7
    after = ("momentum",)
    reference = (
        "Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum in deep learning, ICML 2013, eq. 3–4 and section 2.1"
    )
    steps = (
        Step(
            name="look",
            title=Both("Look, then move", "먼저 보고, 그다음에"),
            scene=f"{BOWL}&steps=60&lanes=2&1.rule=momentum&1.lr=0.05&2.rule=nesterov&2.lr=0.05",
            setting=Both(
                "Momentum takes the gradient where it stands. Nesterov takes it at p + μv, where the velocity alone would bring it. "
                "Both have μ = {mu} and η = {rate}; momentum runs {momentum} beyond the minimum.",
                "모멘텀은 서 있는 곳에서 그래디언트를 구합니다. 네스테로프는 속도만으로 가게 될 지점 p + μv에서 구합니다. "
                "둘 다 μ = {mu}, η = {rate}입니다. 모멘텀은 최소점을 지나 {momentum}만큼 더 나아갑니다.",
            ),
            question=Slide(
                Both("How far beyond the minimum does Nesterov run?", "네스테로프는 최소점을 지나 얼마나 더 나아갈까요?"),
                symbol="x",
                range=Range(0.0, 1.8),
                answer=lambda seen: overshoot(seen, 2),
            ),
            happened=Both(
                "By {nesterov}. Before step {braking} it stands at x = {stands}: the slope there still says go on. But it looks at x = {looks}, "
                "beyond the minimum, where the slope already says turn back. It brakes one glance earlier.",
                "{nesterov}입니다. {braking}단계 직전의 위치는 x = {stands}이고, 그곳의 기울기는 계속 가라고 합니다. 그러나 네스테로프가 보는 곳은 최소점 너머 "
                "x = {looks}이고, 그곳의 기울기는 이미 돌아오라고 합니다. 한 발 앞을 보고 제동하는 것입니다.",
            ),
            numbers={
                "mu": lambda seen: seen.setting(2, "momentum"),
                "rate": lambda seen: seen.rate(2),
                "momentum": lambda seen: overshoot(seen, 1),
                "nesterov": lambda seen: overshoot(seen, 2),
                "braking": lambda seen: braking(seen, 2),
                "stands": lambda seen: seen.path(2)[braking(seen, 2) - 1, 0],
                "looks": lambda seen: seen.state(2, "ahead", braking(seen, 2))[0],
            },
            claims=(
                lambda seen: seen.setting(1, "momentum") == seen.setting(2, "momentum"),
                lambda seen: seen.rate(1) == seen.rate(2),
                lambda seen: overshoot(seen, 2) < overshoot(seen, 1),
                lambda seen: seen.race.surface.gradient(seen.path(2)[braking(seen, 2) - 1])[0] < 0 < seen.state(2, "g", braking(seen, 2))[0],
            ),
            try_it=Both(
                "A smaller μ overshoots less and is slower at first. Which μ brings Nesterov to f* soonest?",
                "μ가 작을수록 덜 지나치지만 처음에는 느립니다. 어떤 μ에서 네스테로프가 가장 빨리 f*에 도달하나요?",
            ),
            tried=("2.momentum", "2.lr"),
            challenge=Challenge(lane=2, within=35, by="2.momentum=0.65"),
            say=Both(
                "Students say that Nesterov “uses the future gradient”. It does not know the future: it looks where it would come without a gradient, and that is a guess.",
                "학생들은 네스테로프가 “미래의 그래디언트”를 쓴다고 말합니다. 미래를 아는 것이 아닙니다. 그래디언트 없이 갔을 곳, 곧 추측한 지점을 볼 뿐입니다.",
            ),
        ),
        Step(
            name="plane",
            title=Both("Where there is nothing to see", "볼 것이 없는 곳"),
            scene="?surface=custom&surface.text=x&surface.reach=50&x=45&y=0&steps=50&lanes=2&1.rule=momentum&1.lr=0.1&2.rule=nesterov&2.lr=0.1",
            setting=Both(
                "A tilted plane, f = x: the slope is the same everywhere. Momentum and Nesterov start side by side with η = {rate} and μ = {mu}.",
                "기울어진 평면 f = x입니다. 기울기는 어디서나 같습니다. 모멘텀과 네스테로프가 η = {rate}, μ = {mu}에서 나란히 출발합니다.",
            ),
            question=Choice(
                Both("Who is further down after {steps} steps?", "{steps}단계 뒤 누가 더 아래에 있을까요?"),
                options=(
                    Option(Both("Momentum, as it does not brake", "제동하지 않는 모멘텀"), lambda seen: seen.f(1) < seen.f(2) - 1e-6),
                    Option(Both("Nesterov, as it looks ahead", "앞을 내다보는 네스테로프"), lambda seen: seen.f(2) < seen.f(1) - 1e-6),
                    Option(Both("Neither: they go together", "차이가 없습니다"), lambda seen: seen.apart(1, 2) < 1e-6),
                ),
            ),
            happened=Both(
                "Neither: ahead the slope is what it is here, so that looking tells nothing. Both are at x = {end}. "
                "What Nesterov gains, it gains where the slope changes on the way.",
                "차이가 없습니다. 앞의 기울기도 이곳과 같으므로 내다보아도 새로 알게 되는 것이 없습니다. 둘 다 x = {end}에 있습니다. "
                "네스테로프의 이득은 가는 길에 기울기가 변하는 곳에서만 생깁니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(2),
                "mu": lambda seen: seen.setting(2, "momentum"),
                "steps": lambda seen: seen.steps,
                "end": lambda seen: seen.path(2)[-1, 0],
            },
            claims=(lambda seen: seen.apart(1, 2) < 1e-6,),
            say=Both(
                "Most vote for Nesterov, as “it is faster”. What it adds is a brake, and on a plane there is nothing to brake for.",
                "대부분 “더 빠르니까” 네스테로프를 고릅니다. 네스테로프가 더하는 것은 제동이며, 평면에서는 제동할 일이 없습니다.",
            ),
        ),
        Step(
            name="correction",
            title=Both("The correction μ(v − v′)", "보정항 μ(v − v′)"),
            scene=f"{VALLEY}&steps=100&lanes=2&1.rule=momentum&1.lr=0.01&2.rule=nesterov&2.lr=0.01",
            setting=Both(
                "Follow the point that Nesterov looks at: it moves by v + μ(v − v′), v′ being the velocity before. That is momentum's step, and a correction for how "
                "v has just changed. In this valley, κ = {kappa}, momentum walks {momentum} to and fro across.",
                "네스테로프가 내다보는 지점을 따라가면, 그 점은 v + μ(v − v′)만큼 움직입니다. v′은 직전의 속도입니다. 곧 모멘텀의 걸음에 v의 변화에 대한 보정이 더해집니다. "
                "κ = {kappa}인 이 골짜기에서 모멘텀은 가로지르는 방향으로 모두 {momentum}만큼 오갑니다.",
            ),
            question=Slide(
                Both("How far does Nesterov walk across in all?", "네스테로프는 가로지르는 방향으로 모두 얼마를 오갈까요?"),
                symbol="Σ|Δy|",
                range=Range(0.1, 10.0, log=True),
                answer=lambda seen: seen.travelled(2, 1),
            ),
            happened=Both(
                "Only {nesterov}. Where v keeps its value the correction is 0, where v turns round it pulls back. On a bowl that comes to a momentum of μ(1 − ηλ): "
                "{along} along the floor and {across} across it. Fast where it is flat, damped where it is steep.",
                "{nesterov}뿐입니다. v가 그대로이면 보정은 0이고, v가 방향을 바꾸면 되돌리는 쪽으로 작용합니다. 그릇 모양에서는 모멘텀 계수가 μ(1 − ηλ)인 것과 같아서 "
                "바닥 방향으로는 {along}, 가로지르는 방향으로는 {across}입니다. 완만한 쪽은 빠르게, 가파른 쪽은 제동하며 나아갑니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "momentum": lambda seen: seen.travelled(1, 1),
                "nesterov": lambda seen: seen.travelled(2, 1),
                "along": lambda seen: kept(seen, 2)[0],
                "across": lambda seen: kept(seen, 2)[1],
            },
            claims=(
                lambda seen: bool(np.allclose(np.diff(seen.run(2).states["ahead"], axis=0)[1:], corrected(seen, 2)[:-1])),
                lambda seen: bool(  # v ← μ(1 − ηλ)v − ηλp, coordinate by coordinate
                    np.allclose(
                        np.diff(seen.path(2), axis=0)[1:],
                        kept(seen, 2) * np.diff(seen.path(2), axis=0)[:-1] - seen.rate(2) * seen.curvatures() * seen.path(2)[1:-1],
                    )
                ),
            ),
            say=Both(
                "In many programs Nesterov is written with the correction and not with the look-ahead, as a second term of momentum's step. It is the same path, seen "
                "from the point ahead.",
                "많은 프로그램은 네스테로프를 내다보는 지점이 아니라 모멘텀의 걸음에 보정항을 더한 꼴로 구현합니다. 내다보는 지점에서 본 같은 경로입니다.",
            ),
        ),
        Step(
            name="edge",
            title=Both("What it costs", "그 대가"),
            scene=f"{BOWL}&steps=200&speed=2.0&lanes=3&1.rule=gradient_descent&1.lr=0.071&2.rule=momentum&2.lr=0.071&3.rule=nesterov&3.lr=0.071",
            setting=Both(
                "Three rules at the same rate η = {rate}. Gradient descent's limit here is 2/λmax = {edge_1}; momentum, with μ = {mu}, bears even {edge_2}.",
                "세 기법이 같은 학습률 η = {rate}에서 출발합니다. 여기서 경사 하강법의 한계는 2/λmax = {edge_1}이고, μ = {mu}인 모멘텀은 {edge_2}까지 견딥니다.",
            ),
            question=Slide(
                Both("And from which rate on does Nesterov not come to rest?", "네스테로프는 얼마부터 멈추지 못할까요?"),
                symbol="η",
                range=Range(0.01, 1.0, log=True),
                answer=lambda seen: seen.edge(3),
            ),
            happened=Both(
                "From {edge_3}, less than gradient descent's limit: at η = {rate} it diverges at step {step}. Where η λ is large the look-ahead overdoes it: "
                "the slope that it brakes by is steeper than the one where it stands. The limit of η λmax is (2 + 2μ)/(1 + 2μ), not 2.",
                "{edge_3}부터이며, 경사 하강법의 한계보다도 작습니다. η = {rate}에서는 {step}단계에 발산합니다. ηλ가 크면 내다본 곳의 기울기가 서 있는 곳보다 가팔라 제동이 지나칩니다. "
                "η λmax의 한계는 2가 아니라 (2 + 2μ)/(1 + 2μ)입니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(3),
                "mu": lambda seen: seen.setting(3, "momentum"),
                "edge_1": lambda seen: seen.edge(1),
                "edge_2": lambda seen: seen.edge(2),
                "edge_3": lambda seen: seen.edge(3),
                "step": lambda seen: seen.since(3),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached", "reached", "diverged"],
                lambda seen: seen.edge(3) < seen.edge(1) < seen.edge(2),
            ),
            try_it=Both(
                "Lower Nesterov's η until it settles. Does a smaller μ help as well?",
                "네스테로프가 멈출 때까지 η를 낮춰 보세요. μ를 줄여도 도움이 되나요?",
            ),
            tried=("3.lr", "3.momentum"),
            say=Both(
                "“Nesterov is momentum made better” is what most books leave with. Ask what happens to a rate that was tuned for momentum and is handed to Nesterov.",
                "대부분의 책은 “네스테로프는 개선된 모멘텀”이라고만 합니다. 모멘텀에 맞춘 학습률을 네스테로프에 그대로 쓰면 어떻게 되는지 물어보세요.",
            ),
        ),
    )
