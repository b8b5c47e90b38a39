"""Adadelta: no rate to set, and what sets it instead."""

from __future__ import annotations

from math import sqrt

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Sketch, Slide, Step
from lessons.parts.seen import Seen


def first(seen: Seen, i: int) -> float:
    """√ε/√(1 − ρ), the first step where the slope is not tiny."""
    return sqrt(seen.setting(i, "eps")) / sqrt(1 - seen.setting(i, "decay"))


def least(seen: Seen, i: int) -> int:
    """The step at which f is least."""
    return int(seen.run(i).loss.argmin())


class AdadeltaLesson(Lesson):
    """Steps in the units of the parameters, and the small number that took over from the rate."""

    place = 11
    title = Both("Adadelta: no rate to set?", "Adadelta: 학습률이 필요 없다?")
    idea = Both(
        "Adadelta takes the length of its steps from its past steps; what sets the first ones is ε, so that the rate is not gone but hidden.",
        "Adadelta는 걸음의 길이를 지난 걸음들에서 정합니다. 첫 걸음들을 정하는 것은 ε이므로, 학습률은 없어진 것이 아니라 숨어 있습니다.",
    )
    minutes = 5
    after = ("rmsprop",)
    reference = "Zeiler, ADADELTA: An Adaptive Learning Rate Method, arXiv 1212.5701, 2012, algorithm 1 and section 3.2"
    steps = (
        Step(
            name="first_step",
            title=Both("From past steps", "지난 걸음에서"),
            scene="?surface=bowl&steps=200&speed=2.0&lanes=2&1.rule=adadelta&1.lr=1&2.rule=rmsprop&2.lr=0.01&2.decay=0.9",
            setting=Both(
                "RMSprop steps by η g/√v, whatever the units of the parameters. Adadelta puts the root of a mean of its own past squared steps, u, in place of η: "
                "Δ = √(u + ε)/√(v + ε) · g. The η that is left is a factor, {rate} in the paper.",
                "RMSprop은 매개변수의 단위와 상관없이 η g/√v만큼 움직입니다. Adadelta는 η 자리에 자기의 지난 걸음 제곱의 평균 u의 제곱근을 넣습니다. "
                "Δ = √(u + ε)/√(v + ε) · g. 남아 있는 η는 논문에서 {rate}인 배수일 뿐입니다.",
            ),
            question=Slide(
                Both(
                    "No step has been taken yet. How long is the first one along x, with η = {rate}?",
                    "아직 한 걸음도 걷지 않았습니다. η = {rate}일 때 첫걸음은 x 방향으로 얼마일까요?",
                ),
                symbol="|Δx|",
                range=Range(1e-4, 10.0, log=True),
                answer=lambda seen: abs(seen.moved(1)[0]),
            ),
            happened=Both(
                "{first}: u is still 0, and what stands in its place is ε = {eps}. So the first step is √ε/√(1 − ρ). From then on a step can be longer only because the last ones were: "
                "by step {half} x has moved by {moved}, with RMSprop by {rmsprop}.",
                "{first}입니다. u가 아직 0이므로 그 자리에는 ε = {eps}만큼만 있고, 첫걸음은 √ε/√(1 − ρ)입니다. 그 뒤의 걸음은 지난 걸음들이 길었던 만큼만 길어질 수 있습니다. "
                "{half}단계까지 x는 {moved}만큼 움직였고, RMSprop은 {rmsprop}만큼 움직였습니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "first": lambda seen: abs(seen.moved(1)[0]),
                "eps": lambda seen: seen.setting(1, "eps"),
                "half": lambda seen: 100,
                "moved": lambda seen: seen.path(1)[100, 0] - seen.path(1)[0, 0],
                "rmsprop": lambda seen: seen.path(2)[100, 0] - seen.path(2)[0, 0],
            },
            claims=(
                lambda seen: bool(np.isclose(abs(seen.moved(1)[0]), first(seen, 1), rtol=1e-3)),
                lambda seen: seen.path(1)[100, 0] < seen.path(2)[100, 0],
            ),
            say=Both(
                "The paper's argument is about units: g has those of 1/p, so g/√v has none, and something with the units of p must stand before it. Ask which number that is at the start.",
                "논문의 논거는 단위입니다. g의 단위는 1/p이므로 g/√v에는 단위가 없고, 앞에 p의 단위를 가진 것이 있어야 합니다. 처음에는 그것이 어떤 수인지 물어보세요.",
            ),
        ),
        Step(
            name="twin",
            title=Both("What sets the pace", "무엇이 보폭을 정하나"),
            scene="?surface=bowl&steps=200&speed=2.0&lanes=4&1.rule=adadelta&1.lr=1&2.rule=adadelta&2.lr=1&2.eps=1e-4&3.rule=adadelta&3.lr=10&4.rule=adadelta&4.lr=100",
            setting=Both(
                "Four times Adadelta: as in the paper; with ε = {eps}, a hundred times the usual; with η = {ten}; with η = {hundred}.",
                "네 개의 Adadelta입니다. 논문대로, ε을 보통의 백 배인 {eps}까지 키운 것, η = {ten}인 것, η = {hundred}인 것입니다.",
            ),
            question=Choice(
                Both("Whose path is nearly that of the second, with the larger ε?", "ε을 키운 두 번째 레인과 거의 같은 경로를 가는 것은 무엇일까요?"),
                options=(
                    Option(
                        Both("The first: ε only avoids a division by zero", "첫 번째 레인: ε은 0으로 나누는 것을 막을 뿐이므로"),
                        lambda seen: seen.apart(2, 1) < 0.05,
                    ),
                    Option(Both("The one with η = {ten}", "η = {ten}인 것"), lambda seen: seen.apart(2, 3) < 0.05),
                    Option(Both("The one with η = {hundred}", "η = {hundred}인 것"), lambda seen: seen.apart(2, 4) < 0.05),
                ),
            ),
            happened=Both(
                "The one with η = {ten}: the two are never further apart than {apart}. ε under the root sets the first steps, and all others grow out of these: "
                "ε times a hundred does what η times ten does, its root. With η = {hundred} f ends at {wild}. So there is a rate to set; it is called ε.",
                "η = {ten}인 것입니다. 둘은 가장 멀 때에도 {apart}만큼만 떨어집니다. 제곱근 안의 ε이 첫 걸음들을 정하고, 나머지는 거기에서 자라납니다. "
                "ε을 백 배 한 것은 그 제곱근만큼, 곧 η를 열 배 한 것과 같습니다. η = {hundred}이면 마지막 f는 {wild}입니다. 정해야 할 학습률은 있습니다. 이름이 ε일 뿐입니다.",
            ),
            numbers={
                "eps": lambda seen: seen.setting(2, "eps"),
                "ten": lambda seen: seen.rate(3),
                "hundred": lambda seen: seen.rate(4),
                "apart": lambda seen: seen.apart(2, 3),
                "wild": lambda seen: seen.f(4),
            },
            claims=(
                lambda seen: bool(np.isclose(seen.setting(2, "eps"), 100 * seen.setting(1, "eps"))),
                lambda seen: seen.rate(3) == 10 * seen.rate(1),
                lambda seen: seen.f(4) > seen.f(4, 0),
            ),
            try_it=Both("Which η of the first lane brings it near f* soonest?", "첫 번째 레인의 η가 얼마일 때 f*에 가장 빨리 가까워지나요?"),
            tried=("1.lr",),
            say=Both(
                "Half the class will say that ε is there for safety and never matters. Let them vote, and then show lanes two and three on one map.",
                "절반은 ε이 안전장치일 뿐 중요하지 않다고 말할 것입니다. 투표하게 한 뒤 두 번째와 세 번째 레인을 한 지도에서 보여 주세요.",
            ),
        ),
        Step(
            name="leaves",
            title=Both("It does not stay", "머물지 않습니다"),
            scene="?surface=bowl&steps=1000&speed=8.0&lanes=1&1.rule=adadelta&1.lr=1&1.eps=1e-4",
            setting=Both(
                "The one with ε = {eps} alone, for {steps} steps. It is quick to come near the minimum.",
                "ε = {eps}인 것만 {steps}단계까지 봅니다. 최소점 가까이에는 빨리 옵니다.",
            ),
            question=Sketch(Both("Draw its curve of f − f* over all {steps} steps.", "{steps}단계 동안의 f − f* 곡선을 그려 보세요."), lane=1),
            happened=Both(
                "At step {least} f − f* is {low}; at step {steps} it is {end}. It hops across the floor, and hops count as past steps: u keeps them, "
                "and each hop may be a little longer than the last. Nothing in the rule makes it small again. A schedule would.",
                "{least}단계에 f − f*는 {low}이고, {steps}단계에는 {end}입니다. 바닥을 건너뛰는 것도 지난 걸음으로 u에 남으므로 건너뛰는 길이가 조금씩 길어집니다. "
                "이 기법에는 그것을 다시 줄이는 것이 없습니다. 스케줄이 있어야 합니다.",
            ),
            numbers={
                "eps": lambda seen: seen.setting(1, "eps"),
                "steps": lambda seen: seen.steps,
                "least": lambda seen: least(seen, 1),
                "low": lambda seen: seen.gap(1, least(seen, 1)),
                "end": lambda seen: seen.gap(1),
            },
            claims=(
                lambda seen: least(seen, 1) < 300,
                lambda seen: seen.gap(1) > 20 * seen.gap(1, least(seen, 1)),
                lambda seen: seen.turns(1, 1) > 500,
                lambda seen: bool(np.abs(np.diff(seen.path(1)[-20:, 1])).mean() > 2 * np.abs(np.diff(seen.path(1)[280:300, 1])).mean()),
            ),
            try_it=Both("With a smaller η or a smaller ρ: does it stay?", "η나 ρ를 줄이면 머무나요?"),
            tried=("1.lr", "1.decay"),
            say=Both(
                "Most draw a curve that falls and stays. Ask what in the rule would tell it to stop: the rate is fixed at a factor, and u remembers the hops.",
                "대부분 내려가서 머무는 곡선을 그립니다. 이 기법의 무엇이 멈추게 하는지 물어보세요. η는 고정된 배수이고, u는 건너뛴 걸음들을 기억합니다.",
            ),
        ),
    )
