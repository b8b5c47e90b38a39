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
    minutes = 6
    reference = "Boyd, Vandenberghe, Convex Optimization, 2004, section 9.3.2"
    steps = (
        Step(
            name="valley",
            title=Both("A long, steep valley", "길고 가파른 골짜기"),
            scene=f"{VALLEY}&steps=40&lanes=1&1.rule=gradient_descent&1.lr=0.039",
            setting=Both(
                "A bowl with condition number κ = {kappa}: across, the slope changes {kappa} times as fast as along. "
                "Gradient descent starts on the left wall, at a rate just below its limit.",
                "조건수 κ = {kappa}인 골짜기입니다. 가로 방향의 곡률이 세로 방향의 {kappa}배입니다. "
                "경사 하강법이 왼쪽 벽에서, 한계보다 조금 작은 학습률로 출발합니다.",
            ),
            question=Place(Both("Where is it after {steps} steps? Click on the map.", "{steps}단계 뒤 어디에 있을까요? 지도를 클릭하세요.")),
            happened=Both(
                "It crosses the floor with every step: the sign of y changed {turns} times in {steps} steps. "
                "η λmax = {product}: at 2 it would swing for ever. Across it walked {across}, to come {along} nearer along the floor.",
                "매 단계 바닥을 가로지릅니다. {steps}단계 동안 y의 부호가 {turns}번 바뀌었습니다. "
                "η λmax = {product}이고, 2가 되면 영원히 왕복합니다. 가로로 {across}를 걷는 동안 세로로는 {along}만큼만 나아갔습니다.",
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
                "학생들은 경로가 최소점 쪽으로 휘어질 것이라 예상합니다. −∇f가 등고선에 수직이며, 그 방향이 가운데를 향하는 일은 드물다는 것을 보여 주세요.",
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
                "2/λmax = {edge}부터입니다. 그때는 매 단계 반대편의 같은 거리로 건너갑니다. {low}은 바닥을 전혀 넘지 않고, {over}은 단계마다 더 멀리 튕겨 나갑니다.",
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
                "같은 골짜기입니다. 경사 하강법은 그대로, 모멘텀과 네스테로프는 더 작은 학습률 η = {small}을 씁니다.",
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
                "부호가 같은 성분은 쌓입니다. 처음 {first}단계 동안 {first}번이 아니라 {turns}번만 방향을 바꿉니다.",
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
    )
