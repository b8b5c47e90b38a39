"""Zigzag: in a long valley the gradient points across it, not along."""

from __future__ import annotations

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Place, Slide, Step

VALLEY = "?surface=bowl&surface.kappa=50&surface.angle=0&x=-1.8&y=0.4"


class Zigzag(Lesson):
    """Why gradient descent goes to and fro in a valley, and what the condition number has to do with it."""

    place = 3
    title = Both("Zigzag and the condition number", "지그재그와 조건수")
    idea = Both(
        "In a long valley the gradient points across it; the steepest wall sets the rate, and the floor waits.",
        "긴 골짜기에서 그래디언트는 골짜기를 가로지르는 방향을 가리킵니다. 학습률은 가장 가파른 벽이 정하고, 바닥 방향은 그만큼 느려집니다.",
    )
    minutes = 8
    after = ("learning_rate",)
    reference = "Boyd, Vandenberghe, Convex Optimization, 2004, section 9.3.2"
    steps = (
        Step(
            name="valley",
            title=Both("A long, steep valley", "길고 가파른 골짜기"),
            scene=f"{VALLEY}&steps=40&lanes=1&1.rule=gradient_descent&1.lr=0.039",
            setting=Both(
                "A bowl with condition number κ = {kappa}: across, the slope changes {kappa} times as fast as along. "
                "Gradient descent starts at the left end, up on the wall, at a rate just below its limit.",
                "조건수 κ = {kappa}인 골짜기입니다. 골짜기를 가로지르는 방향(y)의 곡률이 골짜기를 따라가는 방향(x)의 {kappa}배입니다. "
                "경사 하강법이 왼쪽 끝의 벽 위에서, 한계보다 조금 작은 학습률로 출발합니다.",
            ),
            question=Place(Both("Where is it after {steps} steps? Click on the map.", "{steps}단계 뒤 어디에 있을까요? 지도를 클릭하세요.")),
            happened=Both(
                "It crosses the floor with every step: the sign of y changed {turns} times in {steps} steps. "
                "η λmax = {product}: at 2 it would swing for ever. Across it walked {across}, to come {along} nearer along the floor.",
                "매 단계 바닥을 가로지릅니다. {steps}단계 동안 y의 부호가 {turns}번 바뀌었습니다. η λmax = {product}입니다. 이 값이 2가 되면 영원히 왕복합니다. "
                "골짜기를 가로질러 움직인 거리는 모두 {across}인데, 골짜기를 따라서는 {along}만큼만 나아갔습니다.",
            ),
            try_it=Both(
                "Lower η until it no longer crosses the floor. What does that cost along it?",
                "바닥을 가로지르지 않을 때까지 η를 낮춰 보세요. 그 대신 무엇을 잃나요?",
            ),
            tried=("1.lr",),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "steps": lambda seen: seen.steps,
                "turns": lambda seen: seen.turns(1, 1),
                "product": lambda seen: seen.rate(1) * seen.curvatures()[1],
                "across": lambda seen: seen.travelled(1, 1),
                "along": lambda seen: seen.travelled(1, 0),
            },
            claims=(lambda seen: seen.turns(1, 1) == seen.steps, lambda seen: 1.9 < seen.rate(1) * seen.curvatures()[1] < 2),
            say=Both(
                "Students expect the path to bend towards the minimum. Let them see that the arrow of −∇f is at a right angle to the level line, "
                "and that this is hardly ever the way to the middle.",
                "학생들은 경로가 최소점 쪽으로 곧장 향할 것이라 예상합니다. −∇f는 등고선에 수직이며, 그 방향이 가운데를 향하는 일은 드물다는 점을 보여 주세요.",
            ),
        ),
        Step(
            name="edge",
            title=Both("How large may the rate be?", "학습률은 얼마나 커도 될까요?"),
            scene=f"{VALLEY}&steps=40&lanes=3&1.rule=gradient_descent&1.lr=0.02&2.rule=gradient_descent&2.lr=0.039"
            "&3.rule=gradient_descent&3.lr=0.042",
            setting=Both(
                "Three rates on the same valley: {low}, {high} and {over}.",
                "같은 골짜기에서 세 학습률 {low}, {high}, {over}를 비교합니다.",
            ),
            question=Slide(
                Both(
                    "From which rate on does gradient descent no longer come to rest here?",
                    "경사 하강법이 멈추지 못하게 되는 학습률은 얼마부터일까요?",
                ),
                symbol="η",
                range=Range(0.005, 0.5, log=True),
                answer=lambda seen: seen.edge(1),
            ),
            happened=Both(
                "At 2/λmax = {edge}: each step then lands as far on the other side as it came from. {low} does not cross the floor at all, "
                "and {over} is thrown further out with every step.",
                "2/λmax = {edge}부터입니다. 이때는 매 단계 반대편의 같은 거리로 건너갑니다. "
                "η = {low}에서는 바닥을 전혀 넘지 않고, η = {over}에서는 단계마다 더 멀리 튕겨 나갑니다.",
            ),
            numbers={
                "low": lambda seen: seen.rate(1),
                "high": lambda seen: seen.rate(2),
                "over": lambda seen: seen.rate(3),
                "edge": lambda seen: seen.edge(1),
            },
            claims=(
                lambda seen: seen.turns(1, 1) <= 1,
                lambda seen: seen.rate(2) < seen.edge(1) < seen.rate(3),
                lambda seen: bool((abs(seen.path(3)[1:, 1]) > abs(seen.path(3)[:-1, 1])).all()),
            ),
        ),
        Step(
            name="helped",
            title=Both("What helps", "무엇이 도움이 될까요"),
            scene=f"{VALLEY}&steps=500&speed=4.0&lanes=3&1.rule=gradient_descent&1.lr=0.039&2.rule=momentum&2.lr=0.01&3.rule=nesterov&3.lr=0.01",
            setting=Both(
                "The same valley: gradient descent as before, momentum and Nesterov at the lower rate η = {small}.",
                "같은 골짜기입니다. 경사 하강법은 그대로 두고, 모멘텀과 네스테로프에는 더 작은 학습률을 씁니다(η = {small}).",
            ),
            question=Choice(
                Both("Which of them comes to f* first?", "누가 먼저 f*에 도달할까요?"),
                options=(
                    Option(Both("Gradient descent", "경사 하강법"), lambda seen: seen.since(1) < min(seen.since(2), seen.since(3))),
                    Option(Both("Momentum", "모멘텀"), lambda seen: seen.since(2) < min(seen.since(1), seen.since(3))),
                    Option(Both("Nesterov", "네스테로프"), lambda seen: seen.since(3) < min(seen.since(1), seen.since(2))),
                ),
            ),
            happened=Both(
                "Nesterov at step {nesterov}, momentum at {momentum}, gradient descent at {descent}. What changes sign at every step cancels out in v, "
                "what keeps its sign adds up: across they turn {turns} times in the first {first} steps, not {first}.",
                "네스테로프는 {nesterov}단계, 모멘텀은 {momentum}단계, 경사 하강법은 {descent}단계입니다. 매 단계 부호가 바뀌는 성분은 v에서 상쇄되고, "
                "부호가 같은 성분은 쌓입니다. 처음 {first}단계 동안 y의 부호는 {first}번이 아니라 {turns}번만 바뀝니다.",
            ),
            numbers={
                "small": lambda seen: seen.rate(2),
                "descent": lambda seen: seen.since(1),
                "momentum": lambda seen: seen.since(2),
                "nesterov": lambda seen: seen.since(3),
                "first": lambda seen: 40,
                "turns": lambda seen: seen.turns(2, 1, 40),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached"] * 3,
                lambda seen: seen.turns(2, 1, 40) == seen.turns(3, 1, 40),
                lambda seen: seen.turns(1, 1, 40) == 40,
            ),
            try_it=Both("Can momentum be tuned to be there sooner?", "모멘텀을 조정해 더 빨리 도달하게 할 수 있나요?"),
            tried=("2.lr", "2.momentum"),
            challenge=Challenge(lane=2, within=80, by="2.lr=0.05&2.momentum=0.7"),
        ),
        Step(
            name="best",
            title=Both("Each at its best", "저마다 가장 좋은 설정으로"),
            scene="?surface=bowl&surface.kappa=100&surface.angle=0&x=-1.8&y=0.4&steps=400&speed=4.0&lanes=3&1.rule=gradient_descent&1.lr=0.0198"
            "&2.rule=momentum&2.lr=0.03306&2.momentum=0.6694&3.rule=nesterov&3.lr=0.01&3.momentum=0.8182",
            setting=Both(
                "Is a better rate all that gradient descent lacks? Here κ = {kappa}, and each rule has the settings that are the best for it: "
                "gradient descent η = 2/(λmin + λmax) = {rate}, with which it needs {descent} steps to f*.",
                "경사 하강법에 부족한 것은 더 좋은 학습률뿐일까요? 이번에는 κ = {kappa}이고 세 기법 모두 자신에게 가장 좋은 설정을 씁니다. "
                "경사 하강법은 η = 2/(λmin + λmax) = {rate}이며, f*까지 {descent}단계가 걸립니다.",
            ),
            question=Slide(
                Both("How many steps does momentum need?", "모멘텀은 몇 단계가 걸릴까요?"),
                symbol="k",
                range=Range(10, 500, log=True),
                answer=lambda seen: seen.since(2),
            ),
            happened=Both(
                "Momentum needs {momentum}, Nesterov {nesterov}, gradient descent {descent}. Its distance shrinks by (κ − 1)/(κ + 1) = {slow} a step, "
                "and no rate makes that better; momentum's by (√κ − 1)/(√κ + 1) = {fast}. What counts for it is √κ, not κ.",
                "모멘텀은 {momentum}단계, 네스테로프는 {nesterov}단계, 경사 하강법은 {descent}단계입니다. 경사 하강법에서는 거리가 한 단계에 "
                "(κ − 1)/(κ + 1) = {slow}배로 줄고, 어떤 학습률로도 이보다 빨라지지 않습니다. 모멘텀에서는 (√κ − 1)/(√κ + 1) = {fast}배로 줄어듭니다. κ가 아니라 √κ가 걸리는 시간을 정합니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "rate": lambda seen: 2 / seen.curvatures().sum(),
                "descent": lambda seen: seen.since(1),
                "momentum": lambda seen: seen.since(2),
                "nesterov": lambda seen: seen.since(3),
                "slow": lambda seen: (seen.kappa - 1) / (seen.kappa + 1),
                "fast": lambda seen: (seen.kappa**0.5 - 1) / (seen.kappa**0.5 + 1),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached"] * 3,
                lambda seen: abs(seen.rate(1) * seen.curvatures().sum() / 2 - 1) < 1e-3,
                lambda seen: abs(seen.distance(1, 101) / seen.distance(1, 100) - (seen.kappa - 1) / (seen.kappa + 1)) < 1e-3,
                lambda seen: abs(seen.setting(2, "momentum") ** 0.5 - (seen.kappa**0.5 - 1) / (seen.kappa**0.5 + 1)) < 1e-4,
            ),
            say=Both(
                "Students believe that well-tuned gradient descent is as good as momentum. Have them compare the slopes of the two lines in the loss chart: "
                "on a log axis a constant factor is a straight line.",
                "학습률만 잘 맞추면 경사 하강법도 모멘텀만큼 빠르다고 생각하는 학생이 많습니다. 손실 그래프에서 두 직선의 기울기를 비교하게 하세요. "
                "로그 축에서는 일정한 비율로 줄어드는 값이 직선이 됩니다.",
            ),
        ),
        Step(
            name="wobble",
            title=Both("Wobble is not zigzag", "흔들림은 지그재그가 아닙니다"),
            scene="?surface=bowl&surface.kappa=1&x=-1.8&y=0.4&noise=1&steps=80&lanes=2"
            "&1.rule=gradient_descent&1.lr=0.1&2.rule=gradient_descent&2.lr=0.1&2.quiet=1",
            setting=Both(
                "A round bowl, κ = 1, and a rate far below the limit, η λmax = {product}. The gradient of lane 1 is noisy, as that of a mini-batch is "
                "(σ = {sigma}); that of lane 2 is exact.",
                "조건수 κ = 1인 둥근 그릇이고, 학습률은 한계보다 훨씬 작아 η λmax = {product}입니다. 레인 1의 그래디언트에는 미니배치처럼 잡음이 있고(σ = {sigma}), "
                "레인 2의 그래디언트는 정확합니다.",
            ),
            question=Choice(
                Both(
                    "How often does y change its sign with noise, in {steps} steps?", "잡음이 있을 때 {steps}단계 동안 y의 부호는 몇 번쯤 바뀔까요?"
                ),
                options=(
                    Option(Both("Never", "한 번도 바뀌지 않습니다"), lambda seen: seen.turns(1, 1) == 0),
                    Option(Both("Now and then", "가끔 바뀝니다"), lambda seen: 0 < seen.turns(1, 1) <= seen.steps / 4),
                    Option(Both("With nearly every step", "거의 매 단계 바뀝니다"), lambda seen: seen.turns(1, 1) > 0.75 * seen.steps),
                ),
            ),
            happened=Both(
                "{turns} times, and without noise {quiet} times. The path wanders, {walked} long in place of {straight}, but it has no rhythm: "
                "zigzag is the rate's doing and turns with every step; wobble is the noise's. A lower rate calms both, momentum only the first; "
                "against the second there are larger batches and rates that fall.",
                "{turns}번입니다. 잡음이 없으면 {quiet}번입니다. 경로의 길이는 {straight}에서 {walked}까지 늘어나지만 규칙적으로 왕복하지는 않습니다. "
                "지그재그는 학습률 때문에 매 단계 방향이 바뀌는 현상이고, 흔들림은 잡음 때문에 생깁니다. 학습률을 낮추면 둘 다 줄지만, "
                "모멘텀은 지그재그만 줄입니다. 흔들림에는 배치를 키우거나 학습률을 점차 낮추는 방법이 있습니다.",
            ),
            numbers={
                "product": lambda seen: seen.rate(1) * seen.curvatures()[1],
                "sigma": lambda seen: seen.race.noise,
                "steps": lambda seen: seen.steps,
                "turns": lambda seen: seen.turns(1, 1),
                "quiet": lambda seen: seen.turns(2, 1),
                "walked": lambda seen: seen.length(1),
                "straight": lambda seen: seen.length(2),
            },
            claims=(lambda seen: seen.turns(2, 1) == 0, lambda seen: seen.length(1) > 2 * seen.length(2)),
            say=Both(
                "Many call every crooked path a zigzag and blame κ. Ask what would have to change for each of the two to go away.",
                "구불구불한 경로를 모두 지그재그라 부르고 조건수 탓으로 돌리는 학생이 많습니다. 두 현상을 없애려면 각각 무엇을 바꾸어야 하는지 물어보세요.",
            ),
            try_it=Both(
                "Lower lane 1's rate: what becomes of the wobble, and of the pace?",
                "레인 1의 학습률을 크게 낮춰 보세요. 흔들림과 속도가 어떻게 달라지나요?",
            ),
            tried=("1.lr",),
        ),
    )
