"""The noise floor: at a constant rate the loss stops falling, and what lowers it."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Sketch, Slide, Step
from lessons.parts.seen import Seen

BOWL = "?surface=bowl&surface.kappa=5&surface.angle=0&noise=1&many=1"
LAST = 100  # steps over which a floor is measured
END = 50  # those of a run whose rate falls


def floor(seen: Seen, i: int) -> float:
    """The mean f − f* of thirty runs of lane i over the last steps."""
    return seen.mean_gap(i, LAST)


def theory(seen: Seen, i: int) -> float:
    """The floor of lane i as theory has it: half of each curvature times the variance along it."""
    rule, sigma = seen.lane(i).rule, seen.race.noise
    return sum(0.5 * float(c) * (rule.stationary_variance(float(c), seen.rate(i), sigma) or 0.0) for c in seen.curvatures())


def alike(seen: Seen, i: int) -> float:
    """The mean cosine between one step of lane i and the next, in the second half of the run."""
    steps = np.diff(seen.path(i)[seen.steps // 2 :], axis=0)
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    return float((steps[1:] * steps[:-1]).sum(axis=1).mean())


class NoiseFloor(Lesson):
    """How low a noisy gradient lets the loss come, and what rate, batch, momentum and schedule do about it."""

    place = 15
    title = Both("The noise floor", "잡음 바닥")
    idea = Both(
        "At a constant rate a noisy gradient stops the loss at a floor, in proportion to the rate and to the noise's variance.",
        "학습률이 일정하면 잡음 섞인 그래디언트는 손실을 어떤 바닥에서 멈추게 합니다. 바닥의 높이는 학습률과 잡음의 분산에 비례합니다.",
    )
    minutes = 7
    after = ("zigzag",)
    reference = "Bottou, Curtis, Nocedal, Optimization Methods for Large-Scale Machine Learning, SIAM Review 60(2), 2018, section 4.2"
    steps = (
        Step(
            name="floor",
            title=Both("It stops falling", "더 이상 내려가지 않습니다"),
            scene=f"{BOWL}&steps=300&speed=4.0&lanes=1&1.rule=gradient_descent&1.lr=0.1",
            setting=Both(
                "A bowl, and a gradient that is wrong by chance in every step, as that of a mini-batch is: σ = {sigma} in each coordinate. "
                "Thirty runs set out together, and the curve shows their mean.",
                "그릇 모양의 곡면에서, 미니배치의 그래디언트처럼 매 단계 우연한 오차가 섞입니다. 좌표마다 σ = {sigma}입니다. "
                "서른 개의 실행이 함께 출발하고, 곡선은 그 평균을 보여 줍니다.",
            ),
            question=Sketch(Both("How will f − f* go on? Draw it.", "f − f*는 어떻게 변할까요? 그려 보세요.")),
            happened=Both(
                "It falls as without noise, and then stays: at {floor} in the mean of the last {last} steps. Theory says {theory}. "
                "Near the minimum the slope is smaller than the noise, and each step undoes what the others gained.",
                "처음에는 잡음이 없을 때처럼 내려가다가 멈춥니다. 마지막 {last}단계의 평균은 {floor}이고, 이론값은 {theory}입니다. "
                "최소점 가까이에서는 기울기가 잡음보다 작아서, 한 걸음이 얻은 것을 다른 걸음이 되돌립니다.",
            ),
            try_it=Both(
                "Halve η. What happens to the floor, and what to the way down?",
                "η를 절반으로 낮춰 보세요. 바닥은 어떻게 되고, 내려가는 속도는 어떻게 되나요?",
            ),
            tried=("1.lr",),
            numbers={
                "sigma": lambda seen: seen.race.noise,
                "floor": lambda seen: floor(seen, 1),
                "theory": lambda seen: theory(seen, 1),
                "last": lambda seen: LAST,
            },
            claims=(
                lambda seen: abs(floor(seen, 1) / theory(seen, 1) - 1) < 0.15,
                lambda seen: float(seen.many(1).loss[100:200].mean()) < 1.2 * floor(seen, 1),
            ),
            say=Both(
                "Students think that more steps are the cure. Let them see that the cloud of runs has the same size at step one hundred as at the end.",
                "학생들은 더 오래 돌리면 된다고 생각합니다. 실행들의 구름이 중간이나 끝이나 같은 크기라는 것을 보여 주세요.",
            ),
        ),
        Step(
            name="rate",
            title=Both("Half the rate", "학습률을 절반으로"),
            scene=f"{BOWL}&steps=400&speed=4.0&lanes=2&1.rule=gradient_descent&1.lr=0.1&2.rule=gradient_descent&2.lr=0.05",
            setting=Both(
                "The same noise, at the rates {high} and {low}.",
                "같은 잡음에서 학습률이 {high}인 실행과 {low}인 실행을 비교합니다.",
            ),
            question=Slide(
                Both("What part of the first floor is the second?", "두 번째 바닥은 첫 번째 바닥의 몇 배일까요?"),
                symbol="r",
                range=Range(0.05, 1.5, log=True),
                answer=lambda seen: floor(seen, 2) / floor(seen, 1),
            ),
            happened=Both(
                "{ratio} of it: {second} in place of {first}. The floor is in proportion to η, and so is the speed: the lower one took longer to come down.",
                "{ratio}배입니다. 바닥이 {first}에서 {second}까지 낮아졌습니다. 바닥은 η에 비례하지만 속도도 η에 비례하므로, 낮은 쪽은 내려오는 데 더 오래 걸렸습니다.",
            ),
            numbers={
                "high": lambda seen: seen.rate(1),
                "low": lambda seen: seen.rate(2),
                "ratio": lambda seen: floor(seen, 2) / floor(seen, 1),
                "first": lambda seen: floor(seen, 1),
                "second": lambda seen: floor(seen, 2),
            },
            claims=(
                lambda seen: 0.4 < floor(seen, 2) / floor(seen, 1) < 0.55,
                lambda seen: seen.many(2).loss[:20].mean() > seen.many(1).loss[:20].mean(),
            ),
        ),
        Step(
            name="batch",
            title=Both("Larger batches", "더 큰 배치"),
            scene="data?surface=linear_regression&many=1&anew=1&steps=150&speed=2.0&lanes=3&1.rule=gradient_descent&1.lr=0.1&1.batch=1"
            "&2.rule=gradient_descent&2.lr=0.1&2.batch=4&3.rule=gradient_descent&3.lr=0.1&3.batch=16",
            setting=Both(
                "Now the noise comes from data: a line is fitted to {examples} points, by batches of {one}, {four} and {sixteen}, all at η = {rate}.",
                "이번에는 잡음이 데이터에서 나옵니다. 점 {examples}개에 직선을 맞추며, 배치 크기는 {one}, {four}, {sixteen}이고 η는 모두 {rate}입니다.",
            ),
            question=Choice(
                Both(
                    "How much lower is the floor of the largest batch than that of the smallest?",
                    "가장 큰 배치의 바닥은 가장 작은 배치보다 얼마나 낮을까요?",
                ),
                options=(
                    Option(Both("About as high", "거의 같습니다"), lambda seen: floor(seen, 1) / floor(seen, 3) < 2),
                    Option(
                        Both("About a quarter: noise falls with √B", "약 사분의 일: 잡음은 √B에 따라 줄어듭니다"),
                        lambda seen: 2 < floor(seen, 1) / floor(seen, 3) < 8,
                    ),
                    Option(
                        Both("About a sixteenth: its variance falls with B", "약 십육분의 일: 분산은 B에 따라 줄어듭니다"),
                        lambda seen: 8 < floor(seen, 1) / floor(seen, 3) < 32,
                    ),
                ),
            ),
            happened=Both(
                "{ratio} times lower: {first}, {second} and {third}. The noise falls with √B, and the loss, which is a square, with B. "
                "But a batch of {sixteen} costs {sixteen} times the work in each step.",
                "{ratio}배 낮습니다. 바닥은 차례로 {first}, {second}, {third}입니다. 잡음은 √B에 따라 줄고, 제곱인 손실은 B에 따라 줄어듭니다. "
                "그 대신 크기 {sixteen}의 배치는 단계마다 계산이 {sixteen}배 듭니다.",
            ),
            try_it=Both(
                "Which rate has the same floor with one example as the large batch has here?",
                "예를 하나씩 보면서도 큰 배치와 같은 바닥에 이르는 학습률은 얼마일까요?",
            ),
            tried=("1.lr",),
            numbers={
                "examples": lambda seen: seen.shape("examples"),
                "one": lambda seen: seen.lane(1).batch,
                "four": lambda seen: seen.lane(2).batch,
                "sixteen": lambda seen: seen.lane(3).batch,
                "rate": lambda seen: seen.rate(1),
                "ratio": lambda seen: floor(seen, 1) / floor(seen, 3),
                "first": lambda seen: floor(seen, 1),
                "second": lambda seen: floor(seen, 2),
                "third": lambda seen: floor(seen, 3),
            },
            claims=(lambda seen: floor(seen, 1) > 3 * floor(seen, 2) > 9 * floor(seen, 3),),
            say=Both(
                "The answer of a quarter is the interesting one: it is right for the noise, and the loss is its square.",
                "사분의 일이라는 답이 흥미롭습니다. 잡음에 대해서는 맞는 말이고, 손실은 그 제곱입니다.",
            ),
        ),
        Step(
            name="momentum",
            title=Both("Does momentum lower it?", "모멘텀이 바닥을 낮출까요?"),
            scene=f"{BOWL}&steps=600&speed=4.0&lanes=3&1.rule=gradient_descent&1.lr=0.01&2.rule=momentum&2.lr=0.01&3.rule=gradient_descent&3.lr=0.1",
            setting=Both(
                "Gradient descent at {low}, momentum at {low} with μ = {mu}, gradient descent at {high}.",
                "학습률 {low}의 경사 하강법, 학습률 {low}에 μ = {mu}인 모멘텀, 학습률 {high}의 경사 하강법입니다.",
            ),
            question=Choice(
                Both("Momentum averages its gradients. Where does it end?", "모멘텀은 그래디언트를 평균합니다. 어디에서 끝날까요?"),
                options=(
                    Option(
                        Both(
                            "Below gradient descent at its own rate: it averages the noise away",
                            "같은 학습률의 경사 하강법보다 아래: 잡음을 평균해 없앱니다",
                        ),
                        lambda seen: floor(seen, 2) < 0.7 * floor(seen, 1),
                    ),
                    Option(
                        Both("As low as gradient descent at its own rate", "같은 학습률의 경사 하강법과 같은 높이"),
                        lambda seen: 0.7 < floor(seen, 2) / floor(seen, 1) < 1.5,
                    ),
                    Option(
                        Both("About as high as gradient descent at the larger rate", "큰 학습률의 경사 하강법과 비슷한 높이"),
                        lambda seen: 0.7 < floor(seen, 2) / floor(seen, 3) < 1.5,
                    ),
                ),
            ),
            happened=Both(
                "Its floor is {second}, near the {third} of the larger rate and far from {first}: each gradient goes on acting for about ten steps, and so counts ten times. "
                "Its path is smooth, with a cosine of {smooth} from step to step where the other has {rough}, but it wanders as far.",
                "모멘텀의 바닥은 {second}입니다. 큰 학습률의 {third}에 가깝고 {first}보다 훨씬 높습니다. 그래디언트 하나가 약 열 단계 동안 작용하므로 열 배의 몫을 가집니다. "
                "이웃한 걸음 사이의 코사인이 {smooth}이어서 {rough}인 쪽보다 경로가 매끄럽지만, 벗어나는 거리는 비슷합니다.",
            ),
            numbers={
                "low": lambda seen: seen.rate(1),
                "high": lambda seen: seen.rate(3),
                "mu": lambda seen: seen.setting(2, "momentum"),
                "first": lambda seen: floor(seen, 1),
                "second": lambda seen: floor(seen, 2),
                "third": lambda seen: floor(seen, 3),
                "smooth": lambda seen: alike(seen, 2),
                "rough": lambda seen: alike(seen, 3),
            },
            claims=(lambda seen: alike(seen, 2) > 0.5 > 0 > alike(seen, 3), lambda seen: floor(seen, 2) > 5 * floor(seen, 1)),
        ),
        Step(
            name="schedule",
            title=Both("Below the floor", "바닥 아래로"),
            scene=f"{BOWL}&steps=500&speed=4.0&lanes=2&1.rule=gradient_descent&1.lr=0.2&2.rule=gradient_descent&2.lr=0.2"
            "&2.schedule=step&2.schedule.every=100&2.schedule.factor=0.5",
            setting=Both(
                "Both begin at η = {rate}. The second halves its rate every {every} steps.",
                "둘 다 η = {rate}에서 시작합니다. 두 번째는 {every}단계마다 학습률을 절반으로 줄입니다.",
            ),
            question=Slide(
                Both("How many times lower does the second end?", "두 번째는 몇 배 낮은 곳에서 끝날까요?"),
                symbol="×",
                range=Range(1.0, 1000.0, log=True),
                answer=lambda seen: seen.mean_gap(1, END) / seen.mean_gap(2, END),
            ),
            happened=Both(
                "{ratio} times: {first} and {second} in the mean of the last {last} steps. Each halving of the rate opens the next floor, while the large rate at the start has made the way short.",
                "{ratio}배입니다. 마지막 {last}단계의 평균은 각각 {first}, {second}입니다. 학습률이 절반이 될 때마다 다음 바닥이 열리고, 처음의 큰 학습률은 내려가는 시간을 줄여 줍니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "every": lambda seen: seen.scheduled(2, "every"),
                "ratio": lambda seen: seen.mean_gap(1, END) / seen.mean_gap(2, END),
                "first": lambda seen: seen.mean_gap(1, END),
                "second": lambda seen: seen.mean_gap(2, END),
                "last": lambda seen: END,
            },
            claims=(lambda seen: seen.mean_gap(1, END) > 8 * seen.mean_gap(2, END),),
        ),
    )
