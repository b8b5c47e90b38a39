"""The boundary of trainability: off the quadratic the edge between rates that stay and rates that diverge is no line."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Array
from lessons.base import Both, Choice, Lesson, Option, Place, Step
from links.axes import axes_of
from links.entries import surface_of
from links.explore import EXPLORE
from optimizers.momentum import Momentum
from runs import Swept, swept

VALLEYS = "?surface=himmelblau&x=1.0&y=4.2&steps=200&speed=2.0"
MIDDLE = (0.02685, 0.4)  # rate and momentum, on the edge
HALF = (0.01, 0.2)  # of the whole map
SIDE = 40  # cells
BOWL = "explore?steps=200&measure=final&ax.low=0.002&ax.high=0.5&ay.high=0.9"


def window(part: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges of rate and momentum around the middle, of this part of the whole map."""
    return tuple((round(c - part * h, 9), round(c + part * h, 9)) for c, h in zip(MIDDLE, HALF, strict=True))  # pyright: ignore[reportReturnType]


@lru_cache
def swept_map(link: str) -> tuple[Array, Array, Swept]:
    """The first, coarse map of such a link, as the Explore page has it: rates (SIDE,), momenta (SIDE, 1), and what came of the runs."""
    flat = EXPLORE.read_link(link.partition("?")[2], "en")[0]
    rates, momenta = (axis.values(SIDE) for axis in axes_of(flat))
    rule = Momentum(lr=rates, momentum=momenta[:, None])
    return rates, momenta[:, None], swept(rule, surface_of(flat), (flat["x"], flat["y"]), flat["steps"])


def divided() -> bool:
    """Whether the line η λmax = 2 + 2μ parts the bowl's runs that come nearer from those that do not."""
    flat = EXPLORE.read_link(BOWL.partition("?")[2], "en")[0]
    rates, momenta, found = swept_map(BOWL)
    surface = surface_of(flat)
    steepest = np.linalg.eigvalsh(surface.hessian(np.zeros(2)))[1]
    nearer = found.final_loss < surface.value(np.array([flat["x"], flat["y"]]))
    return bool((nearer == (rates * steepest < 2 + 2 * momenta)).all())


def share(part: float) -> float:
    """Which part of the cells of such a map diverges, as the Explore page's first, coarse map has them."""
    return float(np.isfinite(swept_map(explored(part))[2].diverged_at).mean())


def percent(part: float) -> str:
    return f"{100 * share(part):.0f} %"


def explored(part: float) -> str:
    """The map of such a window, as a link."""
    (left, right), (low, high) = window(part)
    return f"explore?surface=himmelblau&ax.low={left!r}&ax.high={right!r}&ay.low={low!r}&ay.high={high!r}"


