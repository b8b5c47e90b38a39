"""The saddle: down on one side, up on the other, and no slope in the middle."""

from __future__ import annotations

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Place, Slide, Step
from lessons.parts.seen import Seen

RATES = "&1.rule=gradient_descent&1.lr=0.05&2.rule=momentum&2.lr=0.05"
FOUR = f"&lanes=4{RATES}&3.rule=adam&3.lr=0.05&4.rule=newton&4.lr=1"
FIVE = f"&lanes=5{RATES}&3.rule=adagrad&3.lr=0.05&4.rule=rmsprop&4.lr=0.05&5.rule=adam&5.lr=0.05"
STRAIGHT = Seen(f"?surface=saddle&x=-1.6&y=0.001&steps=150{FIVE}")
NEARER = Seen(f"?surface=saddle&x=-1.6&y=0.0001&steps=150&lanes=2{RATES}")


def off(seen: Seen, lane: int) -> int:
    """The first step with |y| > 1."""
    return seen.first(lane, lambda p: abs(p[1]) > 1)


def down(seen: Seen, lane: int) -> int:
    """The first step with f < −1."""
    return seen.first(lane, lambda p: seen.race.surface.value(p) < -1)


def same(lane: int) -> bool:
    """Whether the lane is down as soon on the saddle that is turned as on the other."""
    return down(STRAIGHT, lane) == down(TURNED.seen, lane)


TURNED = Step(
    name="turned",
    title=Both("The same saddle, turned", "돌려 놓은 같은 안장점"),
    scene=f"?surface=custom&surface.text=2x%2Ay&surface.reach=2&x=-1.132&y=-1.1306&steps=150{FIVE}",
    setting=Both(
        "The same saddle and the same start as before, turned by an eighth of a circle: f = 2xy is x² − y² in new coordinates. "
        "On the straight one AdaGrad was below f = −1 at step {adagrad0}, RMSprop at {rmsprop0}, Adam at {adam0}, momentum at {momentum0}, "
        "gradient descent at {descent0}.",
        "앞의 안장점과 출발점을 함께 팔분의 일 바퀴 돌렸습니다. f = 2xy는 좌표축만 돌린 x² − y²입니다. 돌리기 전에는 AdaGrad가 {adagrad0}단계, "
        "RMSprop이 {rmsprop0}단계, Adam이 {adam0}단계, 모멘텀이 {momentum0}단계, 경사 하강법이 {descent0}단계에 f = −1보다 낮아졌습니다.",
    ),
    question=Choice(
        Both("Who will need just as many steps as before?", "돌린 뒤에도 걸리는 단계가 그대로인 것은 무엇일까요?"),
        options=(
            Option(
                Both("All of them: a turned map is the same map", "모두. 돌려도 같은 지형이므로"), lambda seen: all(same(i) for i in (1, 2, 3, 4, 5))
            ),
            Option(
                Both("Gradient descent and momentum", "경사 하강법과 모멘텀"),
                lambda seen: [same(i) for i in (1, 2, 3, 4, 5)] == [True, True, False, False, False],
            ),
            Option(
                Both("Those with a rate for each coordinate", "좌표마다 학습률이 다른 기법들"),
                lambda seen: [same(i) for i in (1, 2, 3, 4, 5)] == [False, False, True, True, True],
            ),
            Option(Both("None of them", "하나도 없습니다"), lambda seen: not any(same(i) for i in (1, 2, 3, 4, 5))),
        ),
    ),
    happened=Both(
        "Gradient descent {descent} and momentum {momentum}, as before. RMSprop now needs {rmsprop}, Adam {adam}, and AdaGrad is not there within {steps}. "
        "A rate for each coordinate raised the tiny slope along y as long as y was the way out; now the way out is between the axes, "
        "both coordinates have the same large slope, and there is nothing to raise.",
        "경사 하강법은 {descent}단계, 모멘텀은 {momentum}단계로 그대로입니다. RMSprop은 {rmsprop}단계, Adam은 {adam}단계로 늘고, AdaGrad는 {steps}단계 안에 내려가지 못합니다. "
        "좌표마다 학습률을 따로 두면, 나가는 길이 y축일 때는 y 방향의 아주 작은 기울기를 키워 줍니다. 이제는 나가는 길이 두 축 사이에 있어, "
        "두 좌표의 기울기가 똑같이 크고 키워 줄 것이 없습니다.",
    ),
    numbers={
        **{f"{name}0": lambda seen, i=i: down(STRAIGHT, i) for i, name in enumerate(("descent", "momentum", "adagrad", "rmsprop", "adam"), start=1)},
        **{name: lambda seen, i=i: down(seen, i) for i, name in ((1, "descent"), (2, "momentum"), (4, "rmsprop"), (5, "adam"))},
        "steps": lambda seen: seen.steps,
    },
    claims=(
        lambda seen: down(seen, 3) > seen.steps,
        lambda seen: abs(abs(seen.race.start[0] + seen.race.start[1]) / 2**0.5 - 1.6) < 1e-3,
        lambda seen: abs(abs(seen.race.start[0] - seen.race.start[1]) / 2**0.5 - 0.001) < 1e-4,
        lambda seen: down(seen, 4) > down(STRAIGHT, 4) and down(seen, 5) > down(STRAIGHT, 5),
    ),
    say=Both(
        "Escaping saddles is often given as Adam's merit. It is the merit of a saddle that lies along the axes; a network's seldom do.",
        "안장점 탈출을 Adam의 장점으로 꼽는 일이 많습니다. 그것은 안장점이 축을 따라 놓였을 때의 이야기이고, 신경망에서는 그런 경우가 드뭅니다.",
    ),
    try_it=Both("Is AdaGrad's rate to blame? Raise it.", "AdaGrad의 학습률이 문제일까요? 높여 보세요."),
    tried=("3.lr",),
)


