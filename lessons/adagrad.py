"""AdaGrad: a rate for each coordinate, which only ever falls."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Place, Sketch, Slide, Step
from lessons.parts.seen import Seen

RAVINE = "?surface=bowl&surface.kappa=100&steps=400&speed=4.0&lanes=2&1.rule=gradient_descent&1.lr=0.0198&2.rule=adagrad&2.lr=0.5"


def unlike(seen: Seen, i: int, step: int) -> float:
    """How many times as large the rate of a lane's step is along x as along y."""
    x, y = seen.state(i, "rate", step)
    return float(x / y)


def never_rises(seen: Seen, i: int) -> bool:
    """Whether a lane's rates never rise."""
    return bool((np.diff(seen.run(i).states["rate"], axis=0) <= 0).all())


def slope(seen: Seen, axis: int) -> float:
    """The size of the first slope along a coordinate."""
    return float(abs(seen.state(1, "g", 1)[axis]))


class AdaGradLesson(Lesson):
    """What a rate for each coordinate brings, where it depends on the axes, what it does for rare features, and why it tires."""

    place = 9
    title = Both("AdaGrad: a rate for each coordinate", "AdaGrad: 좌표마다 다른 학습률")
    idea = Both(
        "AdaGrad divides each coordinate's step by the root of all its squared gradients: steep ones are tamed, rare ones get their turn, and every rate only falls.",
        "AdaGrad는 좌표마다 걸음을 지금까지의 그래디언트 제곱합의 제곱근으로 나눕니다. 가파른 좌표는 길들이고 드문 좌표는 크게 움직이지만, 학습률은 줄어들기만 합니다.",
    )
    minutes = 8
    after = ("zigzag",)
    reference = "Duchi, Hazan, Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 12, 2011, section 1.1"
    steps = (
        Step(
            name="ravine",
            title=Both("One rate for each coordinate", "좌표마다 학습률 하나씩"),
            scene=f"{RAVINE}&surface.angle=0&x=-1.8&y=-0.4",
            setting=Both(
                "A ravine with κ = {kappa}: gradient descent's one rate has to be small enough for the wall, and is then too small for the floor. "
                "AdaGrad divides each coordinate's step by the root of the sum of its own squared gradients.",
                "κ = {kappa}인 골짜기입니다. 경사 하강법의 학습률은 하나뿐이어서 벽에 맞추면 바닥에는 너무 작습니다. "
                "AdaGrad는 좌표마다 걸음을 자기 그래디언트 제곱합의 제곱근으로 나눕니다.",
            ),
            question=Sketch(
                Both("Draw AdaGrad's curve of f − f* over the {steps} steps.", "{steps}단계 동안 AdaGrad의 f − f* 곡선을 그려 보세요."), lane=2
            ),
            happened=Both(
                "AdaGrad is at f* at step {adagrad}, gradient descent at {descent}. At step {adagrad} its rate along the floor is {along}, across it {across}: "
                "{times} times as large where the slope is gentle, and nobody had to know κ.",
                "AdaGrad는 {adagrad}단계, 경사 하강법은 {descent}단계에 f*에 도달합니다. {adagrad}단계에서 AdaGrad의 학습률은 바닥 방향 {along}, 가로지르는 방향 {across}입니다. "
                "완만한 쪽이 {times}배 크며, κ를 미리 알 필요가 없습니다.",
            ),
            numbers={
                "kappa": lambda seen: seen.kappa,
                "steps": lambda seen: seen.steps,
                "adagrad": lambda seen: seen.since(2),
                "descent": lambda seen: seen.since(1),
                "along": lambda seen: seen.state(2, "rate", seen.since(2))[0],
                "across": lambda seen: seen.state(2, "rate", seen.since(2))[1],
                "times": lambda seen: unlike(seen, 2, seen.since(2)),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2)] == ["reached"] * 2,
                lambda seen: seen.since(2) < seen.since(1) / 5,
                lambda seen: unlike(seen, 2, seen.since(2)) > 10,
            ),
            try_it=Both("How far can AdaGrad's η be wrong before gradient descent wins?", "AdaGrad의 η가 얼마나 빗나가야 경사 하강법이 이길까요?"),
            tried=("2.lr",),
            say=Both(
                "Students think of η as the step. Show that AdaGrad's η is only the length of its first step, along every coordinate.",
                "학생들은 η를 걸음의 길이로 여깁니다. AdaGrad의 η는 첫걸음에서만, 모든 좌표에서 똑같이 그 길이임을 보여 주세요.",
            ),
        ),
        Step(
            name="turned",
            title=Both("The same ravine, turned", "같은 골짜기를 돌리면"),
            scene=f"{RAVINE}&surface.angle=45&x=-0.98995&y=-1.55563",
            setting=Both(
                "The same ravine, start and rates, everything turned by {angle}°.",
                "골짜기, 출발점, 학습률은 그대로이고 전체를 {angle}° 돌렸습니다.",
            ),
            question=Choice(
                Both("Whose curve of f changes by that?", "누구의 f 곡선이 달라질까요?"),
                options=(
                    Option(
                        Both("Nobody's: it is the same bowl", "아무도 달라지지 않습니다. 같은 그릇입니다"),
                        lambda seen: seen.kind(2) == "reached" and seen.since(2) < 100,
                    ),
                    Option(
                        Both("AdaGrad's alone", "AdaGrad만 달라집니다"),
                        lambda seen: seen.since(2) > 100 and bool(np.isclose(seen.f(1), upright().f(1), rtol=1e-3)),
                    ),
                    Option(Both("Both", "둘 다 달라집니다"), lambda seen: not np.isclose(seen.f(1), upright().f(1), rtol=1e-3)),
                ),
            ),
            happened=Both(
                "AdaGrad's alone: it now needs {turned} steps and not {before}. Steep and gentle are mixed in both coordinates, both sums grow alike, and the rates "
                "differ by a factor of {times} only. Gradient descent does not know axes; a rate for each coordinate helps where the coordinates mean something.",
                "AdaGrad만 달라집니다. {before}단계가 아니라 {turned}단계가 걸립니다. 가파른 방향과 완만한 방향이 두 좌표에 섞여 합이 비슷하게 커지므로 두 학습률의 비는 {times}배뿐입니다. "
                "경사 하강법은 축을 모릅니다. 좌표별 학습률은 좌표 자체에 의미가 있을 때 도움이 됩니다.",
            ),
            numbers={
                "angle": lambda seen: seen.shape("angle"),
                "turned": lambda seen: seen.since(2),
                "before": lambda seen: upright().since(2),
                "times": lambda seen: unlike(seen, 2, seen.since(2)),
            },
            claims=(
                lambda seen: bool(np.allclose(seen.run(1).loss, upright().run(1).loss, rtol=1e-3)),
                lambda seen: unlike(seen, 2, seen.since(2)) < 2,
            ),
            say=Both(
                "Students call AdaGrad “the method for ravines”. Put this step beside the last one: it is the method for ravines along an axis.",
                "학생들은 AdaGrad를 “골짜기에 강한 기법”이라고 부릅니다. 앞 단계와 나란히 보여 주세요. 축을 따라 놓인 골짜기에 강한 기법입니다.",
            ),
        ),
        Step(
            name="rare",
            title=Both("A rare feature", "드문 특성"),
            scene="data?surface=logistic_regression&surface.examples=400&surface.dense=0.1&steps=100&lanes=2"
            "&1.rule=gradient_descent&1.lr=0.5&1.batch=400&2.rule=adagrad&2.lr=0.5&2.batch=400",
            setting=Both(
                "Two classes, and a feature x₂ that is not zero in only {rare} of {all} examples, as a rare word in a text. "
                "Its weight w₂ therefore has a small slope on average: {slope_2} at the start, where w₁ has {slope_1}.",
                "두 범주를 나누는 문제입니다. 특성 x₂는 {all}개의 예 중 {rare}개에서만 0이 아닙니다. 글에 드물게 나오는 단어와 같습니다. "
                "그래서 가중치 w₂의 평균 기울기는 작습니다. 출발점에서 w₁의 기울기는 {slope_1}, w₂의 기울기는 {slope_2}입니다.",
            ),
            question=Place(Both("Where is each after {steps} steps? Mark both places.", "{steps}단계 뒤 각각 어디에 있을까요? 두 곳을 표시하세요.")),
            happened=Both(
                "AdaGrad is at the minimum, w₂ = {adagrad}. Gradient descent has w₁ nearly right, but w₂ is at {descent} where {best} would be best: "
                "it learns the rare feature as slowly as it sees it. For such data AdaGrad was made.",
                "AdaGrad는 최소점 w₂ = {adagrad}에 있습니다. 경사 하강법은 w₁을 거의 맞혔지만, w₂의 가장 좋은 값이 {best}인데 아직 {descent}입니다. "
                "드문 특성은 드물게 보는 만큼 느리게 배웁니다. AdaGrad는 바로 이런 데이터를 위해 만들어졌습니다.",
            ),
            numbers={
                "rare": lambda seen: int((seen.problem.data[1] != 0).sum()),
                "all": lambda seen: seen.problem.count,
                "slope_1": lambda seen: slope(seen, 0),
                "slope_2": lambda seen: slope(seen, 1),
                "steps": lambda seen: seen.steps,
                "adagrad": lambda seen: seen.path(2)[-1, 1],
                "descent": lambda seen: seen.path(1)[-1, 1],
                "best": lambda seen: seen.race.surface.minima()[1, 0],
            },
            claims=(
                lambda seen: seen.kind(2) == "reached",
                lambda seen: abs(seen.path(1)[-1, 0] - seen.race.surface.minima()[0, 0]) < 0.1,
                lambda seen: abs(seen.path(1)[-1, 1] - seen.race.surface.minima()[1, 0]) > 0.5,
            ),
            try_it=Both(
                "Can gradient descent be there in time with a higher rate? What allows that here?",
                "더 큰 학습률이면 경사 하강법도 제때 도달할 수 있나요? 여기서는 왜 그것이 가능할까요?",
            ),
            tried=("1.lr",),
            challenge=Challenge(lane=1, within=50, by="1.lr=10"),
            say=Both(
                "Both see all examples in every step: it is not chance that makes w₂ slow, but the mean over many zeros.",
                "둘 다 매 단계 모든 예를 봅니다. w₂가 느린 것은 우연이 아니라 수많은 0과 함께 평균을 내기 때문입니다.",
            ),
        ),
        Step(
            name="tires",
            title=Both("It slows down", "점점 느려집니다"),
            scene="?surface=custom&surface.text=x&surface.reach=10&x=8&y=0&steps=400&speed=4.0&lanes=2&1.rule=adagrad&1.lr=0.1&2.rule=gradient_descent&2.lr=0.01",
            setting=Both(
                "A tilted plane, f = x, that goes on for ever. After {first} steps AdaGrad has come down by {down}.",
                "끝없이 기울어진 평면 f = x입니다. AdaGrad는 처음 {first}단계 동안 {down}만큼 내려갑니다.",
            ),
            question=Slide(
                Both("How far has it come after {steps} steps?", "{steps}단계 뒤에는 모두 얼마나 내려갔을까요?"),
                symbol="f(0) − f(t)",
                range=Range(1.0, 12.0),
                answer=lambda seen: seen.f(1, 0) - seen.f(1, seen.steps),
            ),
            happened=Both(
                "Only {end}, about twice as far in four times as many steps. The sum of squares grows by the same amount at each step, so the rate falls as η/√t "
                "and the way grows as 2η√t. It never stops, but gradient descent at a tenth of the rate has just passed it.",
                "{end}뿐입니다. 단계는 네 배인데 거리는 약 두 배입니다. 제곱합이 매 단계 똑같이 늘어나 학습률은 η/√t로 줄고, 거리는 2η√t로 늘어납니다. "
                "멈추지는 않지만, 학습률이 십분의 일인 경사 하강법이 막 앞질렀습니다.",
            ),
            numbers={
                "first": lambda seen: 100,
                "down": lambda seen: seen.f(1, 0) - seen.f(1, 100),
                "steps": lambda seen: seen.steps,
                "end": lambda seen: seen.f(1, 0) - seen.f(1, seen.steps),
            },
            claims=(
                lambda seen: seen.steps == 400,
                lambda seen: 1.9 < (seen.f(1, 400) - seen.f(1, 0)) / (seen.f(1, 100) - seen.f(1, 0)) < 2.2,
                lambda seen: bool(np.isclose(seen.state(1, "rate", 400)[0], seen.rate(1) / np.sqrt(400), rtol=1e-6)),
                lambda seen: seen.rate(2) == seen.rate(1) / 10,
                lambda seen: seen.f(2) < seen.f(1) and seen.f(2, 380) > seen.f(1, 380) - 0.1,
            ),
            say=Both(
                "The usual guess is four times as far. Write 1 + 1/√2 + 1/√3 + … on the board: the sum has no bound, but it grows ever more slowly.",
                "흔히 네 배라고 답합니다. 칠판에 1 + 1/√2 + 1/√3 + …를 쓰세요. 이 합은 끝없이 커지지만, 커지는 속도는 점점 느려집니다.",
            ),
        ),
        Step(
            name="stuck",
            title=Both("And never speeds up again", "다시 빨라지지 않습니다"),
            scene="?surface=rosenbrock&steps=1000&speed=8.0&lanes=2&curve.right=inner.rate&1.rule=adagrad&1.lr=0.1&2.rule=adam&2.lr=0.1",
            setting=Both(
                "Rosenbrock's valley: the start is on a steep wall, the floor is nearly flat. AdaGrad and Adam, both with η = {rate}, have {steps} steps.",
                "로젠브록의 골짜기입니다. 가파른 벽에서 출발하고 바닥은 거의 평평합니다. AdaGrad와 Adam이 똑같이 η = {rate}에서 {steps}단계를 갑니다.",
            ),
            question=Place(Both("How far does AdaGrad come? Mark the place.", "AdaGrad는 어디까지 갈까요? 그곳을 표시하세요."), lanes=(1,)),
            happened=Both(
                "To x = {end}: f is still {f}, where Adam is at f* at step {adam}. The squares of the wall's gradients stay in the sum for ever. "
                "AdaGrad's rate along x goes from {first} to {last}; it can only fall, however flat the ground becomes.",
                "x = {end}까지입니다. f는 아직 {f}이고, Adam은 {adam}단계에 f*에 도달합니다. 벽에서 얻은 그래디언트의 제곱이 합에 영원히 남습니다. "
                "AdaGrad의 x 방향 학습률은 {first}에서 {last}까지 줄어듭니다. 바닥이 아무리 평평해도 줄어들 수만 있습니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "steps": lambda seen: seen.steps,
                "end": lambda seen: seen.path(1)[-1, 0],
                "f": lambda seen: seen.f(1),
                "adam": lambda seen: seen.since(2),
                "first": lambda seen: seen.state(1, "rate", 1)[0],
                "last": lambda seen: seen.state(1, "rate", seen.steps)[0],
            },
            claims=(
                lambda seen: seen.rate(1) == seen.rate(2),
                lambda seen: never_rises(seen, 1) and not never_rises(seen, 2),
                lambda seen: (seen.kind(1), seen.kind(2)) == ("under way", "reached"),
            ),
            try_it=Both("A higher η helps. What happens on the wall then?", "η를 키우면 나아집니다. 그때 벽에서는 어떤 일이 일어나나요?"),
            tried=("1.lr",),
            say=Both(
                "The lesson's turn: the memory that makes AdaGrad good is what holds it up. Ask what could be done, and somebody will invent RMSprop.",
                "이 수업의 전환점입니다. AdaGrad를 돋보이게 한 기억이 AdaGrad를 붙잡습니다. 어떻게 하면 좋을지 물으면 누군가 RMSprop을 떠올릴 것입니다.",
            ),
        ),
    )


def upright() -> Seen:
    """The ravine before it was turned."""
    return AdaGradLesson.steps[0].seen