class Trainability(Lesson):
    """Where training fails: on a quadratic beyond a line, elsewhere beyond a fractal."""

    place = 21
    title = Both("The boundary of trainability", "학습 가능성의 경계")
    idea = Both(
        "On a quadratic one number divides the rates that work from those that do not; on any other surface the border has no end of detail.",
        "이차 함수에서는 수 하나가 되는 학습률과 안 되는 학습률을 나눕니다. 다른 곡면에서는 그 경계가 끝없이 세밀합니다.",
    )
    minutes = 7
    after = ("learning_rate", "momentum")
    reference = "Sohl-Dickstein, The boundary of neural network trainability is fractal, arXiv:2402.06184, 2024"
    steps = (
        Step(
            name="three_rates",
            title=Both("Three rates, side by side", "나란히 놓은 세 학습률"),
            scene=f"{VALLEYS}&lanes=3&1.rule=momentum&1.lr=0.0267&1.momentum=0.4&2.rule=momentum&2.lr=0.0268&2.momentum=0.4&3.rule=momentum&3.lr=0.0269&3.momentum=0.4",
            setting=Both(
                "Himmelblau's four valleys, momentum with μ = {mu}, and three rates that differ in the fourth decimal only: {first}, {second} and {third}.",
                "골짜기가 네 개인 힘멜블라우 함수에서, μ = {mu}인 모멘텀을 소수점 아래 넷째 자리만 다른 세 학습률 {first}, {second}, {third}로 실행합니다.",
            ),
            question=Choice(
                Both("Which of them come to rest in a valley?", "이 가운데 골짜기에 멈추는 것은 어느 것일까요?"),
                options=(
                    Option(
                        Both("All or none: they hardly differ", "모두 멈추거나 모두 못 멈춥니다. 거의 같은 값이기 때문입니다"),
                        lambda seen: len({seen.kind(i) for i in (1, 2, 3)}) == 1,
                    ),
                    Option(
                        Both("The smaller ones: a rate is too large from some value on", "작은 쪽이 멈춥니다. 어떤 값부터는 너무 크기 때문입니다"),
                        lambda seen: seen.kind(1) == "reached" and seen.kind(3) == "diverged",
                    ),
                    Option(
                        Both("Only the one in the middle", "가운데 것만 멈춥니다"),
                        lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["diverged", "reached", "diverged"],
                    ),
                    Option(
                        Both("Only the largest", "가장 큰 것만 멈춥니다"),
                        lambda seen: [seen.kind(i) for i in (1, 2)] == ["diverged"] * 2 and seen.kind(3) == "reached",
                    ),
                ),
            ),
            happened=Both(
                "{first} diverges at step {gone}, {second} is at a minimum from step {there} on, and {third} diverges again, at step {late}. "
                "There is no rate here of which one could say: below it works, above it does not.",
                "{first}에서는 {gone}단계에 발산하고, {second}에서는 {there}단계부터 최소점에 있으며, {third}에서는 {late}단계에 다시 발산합니다. "
                "여기에는 ‘이보다 작으면 되고 크면 안 된다’고 말할 수 있는 학습률이 없습니다.",
            ),
            numbers={
                "mu": lambda seen: seen.setting(1, "momentum"),
                "first": lambda seen: seen.rate(1),
                "second": lambda seen: seen.rate(2),
                "third": lambda seen: seen.rate(3),
                "gone": lambda seen: seen.since(1),
                "there": lambda seen: seen.since(2),
                "late": lambda seen: seen.since(3),
            },
            claims=(lambda seen: seen.rate(1) < seen.rate(2) < seen.rate(3), lambda seen: seen.rate(3) - seen.rate(1) < 3e-4),
            try_it=Both(
                "Move the middle rate by the smallest steps you can type. How often does it change sides?",
                "가운데 학습률을 입력할 수 있는 가장 작은 폭으로 바꿔 보세요. 얼마나 자주 편이 바뀌나요?",
            ),
            tried=("2.lr",),
            say=Both(
                "Most classes settle on the second answer, and defend it well: it is true of every quadratic. Let somebody say why it need not hold here: "
                "the first steps throw the run from valley to valley, and where it lands hangs on the last digit.",
                "대부분 두 번째 답을 고르고 근거도 잘 댑니다. 이차 함수에서는 늘 맞는 말이기 때문입니다. 여기서는 왜 성립하지 않는지 학생이 말하게 하세요. "
                "처음 몇 걸음이 경로를 골짜기에서 골짜기로 던지고, 어디에 떨어지는지가 마지막 자리에 달려 있습니다.",
            ),
        ),
        Step(
            name="line",
            title=Both("On a quadratic: a line", "이차 함수에서는 선 하나"),
            scene=BOWL,
            setting=Both(
                "A map of runs: each cell is a whole run of momentum on the bowl, with its rate to the right and its momentum upwards. "
                "The line is where theory has the edge, η λmax = 2 + 2μ.",
                "실행의 지도입니다. 칸 하나가 그릇 모양 곡면에서의 모멘텀 실행 하나이고, 오른쪽은 학습률, 위쪽은 모멘텀입니다. 선은 이론이 말하는 경계 η λmax = 2 + 2μ입니다.",
            ),
            happened=Both(
                "Left of the line every run comes nearer, right of it none does. One number for each μ says it all, since every part of the bowl looks like the whole.",
                "선의 왼쪽에서는 모든 실행이 가까워지고 오른쪽에서는 하나도 그렇지 않습니다. μ마다 수 하나면 충분합니다. 그릇은 어느 부분을 보아도 전체와 닮았기 때문입니다.",
            ),
            say=Both(
                "Point at cells on both sides of the line: the run appears beside the map.",
                "선 양쪽의 칸을 가리켜 보세요. 그 실행이 지도 옆에 나타납니다.",
            ),
        ),
        Step(
            name="fractal",
            title=Both("On Himmelblau's surface", "힘멜블라우 함수에서는"),
            scene=explored(1.0),
            setting=Both(
                "The same map on the four valleys, around the rates of the first step. Of its cells about {whole} diverge.",
                "네 골짜기에서 그린 같은 지도로, 첫 단계의 학습률 둘레입니다. 칸의 약 {whole}가 발산합니다.",
            ),
            question=Choice(
                Both("Zoom in a thousandfold at the edge. What is there to see?", "경계를 천 배로 확대하면 무엇이 보일까요?"),
                options=(
                    Option(
                        Both("One side works, the other does not: a line after all", "한쪽은 되고 다른 쪽은 안 됩니다. 결국은 선입니다"),
                        lambda seen: not 0.1 < share(0.001) < 0.9,
                    ),
                    Option(
                        Both("Both kinds, as much of a mixture as before", "두 가지가 전과 다름없이 섞여 있습니다"),
                        lambda seen: 0.1 < share(0.001) < 0.9,
                    ),
                ),
            ),
            happened=Both(
                "Wherever the edge is looked at more closely there is more of it. The next step shows it a thousand times as large.",
                "경계는 자세히 볼수록 더 많은 것을 드러냅니다. 다음 단계에서 천 배로 봅니다.",
            ),
            numbers={"whole": lambda seen: percent(1.0)},
            claims=(lambda seen: 0.1 < share(1.0) < 0.9,),
        ),
        Step(
            name="zoomed",
            title=Both("A thousand times as large", "천 배로 확대하면"),
            scene=explored(0.001),
            setting=Both(
                "A thousandth of the map in each direction: of these cells about {part} diverge.",
                "가로세로 천분의 일의 지도입니다. 이 칸들의 약 {part}가 발산합니다.",
            ),
            happened=Both(
                "On networks it is the same: the border between learning and divergence, drawn over two of their rates, is a fractal through all "
                "magnifications that double precision bears. For practice it says: keep a distance from the edge, for nobody knows where it is.",
                "신경망에서도 마찬가지입니다. 두 학습률 위에 그린 학습과 발산의 경계는 배정밀도가 견디는 모든 배율에서 프랙탈입니다. "
                "실무의 교훈은 이렇습니다. 경계가 어디인지 아무도 모르니 떨어져 있으세요.",
            ),
            try_it=Both(
                "Zoom on with the wheel, until a sentence says that double precision ends.",
                "배정밀도가 끝난다는 문장이 나올 때까지 마우스 휠로 더 확대해 보세요.",
            ),
            numbers={"part": lambda seen: percent(0.001)},
            claims=(lambda seen: 0.1 < share(0.001) < 0.9,),
        ),
        Step(
            name="near",
            title=Both("How far does a start reach?", "출발점은 어디까지 이끌까요?"),
            scene=f"{VALLEYS}&lanes=2&1.rule=momentum&1.lr=0.0268&1.momentum=0.4&2.rule=momentum&2.lr=0.01&2.momentum=0.4",
            setting=Both(
                "Once more the rate {close}, which stayed, and {far}, well below the edge.",
                "멈추었던 학습률 {close}과 경계보다 훨씬 작은 {far}을 다시 봅니다.",
            ),
            question=Place(Both("Four valleys: in which one does each run end?", "골짜기가 네 개입니다. 각 실행은 어디에서 끝날까요?")),
            happened=Both(
                "The low rate goes down into the valley at hand and is there from step {calm} on. The other one, thrown about at first, is at rest from step {wild}.",
                "작은 학습률은 가까운 골짜기로 내려가 {calm}단계부터 그곳에 있습니다. 다른 쪽은 처음에 이리저리 던져지다가 {wild}단계부터 멈춥니다.",
            ),
            numbers={
                "close": lambda seen: seen.rate(1),
                "far": lambda seen: seen.rate(2),
                "wild": lambda seen: seen.since(1),
                "calm": lambda seen: seen.since(2),
            },
            claims=(
                lambda seen: seen.kind(1) == seen.kind(2) == "reached",
                lambda seen: (
                    int(np.hypot(*(seen.race.surface.minima().T - np.array(seen.race.start)).T).argmin())
                    == int(np.hypot(*(seen.race.surface.minima().T - seen.path(2)[-1]).T).argmin())
                ),
            ),
        ),
    )