class Saddle(Lesson):
    """Why one can stand still where there is a way down, what noise does, and what turning the axes does."""

    place = 4
    title = Both("The saddle", "안장점")
    idea = Both(
        "At a saddle the slope vanishes although there is a way down; leaving takes a push, and the nearer to the ridge, the longer.",
        "안장점에서는 내려갈 길이 있는데도 기울기가 사라집니다. 벗어나려면 조금 밀려나야 하고, 능선에 가까울수록 오래 걸립니다.",
    )
    minutes = 7
    after = ("learning_rate",)
    reference = "Dauphin et al., Identifying and attacking the saddle point problem, NeurIPS 2014"
    steps = (
        Step(
            name="ridge",
            title=Both("On the ridge", "능선 위에서"),
            scene=f"?surface=saddle&x=-1.6&y=0&steps=100{FOUR}",
            setting=Both(
                "f = x² − y²: up to the left and right, down to the top and bottom of the map. Four rules start exactly on the ridge, y = 0. "
                "Momentum carries on past the point where the slope is zero.",
                "f = x² − y²는 좌우로는 오르막, 지도의 위아래로는 내리막입니다. 네 기법이 정확히 능선 위(y = 0)에서 출발합니다. "
                "모멘텀은 기울기가 0인 곳을 지나쳐 계속 갑니다.",
            ),
            question=Place(Both("Where does momentum end? Click on its map.", "모멘텀은 어디에서 끝날까요? 모멘텀의 지도를 클릭하세요."), lanes=(2,)),
            happened=Both(
                "At the saddle, like all the others. On the ridge ∂f/∂y = −2y = 0, so nothing ever pushes to the side; momentum ran past the saddle point {turns} times, "
                "to and fro along the ridge, and y stayed 0 to the last digit. Newton jumped there in a single step: it looks for a point of slope zero, and a saddle is one.",
                "다른 기법과 마찬가지로 안장점입니다. 능선에서는 ∂f/∂y = −2y = 0이므로 옆으로 미는 힘이 전혀 없습니다. 모멘텀은 능선을 따라 안장점을 {turns}번 지나쳤지만 "
                "y는 끝까지 정확히 0입니다. 뉴턴 방법은 단 한 단계에 안장점으로 뛰었습니다. 기울기가 0인 점을 찾는 기법이고, 안장점도 그런 점이기 때문입니다.",
            ),
            numbers={"turns": lambda seen: seen.turns(2, 0)},
            claims=(
                lambda seen: all(not seen.path(i)[:, 1].any() for i in (1, 2, 3, 4)),
                lambda seen: all(abs(seen.path(i)[-1, 0]) < 0.02 for i in (1, 2, 3, 4)),
                lambda seen: seen.kind(4) == "saddle" and seen.since(4) == 1,
            ),
            say=Both(
                "Many expect momentum to roll off. It has speed along the ridge only: ask where a push to the side should come from.",
                "모멘텀은 굴러떨어질 것이라 기대하는 학생이 많습니다. 속도는 능선 방향으로만 있습니다. 옆으로 미는 힘이 어디에서 오는지 물어보세요.",
            ),
        ),
        Step(
            name="noise",
            title=Both("A little noise", "잡음이 조금 있으면"),
            scene=f"?surface=saddle&x=-1.6&y=0&noise=0.1&steps=100{FOUR}",
            setting=Both(
                "The same start, but now each gradient is a little wrong, σ = {sigma}, the same for all.",
                "출발점은 같고, 이제 모든 기법의 그래디언트에 똑같은 작은 잡음(σ = {sigma})이 있습니다.",
            ),
            question=Choice(
                Both("Who is still near the saddle after {steps} steps?", "{steps}단계 뒤에도 안장점 가까이에 있는 것은 무엇일까요?"),
                options=tuple(
                    Option(Both(*names), lambda seen, lanes=lanes: [i for i in (1, 2, 3, 4) if off(seen, i) > seen.steps] == lanes)
                    for lanes, names in (
                        ([1], ("Gradient descent", "경사 하강법")),
                        ([3], ("Adam", "Adam")),
                        ([4], ("Newton", "뉴턴 방법")),
                        ([1, 2, 3, 4], ("All of them", "모두")),
                    )
                ),
            ),
            happened=Both(
                "Newton. The others are off the ridge, |y| > 1, at step {momentum} (momentum), {adam} (Adam) and {descent} (gradient descent): "
                "the noise gives y a first size, and the slope does the rest, for y grows with every step. "
                "Newton divides by the curvature, which is negative along y, and so climbs back to the saddle each time.",
                "뉴턴 방법입니다. 나머지는 모멘텀 {momentum}단계, Adam {adam}단계, 경사 하강법 {descent}단계에 능선을 벗어납니다(|y| > 1). "
                "잡음이 y를 0에서 조금 밀어내면, 그다음은 기울기가 y를 단계마다 키웁니다. "
                "뉴턴 방법은 곡률로 나누는데 y 방향의 곡률이 음수라서, 밀려날 때마다 안장점으로 되올라갑니다.",
            ),
            numbers={
                "sigma": lambda seen: seen.race.noise,
                "steps": lambda seen: seen.steps,
                "descent": lambda seen: off(seen, 1),
                "momentum": lambda seen: off(seen, 2),
                "adam": lambda seen: off(seen, 3),
            },
            claims=(
                lambda seen: off(seen, 2) < off(seen, 3) < off(seen, 1) <= seen.steps < off(seen, 4),
                lambda seen: abs(seen.path(4)[1:]).max() < 0.5,
            ),
            say=Both(
                "Noise is not only a nuisance: mini-batches mostly leave saddles by themselves. Newton, the strongest of the four in a bowl, is the only one that is caught.",
                "잡음이 늘 해로운 것은 아닙니다. 미니배치 학습은 대개 저절로 안장점을 벗어납니다. 그릇에서 가장 강한 뉴턴 방법만 안장점에 붙잡힙니다.",
            ),
        ),
        Step(
            name="near",
            title=Both("How long does it take?", "얼마나 걸릴까요?"),
            scene=f"?surface=saddle&x=-1.6&y=0.001&steps=100&lanes=2{RATES}",
            setting=Both(
                "No noise, but a start {aside} beside the ridge. Gradient descent comes down to the saddle first and then has to leave it.",
                "잡음은 없고, 능선에서 {aside}만큼 벗어난 곳에서 출발합니다. 경사 하강법은 먼저 안장점으로 내려온 뒤 그곳을 벗어나야 합니다.",
            ),
            question=Slide(
                Both("At which step is gradient descent off the ridge, |y| > 1?", "경사 하강법은 몇 단계에 능선을 벗어날까요(|y| > 1)?"),
                symbol="k",
                range=Range(10, 1000, log=True),
                answer=lambda seen: off(seen, 1),
            ),
            happened=Both(
                "At step {descent}; momentum at {momentum}. Each step multiplies y by 1 + 2η = {factor}: hardly anything for long, then all at once. "
                "The time is a logarithm: a start ten times nearer to the ridge costs gradient descent only {more} steps more. "
                "Exactly on the ridge it takes for ever.",
                "{descent}단계이고, 모멘텀은 {momentum}단계입니다. 한 단계마다 y가 1 + 2η = {factor}배가 되므로, 오랫동안 변화가 거의 없다가 갑자기 벗어납니다. "
                "걸리는 시간은 로그에 비례합니다. 능선에 열 배 가까이에서 출발해도 {more}단계만 더 걸립니다. 정확히 능선 위라면 영원히 걸립니다.",
            ),
            numbers={
                "aside": lambda seen: seen.race.start[1],
                "descent": lambda seen: off(seen, 1),
                "momentum": lambda seen: off(seen, 2),
                "factor": lambda seen: 1 + 2 * seen.rate(1),
                "more": lambda seen: off(NEARER, 1) - off(seen, 1),
            },
            claims=(
                lambda seen: abs(seen.path(1)[50, 1] / seen.path(1)[49, 1] - 1 - 2 * seen.rate(1)) < 1e-9,
                lambda seen: abs(seen.race.start[1] / NEARER.race.start[1] - 10) < 1e-9,
            ),
            say=Both(
                "On a loss curve this looks like a plateau, and many stop the training there. Show the chart of the slope: it falls, and then rises again.",
                "손실 곡선에서는 고원처럼 보여서 여기에서 학습을 멈추는 일이 많습니다. 기울기 그래프를 보게 하세요. 작아졌다가 다시 커집니다.",
            ),
            try_it=Both("What does twice the rate do to the time?", "학습률을 두 배로 하면 시간이 어떻게 달라지나요?"),
            tried=("1.lr", "2.momentum"),
        ),
        TURNED,
    )
