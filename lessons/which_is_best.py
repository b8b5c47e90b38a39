"""Which rule is best? It depends on the axes, the rate, the start and what is counted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from landscapes import LANDSCAPES
from lessons.base import Both, Choice, Lesson, Option, Step
from lessons.parts.seen import Seen
from links.entries import make, suggestion
from optimizers import OPTIMIZERS
from runs import basin

BASINS = ("gradient_descent", "momentum", "adam", "newton")

RULES = "&1.rule=gradient_descent&1.lr=0.0198&2.rule=adagrad&2.lr=0.5&3.rule=rmsprop&3.lr=0.05&4.rule=adam&4.lr=0.1"  # each at a good rate for this valley
NAMES = (
    Both("Gradient descent", "경사 하강법입니다"),
    Both("AdaGrad", "AdaGrad입니다"),
    Both("RMSprop", "RMSprop입니다"),
    Both("Adam", "Adam입니다"),
)


@lru_cache
def share(name: str) -> float:
    """The part of a hundred starts from which a rule comes to f* of the six-hump camel, at the rate that the page suggests."""
    surface = LANDSCAPES["six_hump_camel"]()
    rule = make(OPTIMIZERS[name], {"lr": suggestion(make(OPTIMIZERS[name], {}, ""), surface)}, "")
    lowest = np.flatnonzero(surface.value(surface.minima()) - surface.lowest < 1e-9)
    return float(np.isin(basin(rule, surface, 10, 200, compiled=False), lowest).mean())


def first(seen: Seen) -> int:
    """The lane that is the first to come to stay at f*; 0 where none does."""
    there = [(seen.since(i), i) for i in range(1, len(seen.race.lanes) + 1) if seen.kind(i) == "reached"]
    return min(there)[1] if there else 0


class WhichIsBest(Lesson):
    """The families of rules, and four questions that change their order."""

    place = 19
    title = Both("Which is best?", "어느 것이 가장 좋을까요?")
    idea = Both(
        "Some rules choose the direction, some the length of a step along each coordinate, some both; which wins depends on the surface, its axes and the rate.",
        "어떤 기법은 방향을, 어떤 기법은 좌표마다 걸음의 길이를, 어떤 기법은 둘 다 정합니다. 누가 이기는지는 곡면과 축의 방향, 학습률에 달려 있습니다.",
    )
    minutes = 8
    after = ("adam", "nesterov")
    reference = "Schmidt, Schneider, Hennig, Descending through a crowded valley, ICML 2021; Wolpert, Macready, IEEE Trans. Evol. Comput. 1(1), 1997"
    steps = (
        Step(
            name="families",
            title=Both("Direction, step size, or both", "방향, 걸음의 길이, 또는 둘 다"),
            scene=f"?surface=bowl&surface.kappa=100&surface.angle=0&x=-1.8&y=-0.4&steps=400&speed=4.0&lanes=4{RULES}",
            setting=Both(
                "A valley with κ = {kappa} along the axes. Momentum changes the direction of a step, AdaGrad and RMSprop its length along each coordinate, "
                "Adam both. Gradient descent does neither.",
                "축과 나란한, κ = {kappa}인 골짜기입니다. 모멘텀은 걸음의 방향을, AdaGrad와 RMSprop은 좌표마다 걸음의 길이를, Adam은 둘 다 바꿉니다. "
                "경사 하강법은 어느 것도 바꾸지 않습니다.",
            ),
            question=Choice(
                Both("Which of these comes to stay at f* first?", "누가 먼저 f*에 도달해 머물까요?"),
                options=tuple(Option(text, lambda seen, i=i: first(seen) == i) for i, text in enumerate(NAMES, start=1)),
            ),
            happened=Both(
                "AdaGrad, at step {adagrad}; Adam at {adam}, gradient descent at {descent}. Divided by its own size, each coordinate moves as if it were alone: "
                "the valley looks round. RMSprop is within a thousandth at step {near}, but is thrown out again and stays only from {rmsprop} on.",
                "AdaGrad가 {adagrad}단계, Adam이 {adam}단계, 경사 하강법이 {descent}단계입니다. 자기 크기로 나누면 좌표마다 따로 움직여 골짜기가 둥글어 보입니다. "
                "RMSprop도 {near}단계에 최소점에서 천분의 일 안까지 다가가지만, 다시 튀어나가서 {rmsprop}단계에야 머뭅니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "adagrad": lambda seen: seen.since(2),
                "adam": lambda seen: seen.since(4),
                "rmsprop": lambda seen: seen.since(3),
                "near": lambda seen: seen.near(3, 0.001),
                "descent": lambda seen: seen.since(1),
            },
            claims=(
                lambda seen: seen.since(2) < seen.since(4) < seen.since(1) < seen.since(3),
                lambda seen: bool(seen.run(3).loss[seen.near(3, 0.001) :].max() > 0.01),
            ),
        ),
        Step(
            name="turned",
            title=Both("The same valley, turned", "같은 골짜기를 돌리면"),
            scene=f"?surface=bowl&surface.kappa=100&surface.angle=45&x=-1.8&y=-0.4&steps=600&speed=4.0&lanes=4{RULES}",
            setting=Both(
                "Nothing but the direction of the valley is different: it now lies half-way between the axes. All rates are as before.",
                "골짜기의 방향만 다릅니다. 이제 두 축의 한가운데에 놓여 있습니다. 학습률은 모두 그대로입니다.",
            ),
            question=Choice(
                Both("Which comes to stay at f* first now?", "이번에는 누가 먼저 f*에 도달해 머물까요?"),
                options=tuple(Option(text, lambda seen, i=i: first(seen) == i) for i, text in enumerate(NAMES, start=1)),
            ),
            happened=Both(
                "Gradient descent, at step {descent}, which has no axes and takes about as long as before; Adam needs {adam}. AdaGrad is left at {adagrad}: both coordinates are "
                "equally steep now, and dividing each by its size gains nothing.",
                "경사 하강법이 {descent}단계로 먼저입니다. 축과 무관하므로 걸리는 시간이 전과 비슷합니다. Adam은 {adam}단계가 걸립니다. AdaGrad는 {adagrad}에 남아 있습니다. "
                "두 좌표가 똑같이 가팔라서 나누어도 얻는 것이 없습니다.",
            ),
            numbers={"descent": lambda seen: seen.since(1), "adam": lambda seen: seen.since(4), "adagrad": lambda seen: seen.gap(2)},
            claims=(lambda seen: seen.kind(2) == "under way", lambda seen: seen.kind(4) == "reached"),
            say=Both(
                "Benchmarks whose axes are the coordinates favour rules that divide by coordinate. Ask which of the two a network's weights are like.",
                "축이 좌표와 나란한 시험 함수는 좌표마다 나누는 기법에 유리합니다. 신경망의 가중치는 어느 쪽에 가까울지 물어보세요.",
            ),
        ),
        Step(
            name="rates",
            title=Both("How much does the rate matter?", "학습률은 얼마나 중요할까요?"),
            scene="?surface=bowl&steps=300&speed=4.0&lanes=4&1.rule=gradient_descent&1.lr=0.2&2.rule=adam&2.lr=0.1&3.rule=adam&3.lr=1&4.rule=adam&4.lr=10",
            setting=Both(
                "Gradient descent at η = {own}, and Adam at {low}, {middle} and {high}: a hundredfold range.",
                "η = {own}인 경사 하강법과, {low}, {middle}, {high}인 Adam입니다. 백 배 차이가 납니다.",
            ),
            question=Choice(
                Both("Which lanes come to f*?", "어느 레인이 f*에 도달할까요?"),
                options=(
                    Option(Both("All four", "넷 모두"), lambda seen: all(seen.kind(i) == "reached" for i in (1, 2, 3, 4))),
                    Option(
                        Both("Gradient descent and the careful Adam", "경사 하강법과 학습률이 작은 Adam"),
                        lambda seen: [seen.kind(i) == "reached" for i in (1, 2, 3, 4)] == [True, True, False, False],
                    ),
                    Option(
                        Both("All three Adams, and not gradient descent", "Adam 셋, 경사 하강법은 아님"),
                        lambda seen: [seen.kind(i) == "reached" for i in (1, 2, 3, 4)] == [False, True, True, True],
                    ),
                ),
            ),
            happened=Both(
                "Gradient descent diverges at step {gone}: its limit here is {edge}. Adam comes there at steps {a}, {b} and {c}. "
                "On this bowl that is what Adam buys: not speed, but not having to know the rate.",
                "경사 하강법은 {gone}단계에 발산합니다. 여기서의 한계는 {edge}입니다. Adam은 {a}, {b}, {c}단계에 도달합니다. "
                "이 그릇에서 Adam이 주는 것은 속도가 아니라, 학습률을 몰라도 된다는 점입니다.",
            ),
            try_it=Both("Find the rate at which gradient descent beats all three.", "경사 하강법이 셋을 모두 이기는 학습률을 찾아보세요."),
            tried=("1.lr",),
            numbers={
                "own": lambda seen: seen.rate(1),
                "low": lambda seen: seen.rate(2),
                "middle": lambda seen: seen.rate(3),
                "high": lambda seen: seen.rate(4),
                "gone": lambda seen: seen.since(1),
                "edge": lambda seen: seen.edge(1),
                "a": lambda seen: seen.since(2),
                "b": lambda seen: seen.since(3),
                "c": lambda seen: seen.since(4),
            },
            claims=(
                lambda seen: seen.kind(1) == "diverged",
                lambda seen: Seen(seen.link.replace("1.lr=0.2", "1.lr=0.09")).since(1) < min(seen.since(i) for i in (2, 3, 4)),
            ),
        ),
        Step(
            name="ranks",
            title=Both("All rules, each tuned", "모든 기법을 각각 맞추면"),
            scene="explore?surface=rosenbrock&view=best",
            setting=Both(
                "A table of all rules on Rosenbrock's valley, each at the best of many settings: steps, gradients, how wide its good rates are, and how it does from other starts.",
                "로젠브록 골짜기에서 모든 기법을 여러 설정 가운데 가장 좋은 것으로 견준 표입니다. 단계 수, 그래디언트 수, 좋은 학습률의 폭, 다른 출발점에서의 결과가 나옵니다.",
            ),
            happened=Both(
                "Sort it by one column after another: the order changes. A rule that stands high may come to f* from hardly any other start with the same settings, or bear hardly any other rate.",
                "열을 바꿔 가며 정렬해 보세요. 순서가 달라집니다. 위쪽에 있는 기법이 같은 설정으로 다른 출발점에서는 f*에 거의 이르지 못하거나, 다른 학습률을 거의 견디지 못할 수 있습니다.",
            ),
            try_it=Both("Choose another surface. Does the first stay the first?", "다른 곡면을 골라 보세요. 일등이 그대로 일등인가요?"),
        ),
        Step(
            name="basins",
            title=Both("From where it starts", "어디에서 출발하느냐"),
            scene="explore?surface=six_hump_camel&view=basins&rules=gradient_descent,momentum,adam,newton",
            setting=Both(
                "Every point of these maps is a start; its colour tells to which minimum the rule leads from there.",
                "이 지도의 모든 점은 출발점입니다. 색은 그 기법이 그곳에서 어느 최소점에 이르는지를 나타냅니다.",
            ),
            question=Choice(
                Both("Which of the four leads to f* from the most starts?", "넷 가운데 가장 많은 출발점에서 f*에 이르는 것은 무엇일까요?"),
                options=tuple(
                    Option(text, lambda seen, name=name: max(BASINS, key=share) == name)
                    for name, text in (
                        ("gradient_descent", NAMES[0]),
                        ("momentum", Both("Momentum", "모멘텀입니다")),
                        ("adam", NAMES[3]),
                        ("newton", Both("Newton's method", "뉴턴 방법입니다")),
                    )
                ),
            ),
            happened=Both(
                "Adam, whose first steps are long wherever it starts; Newton's method from the fewest. Which minimum is found is as much the rule's doing as how fast. Momentum frays the borders, and Newton's method stops at saddles and maxima too.",
                "어디에서 출발하든 처음 걸음이 긴 Adam이 가장 많고, 뉴턴 방법이 가장 적습니다. 얼마나 빠른지 못지않게 어느 최소점을 찾는지도 기법에 달려 있습니다. 모멘텀은 경계를 너덜너덜하게 만들고, 뉴턴 방법은 안장점과 최대점에서도 멈춥니다.",
            ),
            claims=(lambda seen: min(BASINS, key=share) == "newton",),
            say=Both(
                "So the answer to the title is a question: best for what, counted how, tuned for how long?",
                "그러므로 제목에 대한 답은 되묻는 것입니다. 무엇에, 어떻게 세어서, 얼마나 공들여 맞추었을 때 가장 좋은가요?",
            ),
        ),
    )
