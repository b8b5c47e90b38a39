"""A network: what the lessons on two coordinates say of thousands, and what they do not."""

from __future__ import annotations

from functools import lru_cache
from math import log10

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Slide, Step
from links.train import TRAIN, widths_of
from links.trainings import TRAININGS
from problems.networks import Perceptron
from problems.networks.digits import digits


@lru_cache
def network() -> Perceptron:
    """The Train page's network as it opens."""
    flat = TRAIN.read({}, "en")[0]
    return Perceptron(digits().training, widths_of(flat), flat["activation"])


@lru_cache
def slopes_at_zero() -> list[float]:
    """The largest slope of each block of weights where all of them are zero: W₁, b₁, W₂, b₂."""
    its = network()
    g = its.gradient(np.zeros(its.coordinates))
    return [float(np.abs(g[place]).max()) for place in its.places]


def worth(name: str) -> str:
    """A training worth seeing, as a link; a test of the Train page computes what it shows."""
    return f"train?{next(each.query for each in TRAININGS if each.name == name)}"


def chance(weights: int) -> str:
    """2⁻ⁿ, in words: one in a number of so many digits."""
    return str(int(weights * log10(2)) + 1)


class Network(Lesson):
    """Digits, the landscape of a network, its saddles, and the edge on which it trains."""

    place = 20
    title = Both("A network: thousands of coordinates", "신경망: 수천 개의 좌표")
    idea = Both(
        "The same rules train a network unchanged; what is new is that there is always a way to the side, and that the curvature comes to meet the rate.",
        "같은 기법이 그대로 신경망을 학습시킵니다. 새로운 점은 언제나 옆으로 빠지는 길이 있다는 것, 그리고 곡률이 학습률에 맞춰 온다는 것입니다.",
    )
    minutes = 8
    after = ("batches", "saddle")
    reference = "Dauphin et al., Identifying and attacking the saddle point problem, NeurIPS 2014; Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability, ICLR 2021"
    steps = (
        Step(
            name="digits",
            title=Both("Handwritten digits", "손글씨 숫자"),
            scene="train?",
            setting=Both(
                "A network with one hidden layer learns to name handwritten digits: {examples} pictures of {pixels} pixels. "
                "The lecture's rules train it side by side, each at a rate that suits it.",
                "은닉층이 하나인 신경망이 손글씨 숫자를 읽는 법을 배웁니다. 그림은 {examples}장이고, 한 장은 {pixels}픽셀입니다. "
                "강의의 기법들이 저마다 알맞은 학습률로 나란히 학습시킵니다.",
            ),
            question=Slide(
                Both(
                    "On the maps before there were two coordinates. How many are there now?", "앞의 지도에는 좌표가 둘이었습니다. 지금은 몇 개일까요?"
                ),
                symbol="P",
                range=Range(10.0, 1e6, log=True),
                answer=lambda seen: network().coordinates,
            ),
            happened=Both(
                "{weights}: every weight is a coordinate. All rules are the same lines as on the maps; none knows how many coordinates there are.",
                "{weights}개입니다. 가중치 하나하나가 좌표입니다. 모든 기법은 지도에서와 같은 식이며, 좌표가 몇 개인지 알지 못합니다.",
            ),
            numbers={
                "weights": lambda seen: network().coordinates,
                "examples": lambda seen: len(network().examples),
                "pixels": lambda seen: network().examples.inputs.shape[1],
            },
            claims=(lambda seen: sum(int(np.prod(shape)) for shape in network().blocks) == network().coordinates,),
            say=Both(
                "Let them watch the test accuracy: the rules differ most at the beginning. Ask what the table's gap between training and test says.",
                "시험 정확도를 보게 하세요. 기법들은 처음에 가장 크게 다릅니다. 표에 있는 학습과 시험의 차이가 무엇을 말하는지 물어보세요.",
            ),
        ),
        Step(
            name="plane",
            title=Both("A slice through its landscape", "손실 지형의 단면"),
            scene="train?show=plane",
            setting=Both(
                "Of {weights} coordinates a map can show two. This plane lies along the path of a training; the path has the colour of its true loss.",
                "{weights}개의 좌표 가운데 지도가 보일 수 있는 것은 둘입니다. 이 평면은 학습 경로를 따라 놓였고, 경로의 색은 실제 손실입니다.",
            ),
            happened=Both(
                "It looks like a bowl, and that is the slice's doing as much as the landscape's: directions were chosen along which the run went down. "
                "The table says how far the loss on the plane is from the path's own.",
                "그릇처럼 보이지만, 그것은 지형만이 아니라 단면을 고른 방식 때문이기도 합니다. 실행이 내려간 방향을 골랐기 때문입니다. "
                "표는 평면 위의 손실이 경로의 실제 손실과 얼마나 다른지 말해 줍니다.",
            ),
            numbers={"weights": lambda seen: network().coordinates},
            claims=(lambda seen: network().coordinates > 1000,),
        ),
        Step(
            name="zero",
            title=Both("A saddle that nobody leaves", "아무도 떠나지 못하는 안장점"),
            scene=worth("zero"),
            setting=Both(
                "The same network, but every weight begins at zero.",
                "같은 신경망이지만 모든 가중치가 0에서 시작합니다.",
            ),
            question=Choice(
                Both("What will the rules do?", "기법들은 어떻게 될까요?"),
                options=(
                    Option(
                        Both(
                            "The noise of the batches frees them, as it does on the saddle of two coordinates",
                            "두 좌표의 안장점에서처럼 배치의 잡음이 풀어 줍니다",
                        ),
                        lambda seen: min(slopes_at_zero()[0], slopes_at_zero()[2]) > 1e-9,
                    ),
                    Option(
                        Both(
                            "None of them learns anything but how often each digit is there",
                            "숫자마다 얼마나 자주 나오는지 말고는 아무것도 배우지 못합니다",
                        ),
                        lambda seen: max(slopes_at_zero()[:3]) < 1e-12 < slopes_at_zero()[3],
                    ),
                    Option(
                        Both("Those that scale by coordinate get away", "좌표마다 크기를 맞추는 기법은 벗어납니다"),
                        lambda seen: max(slopes_at_zero()[:2]) > 1e-9,
                    ),
                ),
            ),
            happened=Both(
                "With all weights zero no slope reaches a neuron: only the last biases have one. It is the same for every batch, so that no noise helps. "
                "That is why a network begins at random weights.",
                "모든 가중치가 0이면 어떤 뉴런에도 기울기가 닿지 않고, 마지막 편향에만 기울기가 있습니다. 어느 배치에서나 그러니 잡음도 돕지 못합니다. "
                "그래서 신경망은 무작위 가중치에서 시작합니다.",
            ),
            claims=(lambda seen: max(slopes_at_zero()[:3]) < 1e-12, lambda seen: slopes_at_zero()[3] > 1e-3),
        ),
        Step(
            name="saddles",
            title=Both("Saddles in many dimensions", "고차원의 안장점"),
            scene="?surface=saddle&x=-1.6&y=1e-3&steps=100&lanes=2&1.rule=gradient_descent&1.lr=0.05&2.rule=momentum&2.lr=0.05",
            setting=Both(
                "At a stationary point each direction curves up or down. A minimum needs all of them to curve up. Suppose that each were a toss of a coin.",
                "정류점에서는 방향마다 위로 또는 아래로 굽습니다. 최소점이 되려면 모두 위로 굽어야 합니다. 방향마다 동전을 던져 정한다고 해 봅시다.",
            ),
            question=Choice(
                Both(
                    "With {weights} coordinates, of how many stationary points is one a minimum?",
                    "좌표가 {weights}개라면 정류점 몇 개 가운데 하나가 최소점일까요?",
                ),
                options=(
                    Option(
                        Both("Of about as many as there are coordinates", "좌표의 수만큼의 정류점 가운데 하나"),
                        lambda seen: int(chance(network().coordinates)) < 5,
                    ),
                    Option(
                        Both("Of a number with hundreds of digits", "수백 자리 수만큼의 정류점 가운데 하나"),
                        lambda seen: 100 < int(chance(network().coordinates)) < 1000,
                    ),
                    Option(Both("Of every second one", "둘에 하나"), lambda seen: network().coordinates == 1),
                ),
            ),
            happened=Both(
                "The number has {digits} digits: where the slope vanishes in a network there is nearly always a way down left, and what looks like a minimum is mostly a saddle or a plateau. "
                "A saddle is left once the way down is found: here |y| > 1 at step {descent} for gradient descent, {momentum} for momentum.",
                "그 수는 {digits}자리입니다. 신경망에서 기울기가 사라지는 곳에는 거의 언제나 내려갈 길이 남아 있고, 최소점처럼 보이는 것은 대개 안장점이나 고원입니다. "
                "내려가는 길을 찾으면 안장점을 떠납니다. 여기서 |y| > 1이 되는 것은 경사 하강법이 {descent}단계, 모멘텀이 {momentum}단계입니다.",
            ),
            numbers={
                "weights": lambda seen: network().coordinates,
                "digits": lambda seen: chance(network().coordinates),
                "descent": lambda seen: int((np.abs(seen.path(1)[:, 1]) > 1).argmax()),
                "momentum": lambda seen: int((np.abs(seen.path(2)[:, 1]) > 1).argmax()),
            },
            claims=(lambda seen: all(bool((np.abs(seen.path(i)[:, 1]) > 1).any()) for i in (1, 2)),),
            say=Both(
                "A coin is a caricature: curvatures of a network are not independent. The point is what happens to a product of thousands of factors.",
                "동전은 과장된 비유입니다. 신경망의 곡률은 서로 독립이 아닙니다. 요점은 수천 개의 인수를 곱하면 무슨 일이 생기느냐입니다.",
            ),
        ),
        Step(
            name="edge",
            title=Both("The edge of stability", "안정성의 경계"),
            scene=worth("edge"),
            setting=Both(
                "Gradient descent on all examples at once, at two rates. The chart in the middle is the sharpness: the largest curvature where the run is. "
                "The dashed lines are at 2/η, beyond which a quadratic throws it out.",
                "모든 예를 한꺼번에 쓰는 경사 하강법을 두 학습률로 실행합니다. 가운데 그래프는 실행이 있는 곳의 가장 큰 곡률입니다. 파선은 2/η로, 이차 함수라면 그 위에서 튕겨 나갑니다.",
            ),
            question=Choice(
                Both("Where does the sharpness go?", "곡률은 어디로 갈까요?"),
                options=(
                    Option(
                        Both("Well below the line: a good rate keeps a distance", "선보다 훨씬 아래로 갑니다. 좋은 학습률은 여유를 둡니다"),
                        lambda seen: False,
                    ),
                    Option(Both("Beyond the line, and the run diverges", "선을 넘고, 실행은 발산합니다"), lambda seen: False),
                    Option(
                        Both(
                            "To the line, and it hovers there while the loss goes on falling", "선까지 가서 그 둘레를 맴돌고, 손실은 계속 줄어듭니다"
                        ),
                        lambda seen: seen.link == worth("edge"),
                    ),
                ),
            ),
            happened=Both(
                "It comes to 2/η and stays near it, and the loss falls on, not at every step but over many. At both rates the network moves to where its curvature suits the rate: "
                "that is one reason why a rate can be chosen by hand.",
                "2/η로 가서 그 가까이 머물고, 손실은 매 단계는 아니어도 길게 보면 줄어듭니다. 두 학습률 모두에서 신경망은 곡률이 학습률에 맞는 곳으로 옮겨 갑니다. "
                "학습률을 손으로 고를 수 있는 까닭 하나가 여기에 있습니다.",
            ),
            claims=(lambda seen: seen.link == worth("edge"),),
            say=Both(
                "The sharpness is worked out while the training goes on: give it half a minute. A second look: open the page; its menu has RMSprop's edge, with the curvature that it sees.",
                "곡률은 학습이 진행되는 동안 계산되니 잠시 기다려 주세요. 더 보려면 페이지를 열어 메뉴에 있는 RMSprop의 경계를 보세요. RMSprop이 느끼는 곡률입니다.",
            ),
        ),
    )
