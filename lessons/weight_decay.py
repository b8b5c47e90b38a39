"""Weight decay: in Adam's gradient it fades, beside it (AdamW) it does not."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Lesson, Place, Slide, Step
from lessons.parts.seen import Seen

FLAT = "?surface=custom&surface.text=0%2Ax&x=2&y=2"


def mean_x(seen: Seen, i: int) -> float:
    """Where thirty runs of a lane end along x, in the mean."""
    return float(seen.many(i).path[-1, 0].mean())


def shrunk(seen: Seen, i: int) -> float:
    """What (1 − ηλ)ᵗ leaves of the start."""
    return float(seen.path(i)[0, 0] * (1 - seen.rate(i) * seen.setting(i, "weight_decay")) ** seen.steps)


def pulled(seen: Seen, i: int) -> tuple[float, float]:
    """How far from the minimum of lane 1 a lane ends, along x and along y."""
    x, y = np.abs(seen.path(1)[-1] - seen.path(i)[-1])
    return float(x), float(y)


class WeightDecayLesson(Lesson):
    """Why adding λp to Adam's gradient is not weight decay, and what AdamW does instead."""

    place = 13
    title = Both("Weight decay: Adam with L2 against AdamW", "가중치 감쇠: L2를 더한 Adam과 AdamW")
    idea = Both(
        "What is added to Adam's gradient is divided by √v̂ with it, so that L2 fades where gradients are large; AdamW shrinks the weights beside the gradient.",
        "Adam의 그래디언트에 더한 것은 √v̂로 함께 나누어지므로, 그래디언트가 큰 곳에서는 L2가 약해집니다. AdamW는 그래디언트와 따로 가중치를 줄입니다.",
    )
    minutes = 6
    after = ("adam",)
    reference = "Loshchilov, Hutter, Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2 and proposition 1"
    steps = (
        Step(
            name="flat",
            title=Both("Nothing but the decay", "감쇠만 있을 때"),
            scene=f"{FLAT}&steps=300&speed=4.0&lanes=4&hide=curves&1.rule=adam&1.lr=0.01&1.weight_decay=0.3&2.rule=adam&2.lr=0.01&2.weight_decay=0.003"
            "&3.rule=adamw&3.lr=0.01&3.weight_decay=0.3&4.rule=adamw&4.lr=0.01&4.weight_decay=0.003",
            setting=Both(
                "The loss is 0 everywhere: only weight decay moves the point towards the origin. Adam adds λp to the gradient (L2), AdamW takes ηλp off the point. "
                "Each once with λ = {high}, and once with λ = {low}, a hundred times weaker.",
                "손실은 어디서나 0이므로 가중치 감쇠만이 점을 원점 쪽으로 움직입니다. Adam은 그래디언트에 λp를 더하고(L2), AdamW는 점에서 ηλp를 뺍니다. "
                "각각 λ = {high}일 때와, 백 배 약한 λ = {low}일 때를 비교합니다.",
            ),
            question=Place(
                Both(
                    "Where are the two Adams after {steps} steps? Mark both places.",
                    "두 Adam은 {steps}단계 뒤 어디에 있을까요? 두 곳을 표시하세요.",
                ),
                lanes=(1, 2),
            ),
            happened=Both(
                "At the same place: x = {adam_high} and {adam_low}. Where λp is all the gradient there is, m̂/√v̂ is its sign, and λ drops out. "
                "AdamW ends at {adamw_high} and {adamw_low}: each step leaves 1 − ηλ of the point, strong decay or weak as it was asked for.",
                "같은 곳에 있습니다. x = {adam_high}, {adam_low}입니다. 그래디언트가 λp뿐이면 m̂/√v̂는 그 부호가 되어 λ가 사라집니다. "
                "AdamW의 마지막 x는 {adamw_high}, {adamw_low}입니다. 매 단계 점의 1 − ηλ배를 남기므로 감쇠의 세기가 λ대로입니다.",
            ),
            numbers={
                "high": lambda seen: seen.setting(1, "weight_decay"),
                "low": lambda seen: seen.setting(2, "weight_decay"),
                "steps": lambda seen: seen.steps,
                "adam_high": lambda seen: seen.path(1)[-1, 0],
                "adam_low": lambda seen: seen.path(2)[-1, 0],
                "adamw_high": lambda seen: seen.path(3)[-1, 0],
                "adamw_low": lambda seen: seen.path(4)[-1, 0],
            },
            claims=(
                lambda seen: bool(np.isclose(seen.setting(1, "weight_decay"), 100 * seen.setting(2, "weight_decay"))),
                lambda seen: bool(np.allclose(seen.path(1), seen.path(2), atol=1e-4)),
                lambda seen: all(bool(np.isclose(seen.path(i)[-1, 0], shrunk(seen, i))) for i in (3, 4)),
            ),
            try_it=Both("Move λ of the first lane, then of the third.", "첫 번째 레인의 λ를, 그다음 세 번째 레인의 λ를 바꿔 보세요."),
            tried=("1.weight_decay", "3.weight_decay"),
            say=Both(
                "Everybody has learnt that L2 and weight decay are the same. For gradient descent they are, λ rescaled by η. Ask which line of Adam breaks that.",
                "누구나 L2와 가중치 감쇠가 같다고 배웠습니다. 경사 하강법에서는 λ를 η만큼 조정하면 같습니다. Adam의 어느 줄에서 그것이 깨지는지 물어보세요.",
            ),
        ),
        Step(
            name="fades",
            title=Both("Large gradients", "그래디언트가 클 때"),
            scene=f"{FLAT}&noise=5&many=1&steps=500&speed=4.0&lanes=2&hide=curves&1.rule=adam&1.lr=0.01&1.weight_decay=0.3&2.rule=adamw&2.lr=0.01&2.weight_decay=0.3",
            setting=Both(
                "Now every gradient has noise of σ = {sigma}, as mini-batches give it, and λ = {decay}. In the mean of thirty runs AdamW takes x from {start} to {adamw}, "
                "as it does without noise.",
                "이제 그래디언트마다 미니배치에서처럼 σ = {sigma}의 잡음이 있고, λ = {decay}입니다. 서른 번의 평균에서 AdamW는 x를 {start}에서 {adamw}까지 줄입니다. "
                "잡음이 없을 때와 거의 같습니다.",
            ),
            question=Slide(
                Both("And where do the thirty runs of Adam with L2 end, in the mean?", "L2를 더한 Adam 서른 번의 평균은 어디에서 끝날까요?"),
                symbol="x",
                range=Range(0.0, 2.0),
                answer=lambda seen: mean_x(seen, 1),
            ),
            happened=Both(
                "At {adam}: there is hardly any decay left. √v̂ is about σ now, and λp is divided by it with the rest. "
                "The larger a weight's gradients, the less it is held, which is the reverse of what regularization is for.",
                "{adam}입니다. 감쇠가 거의 남지 않습니다. 이제 √v̂는 σ 정도이고, λp도 나머지와 함께 그것으로 나누어집니다. "
                "그래디언트가 큰 가중치일수록 덜 붙잡게 되어, 규제의 목적과 반대가 됩니다.",
            ),
            numbers={
                "sigma": lambda seen: seen.race.noise,
                "decay": lambda seen: seen.setting(1, "weight_decay"),
                "start": lambda seen: seen.path(1)[0, 0],
                "adamw": lambda seen: mean_x(seen, 2),
                "adam": lambda seen: mean_x(seen, 1),
            },
            claims=(
                lambda seen: abs(mean_x(seen, 2) - shrunk(seen, 2)) < 0.05,
                lambda seen: mean_x(seen, 1) > 1.4,
                lambda seen: 0.7 * seen.race.noise < np.sqrt(seen.state(1, "v_hat", seen.steps)).mean() < 1.3 * seen.race.noise,
            ),
            say=Both(
                "Name the two things that stand over √v̂: the gradient and λp. Students see that the first is made the size of η; have them say what becomes of the second.",
                "√v̂로 나누어지는 두 가지, 그래디언트와 λp를 짚어 주세요. 앞의 것이 η 크기로 맞추어지는 것은 학생들도 압니다. 뒤의 것은 어떻게 되는지 말하게 하세요.",
            ),
        ),
        Step(
            name="minimum",
            title=Both("Steep and gentle", "가파른 쪽과 완만한 쪽"),
            scene="?surface=custom&surface.text=((x-1)%5E2%2B10*(y-1)%5E2)/2&surface.reach=2&x=-1.5&y=-1&steps=600&speed=4.0&lanes=3"
            "&1.rule=adam&1.lr=0.05&2.rule=adam&2.lr=0.05&2.weight_decay=0.3&3.rule=adamw&3.lr=0.05&3.weight_decay=0.3",
            setting=Both(
                "A bowl around (1, 1), ten times as steep along y as along x. Adam without decay, Adam with L2, and AdamW, the last two with λ = {decay}.",
                "(1, 1)을 중심으로 한 그릇으로, y 방향의 곡률이 x 방향의 열 배입니다. 감쇠가 없는 Adam, L2를 더한 Adam, 그리고 AdamW입니다. 뒤의 둘은 λ = {decay}입니다.",
            ),
            question=Place(
                Both("Where do the two with decay end? Mark both places.", "감쇠가 있는 둘은 어디에서 멈출까요? 두 곳을 표시하세요."),
                lanes=(2, 3),
            ),
            happened=Both(
                "L2 is part of the loss, and its minimum lies elsewhere: {l2_x} off along x, only {l2_y} along y. AdamW holds both coordinates about equally: "
                "{adamw_x} and {adamw_y}. That place is the minimum of the loss neither with the penalty nor without: decay and step cancel there.",
                "L2는 손실의 일부이므로 최소점 자체가 옮겨 갑니다. x 방향으로 {l2_x}, y 방향으로는 {l2_y}만큼입니다. AdamW는 두 좌표를 비슷하게 당겨 "
                "{adamw_x}, {adamw_y}만큼 벗어납니다. 그곳은 벌점이 있는 손실의 최소점도, 없는 손실의 최소점도 아니고, 감쇠와 걸음이 상쇄되는 곳입니다.",
            ),
            numbers={
                "decay": lambda seen: seen.setting(2, "weight_decay"),
                "l2_x": lambda seen: pulled(seen, 2)[0],
                "l2_y": lambda seen: pulled(seen, 2)[1],
                "adamw_x": lambda seen: pulled(seen, 3)[0],
                "adamw_y": lambda seen: pulled(seen, 3)[1],
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached", "weight decay", "weight decay"],
                lambda seen: bool(
                    np.allclose(seen.path(2)[-1], np.array([1, 10]) / (np.array([1, 10]) + seen.setting(2, "weight_decay")), atol=1e-6)
                ),
                lambda seen: pulled(seen, 2)[0] > 5 * pulled(seen, 2)[1],
                lambda seen: 0.5 < pulled(seen, 3)[0] / pulled(seen, 3)[1] < 2,
            ),
            try_it=Both("Change λ and η of AdamW: both move the place where it stays.", "AdamW의 λ와 η를 바꿔 보세요. 둘 다 멈추는 곳을 옮깁니다."),
            tried=("3.weight_decay", "3.lr"),
            say=Both(
                "Do not leave it at “AdamW is right, Adam is wrong”. L2 is a penalty in the loss, decay is a rule for the weights; under Adam these are two things.",
                "“AdamW가 옳고 Adam은 틀렸다”로 끝내지 마세요. L2는 손실의 벌점이고 감쇠는 가중치에 대한 규칙입니다. Adam에서는 이 둘이 서로 다릅니다.",
            ),
        ),
    )
