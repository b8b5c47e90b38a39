"""The learning rate: one number between a crawl and an explosion."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Place, Sketch, Slide, Step
from lessons.parts.seen import Seen


def rates(*all_of: float) -> str:
    """A lane of gradient descent for each rate."""
    return f"&lanes={len(all_of)}" + "".join(f"&{i}.rule=gradient_descent&{i}.lr={rate}" for i, rate in enumerate(all_of, start=1))


def wins(lane: int) -> Option:
    """This lane's rate, as the one that comes to f* first."""
    return Option(
        Both(f"η = {{r{lane}}}", f"η = {{r{lane}}}"),
        lambda seen: all(seen.kind(lane) == "reached" and (other == lane or first(seen, lane) < first(seen, other)) for other in (1, 2, 3, 4)),
    )


def first(seen: Seen, lane: int) -> int:
    """The step at which the lane comes to f*; after the last one where it does not."""
    return seen.since(lane) if seen.kind(lane) == "reached" else seen.steps + 1


class LearningRate(Lesson):
    """What the rate decides: how long it takes, whether it comes to rest, and where."""

    place = 2
    title = Both("The learning rate", "학습률")
    idea = Both(
        "Too low is slow, too high explodes, and in a long valley the fastest rate lies close below the edge.",
        "너무 작으면 느리고 너무 크면 발산합니다. 긴 골짜기에서 가장 빠른 학습률은 한계 바로 아래에 있습니다.",
    )
    minutes = 7
    after = ("gradient_step",)
    reference = "LeCun, Bottou, Orr, Müller, Efficient BackProp, 1998, section 5.1"
    steps = (
        Step(
            name="four",
            title=Both("Low, good, edge, too high", "작은 값, 좋은 값, 한계, 너무 큰 값"),
            scene=f"?surface=bowl&surface.kappa=10&surface.angle=0&x=-1.8&y=1&steps=60{rates(0.01, 0.15, 0.2, 0.21)}",
            setting=Both(
                "Gradient descent four times on one valley, p ← p − ηg. The start is the same, the rule is the same; "
                "only η differs: {r1}, {r2}, {r3} and {r4}.",
                "같은 골짜기에서 경사 하강법 p ← p − ηg를 네 번 실행합니다. 출발점과 기법은 모두 같고 학습률 η만 다릅니다({r1}, {r2}, {r3}, {r4}).",
            ),
            question=Choice(Both("Which of them comes to f* first?", "어느 것이 f*에 가장 먼저 도달할까요?"), options=tuple(map(wins, (1, 2, 3, 4)))),
            happened=Both(
                "η = {r2} arrives at step {arrived}. A fifteenth of that is no safer, only slower: η = {r1} is still {left} away after {steps} steps. "
                "At η = {r3} each step lands as far on the other side as it came from ({turns} changes of sign in {steps} steps), "
                "and a little more leaves the map at step {gone}.",
                "η = {r2}만 {arrived}단계에 도달합니다. 학습률을 훨씬 작게 하면 느려질 뿐입니다. η = {r1}에서는 {steps}단계 뒤에도 최소점까지의 거리가 {left}입니다. "
                "η = {r3}에서는 매 단계 반대편의 같은 거리로 건너가 {steps}단계 동안 부호가 {turns}번 바뀌고, 조금 더 크면 {gone}단계에 지도를 벗어납니다.",
            ),
            try_it=Both(
                "Raise lane 1's rate: where is the best one, and how far is it from the edge?",
                "레인 1의 학습률을 올려 보세요. 가장 빠른 값은 어디이며, 한계에서 얼마나 떨어져 있나요?",
            ),
            tried=("1.lr",),
            challenge=Challenge(lane=1, within=38, by="1.lr=0.18"),
            numbers={
                **{f"r{i}": lambda seen, i=i: seen.rate(i) for i in (1, 2, 3, 4)},
                "steps": lambda seen: seen.steps,
                "arrived": lambda seen: seen.since(2),
                "left": lambda seen: seen.distance(1, seen.steps),
                "turns": lambda seen: seen.turns(3, 1),
                "gone": lambda seen: seen.since(4),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3, 4)] == ["under way", "reached", "under way", "left the map"],
                lambda seen: round(seen.rate(2) / seen.rate(1)) == 15,
                lambda seen: seen.turns(3, 1) == seen.steps,
                lambda seen: abs(seen.rate(3) - seen.edge(3)) < 1e-9,
                lambda seen: 0.9 < 2 / seen.curvatures().sum() / seen.edge(1) < 1,  # the fastest rate, and the edge
            ),
            say=Both(
                "Many believe that a smaller rate is always the safer choice, and a larger one the faster. Point at lane 3: it is at the edge, 2/λmax, "
                "and neither arrives nor explodes.",
                "학습률은 작을수록 안전하고 클수록 빠르다고 믿는 학생이 많습니다. 레인 3을 보게 하세요. 한계 2/λmax에서는 도달하지도 발산하지도 않습니다.",
            ),
        ),
        Step(
            name="curves",
            title=Both("Four loss curves", "네 가지 손실 곡선"),
            scene=f"?surface=bowl&surface.kappa=1&noise=0.3&many=1&overlay=1&steps=200&speed=2.0{rates(0.01, 0.1, 1.25, 2.24)}",
            setting=Both(
                "In practice there is no map, only the loss curve, and the gradient is noisy (σ = {sigma} here). "
                "Each lane shows the mean of {runs} runs: η = {r1}, {r2}, {r3} and {r4}.",
                "실제 학습에서는 지도가 없고 손실 곡선만 보이며, 그래디언트에는 잡음이 있습니다(여기서는 σ = {sigma}). "
                "레인마다 {runs}번 실행한 평균을 봅니다. η = {r1}, {r2}, {r3}, {r4}입니다.",
            ),
            question=Sketch(
                Both(
                    "Draw the loss curve of η = {r3}: high, but below the edge.",
                    "η = {r3}의 손실 곡선을 그려 보세요. 크지만 한계보다는 작은 값입니다.",
                ),
                lane=3,
            ),
            happened=Both(
                "It falls fastest of all, and then stays at {floor3}, {times} times as high as η = {r2} at {floor2}: large steps keep stirring the noise up. "
                "η = {r1} is still falling at step {steps}, η = {r4} explodes. A curve that drops and goes flat too early says: the rate is too high.",
                "가장 빨리 내려간 뒤 {floor3}에서 멈춥니다. η = {r2}의 바닥 {floor2}의 {times}배입니다. 보폭이 크면 잡음도 그만큼 커지기 때문입니다. "
                "η = {r1}에서는 {steps}단계에도 아직 내려가는 중이고, η = {r4}에서는 발산합니다. 빨리 내려가다 너무 일찍 평평해지는 곡선은 학습률이 크다는 신호입니다.",
            ),
            numbers={
                **{f"r{i}": lambda seen, i=i: seen.rate(i) for i in (1, 2, 3, 4)},
                "sigma": lambda seen: seen.race.noise,
                "runs": lambda seen: seen.many(1).loss.shape[1],
                "steps": lambda seen: seen.steps,
                "floor2": lambda seen: seen.mean_gap(2, 100),
                "floor3": lambda seen: seen.mean_gap(3, 100),
                "times": lambda seen: round(seen.mean_gap(3, 100) / seen.mean_gap(2, 100)),
            },
            claims=(
                lambda seen: seen.many(3).loss[1].mean() < min(seen.many(i).loss[1].mean() for i in (1, 2, 4)),
                lambda seen: seen.mean_gap(1, 100) > 1.5 * seen.mean_gap(1),
                lambda seen: abs(seen.mean_gap(3, 100) / seen.mean_gap(3, 50) - 1) < 0.2,
                lambda seen: seen.kind(4) == "diverged",
            ),
            say=Both(
                "These are the four curves that everybody draws on the board. Ask for each: what would you change? "
                "Students read a fast first drop as a good rate; the floor tells.",
                "누구나 칠판에 그리는 네 곡선입니다. 곡선마다 무엇을 바꿀지 물어보세요. 학생들은 처음에 빨리 내려가면 좋은 학습률이라 여기지만, 바닥의 높이를 보아야 합니다.",
            ),
        ),
        Step(
            name="none",
            title=Both("And with no learning rate?", "학습률이 없다면?"),
            scene=f"?surface=bowl&steps=20&speed=0.25{rates(1, 1e-5)}",
            setting=Both(
                "The gradient says which way is down. Why not simply subtract it, p ← p − g? That is η = {one}. "
                "Beside it the other extreme, η = {tiny}. Both start at a distance of {start} from the minimum.",
                "그래디언트가 내려가는 방향을 알려 주니 그대로 빼면 되지 않을까요? p ← p − g는 η = {one}인 경우입니다. "
                "옆 레인은 반대로 극단적인 η = {tiny}입니다. 둘 다 최소점에서 {start}만큼 떨어진 곳에서 출발합니다.",
            ),
            question=Slide(
                Both(
                    "How far from the minimum is η = {one} after a single step?", "η = {one}일 때, 한 단계 뒤에는 최소점에서 얼마나 떨어져 있을까요?"
                ),
                symbol="d",
                range=Range(0, 20),
                answer=lambda seen: seen.distance(1, 1),
            ),
            happened=Both(
                "{after}, where it was {start}; then {second}, and at step {gone} it counts as diverged. The gradient has the size of a slope, not of a way to go: "
                "it does not know how far the minimum is. η turns the one into the other. Too little of it, η = {tiny}, "
                "and f goes from {high} to {low} in {steps} steps.",
                "최소점까지의 거리가 {start} → {after} → {second}, 이렇게 커지다가 {gone}단계에서 발산으로 판정됩니다. 그래디언트의 크기는 기울기이지 가야 할 거리가 아닙니다. "
                "최소점이 얼마나 먼지 모르므로, η가 기울기를 보폭으로 바꾸어 줍니다. η = {tiny}처럼 너무 작으면 {steps}단계 동안 f는 {high}에서 {low}까지만 내려갑니다.",
            ),
            numbers={
                "one": lambda seen: seen.rate(1),
                "tiny": lambda seen: seen.rate(2),
                "start": lambda seen: seen.distance(1, 0),
                "after": lambda seen: seen.distance(1, 1),
                "second": lambda seen: seen.distance(1, 2),
                "gone": lambda seen: seen.since(1),
                "high": lambda seen: seen.f(2, 0),
                "low": lambda seen: seen.f(2),
                "steps": lambda seen: seen.steps,
            },
            claims=(lambda seen: seen.kind(1) == "diverged", lambda seen: seen.f(2) > 0.9 * seen.f(2, 0)),
        ),
        Step(
            name="trapped",
            title=Both("Slow enough to be trapped", "느려서 갇히는 경우"),
            scene=f"?surface=six_hump_camel&steps=40&speed=0.5{rates(0.02, 0.05, 0.1, 0.15)}",
            setting=Both(
                "A surface with six minima, of which two are the lowest (★). Again four rates: {r1}, {r2}, {r3} and {r4}.",
                "최소점이 여섯 개인 곡면이고, 그중 둘이 가장 낮습니다(★). 이번에도 네 학습률 {r1}, {r2}, {r3}, {r4}를 씁니다.",
            ),
            question=Place(
                Both("Where do the first three end? Click on their maps.", "처음 세 레인은 어디에서 끝날까요? 각 지도를 클릭하세요."), lanes=(1, 2, 3)
            ),
            happened=Both(
                "Three rates, three places. η = {r1} stays in the first dip on its way, {gap1} above f*; η = {r2} in the next, {gap2} above; "
                "η = {r3} steps over both and is at f* by step {arrived}; η = {r4} diverges at step {gone}. "
                "A small rate follows the slope faithfully, into whatever hollow it leads.",
                "학습률 셋이 서로 다른 세 곳에서 끝납니다. η = {r1}에서는 처음 만난 극소점에 머물러 f*보다 {gap1}만큼 높고, "
                "η = {r2}에서는 그다음 극소점에 머물러 {gap2}만큼 높습니다. η = {r3}에서는 둘을 건너뛰어 {arrived}단계에 f*에 도달하며, "
                "η = {r4}에서는 {gone}단계에 발산합니다. 작은 학습률은 기울기를 충실히 따르므로 가까운 우물에 그대로 갇힙니다.",
            ),
            numbers={
                **{f"r{i}": lambda seen, i=i: seen.rate(i) for i in (1, 2, 3, 4)},
                "gap1": lambda seen: seen.gap(1),
                "gap2": lambda seen: seen.gap(2),
                "arrived": lambda seen: seen.since(3),
                "gone": lambda seen: seen.since(4),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3, 4)] == ["local minimum", "local minimum", "reached", "diverged"],
                lambda seen: seen.race.surface.minima().shape[1] == 6,
                lambda seen: len(np.unique(seen.race.surface.value(seen.race.surface.minima()).round(6))) == 3,  # in pairs, by symmetry
            ),
            say=Both(
                "This is luck of the start, not a rule: move the start on the Race page and another rate wins. What stays true is that the rate decides "
                "the place and not only the time.",
                "출발점에 따른 우연이지 법칙은 아닙니다. 경주 페이지에서 출발점을 옮기면 다른 학습률이 이깁니다. 변하지 않는 점은, 학습률이 걸리는 시간뿐 아니라 도착하는 곳도 정한다는 것입니다.",
            ),
            try_it=Both("How small may η of lane 3 be to pass both hollows?", "레인 3의 η를 얼마까지 줄여도 두 우물을 지나칠 수 있나요?"),
            tried=("3.lr",),
        ),
    )
