"""Local minima: who stays, who gets away, and what momentum and noise cost."""

from __future__ import annotations

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Place, Slide, Step

WELLS = "?surface=two_wells"


class LocalMinimum(Lesson):
    """Which well a run ends in, and what decides it."""

    place = 5
    title = Both("Local minima", "지역 최소점")
    idea = Both(
        "A rule sees only the slope where it is: momentum and noise can carry it over a hill, out of a good well as easily as out of a bad one.",
        "기법은 자기 자리의 기울기만 봅니다. 모멘텀과 잡음은 언덕을 넘게 해 주지만, 나쁜 우물에서만이 아니라 좋은 우물에서도 끌어냅니다.",
    )
    minutes = 7
    after = ("learning_rate",)
    reference = "Polyak, Some methods of speeding up the convergence of iteration methods, 1964; Goodfellow, Bengio, Courville, Deep Learning, 2016, section 8.2.2"
    steps = (
        Step(
            name="hill",
            title=Both("Two wells", "두 우물"),
            scene=f"{WELLS}&x=1.7&y=0&steps=300&speed=2.0&lanes=2&1.rule=gradient_descent&1.lr=0.02&2.rule=momentum&2.lr=0.02",
            setting=Both(
                "Two wells, the deeper one at the left. Both runs start on the right, above the shallower well, with the same η = {rate}.",
                "우물이 둘 있고 왼쪽이 더 깊습니다. 두 실행은 같은 η = {rate}로 오른쪽, 얕은 우물 위에서 출발합니다.",
            ),
            question=Place(Both("Where does each of them end? Mark it on its map.", "각각 어디에서 끝날까요? 지도에 표시하세요.")),
            happened=Both(
                "Gradient descent is in the local minimum from step {stays} on: the slope is zero there, and it knows nothing else. "
                "Momentum comes through the same place at speed. There v is still {v} long, it rolls over the hill, and is at f* from step {there} on.",
                "경사 하강법은 {stays}단계부터 지역 최소점에 있습니다. 그곳의 기울기는 0이고, 경사 하강법은 그것밖에 모릅니다. "
                "모멘텀은 같은 곳을 빠르게 지나갑니다. 그때 v의 길이는 아직 {v}이며, 언덕을 넘어 {there}단계부터 f*에 있습니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "stays": lambda seen: seen.since(1),
                "there": lambda seen: seen.since(2),
                "v": lambda seen: seen.size(2, "v", 8),
            },
            claims=(
                lambda seen: seen.kind(1) == "local minimum",
                lambda seen: seen.kind(2) == "reached",
                lambda seen: seen.rate(1) == seen.rate(2),
                lambda seen: abs(seen.state(2, "g", 8)[0]) < 0.05,
            ),
            try_it=Both(
                "How little momentum is enough to get over the hill? And how low a rate?",
                "언덕을 넘는 데 모멘텀은 얼마면 될까요? 학습률은 얼마까지 낮출 수 있나요?",
            ),
            tried=("2.momentum", "2.lr"),
            say=Both(
                "Most say that momentum 'finds' the deeper well. It does not look for it: it is too fast to stay in this one.",
                "모멘텀이 더 깊은 우물을 ‘찾아낸다’고 말하는 학생이 많습니다. 찾는 것이 아니라, 너무 빨라서 이 우물에 머물지 못하는 것입니다.",
            ),
        ),
        Step(
            name="price",
            title=Both("Momentum's price", "모멘텀의 대가"),
            scene=f"{WELLS}&x=-1.6&y=-1&steps=300&speed=2.0&lanes=3&1.rule=gradient_descent&1.lr=0.02&2.rule=momentum&2.lr=0.02&3.rule=nesterov&3.lr=0.02",
            setting=Both(
                "Now all start on the left, next to the deeper well: gradient descent, momentum and Nesterov.",
                "이번에는 모두 왼쪽, 깊은 우물 곁에서 출발합니다. 경사 하강법, 모멘텀, 네스테로프입니다.",
            ),
            question=Choice(
                Both("Which of them ends in the shallower well?", "얕은 우물에서 끝나는 것은 누구일까요?"),
                options=(
                    Option(
                        Both("None: the deeper one is at hand", "아무도 없습니다. 깊은 쪽이 바로 곁에 있습니다"),
                        lambda seen: all(seen.kind(i) == "reached" for i in (1, 2, 3)),
                    ),
                    Option(
                        Both("Momentum", "모멘텀"),
                        lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["reached", "local minimum", "reached"],
                    ),
                    Option(Both("Momentum and Nesterov", "모멘텀과 네스테로프"), lambda seen: seen.kind(2) == seen.kind(3) == "local minimum"),
                ),
            ),
            happened=Both(
                "Momentum: the speed that carried it over the hill before carries it out of the good well now, and it ends {gap} above f*. "
                "Gradient descent is at f* from step {descent} on. Nesterov, which looks where it is going before it steps, brakes in time: step {nesterov}.",
                "모멘텀입니다. 앞에서 언덕을 넘게 해 준 속도가 이번에는 좋은 우물에서 끌어내, f*보다 {gap} 높은 곳에서 끝납니다. "
                "경사 하강법은 {descent}단계부터 f*에 있습니다. 걸음을 내딛기 전에 갈 곳을 보는 네스테로프는 제때 속도를 줄여 {nesterov}단계에 도달합니다.",
            ),
            numbers={
                "gap": lambda seen: seen.gap(2),
                "descent": lambda seen: seen.since(1),
                "nesterov": lambda seen: seen.since(3),
            },
            claims=(lambda seen: seen.kind(1) == seen.kind(3) == "reached", lambda seen: seen.kind(2) == "local minimum"),
        ),
        Step(
            name="noise",
            title=Both("Noise frees", "잡음이 풀어 줍니다"),
            scene=f"{WELLS}&x=1.7&y=1&noise=3&many=1&steps=1000&speed=8.0&lanes=2&1.rule=gradient_descent&1.lr=0.05&2.rule=gradient_descent&2.lr=0.05&2.quiet=1",
            setting=Both(
                "Gradient descent with a noisy gradient, σ = {sigma}, {runs} runs at once; beside it the same without noise. All start above the shallower well.",
                "그래디언트에 σ = {sigma}의 잡음이 있는 경사 하강법을 {runs}번 함께 실행하고, 곁에는 잡음이 없는 것을 둡니다. 모두 얕은 우물 위에서 출발합니다.",
            ),
            question=Slide(
                Both(
                    "How many of the {runs} noisy runs end on the side of the deeper well?",
                    "잡음이 있는 {runs}번 가운데 깊은 우물 쪽에서 끝나는 것은 몇 번일까요?",
                ),
                symbol="n",
                range=Range(0, 30, whole=True),
                answer=lambda seen: seen.share(1, lambda p: p[0] < 0),
            ),
            happened=Both(
                "{freed} of {runs}; without noise {quiet}. Noise throws a run over the hill now and then, and from the deeper side the hill is higher. "
                "What it costs can be seen too: none of the noisy runs comes to rest.",
                "{runs}번 가운데 {freed}번입니다. 잡음이 없으면 {quiet}번입니다. 잡음은 가끔 경로를 언덕 너머로 던지고, 깊은 쪽에서는 언덕이 더 높습니다. "
                "대가도 보입니다. 잡음이 있는 실행은 하나도 멈추지 못합니다.",
            ),
            numbers={
                "sigma": lambda seen: seen.race.noise,
                "runs": lambda seen: seen.many(1).path.shape[-1],
                "freed": lambda seen: seen.share(1, lambda p: p[0] < 0),
                "quiet": lambda seen: seen.share(2, lambda p: p[0] < 0),
            },
            claims=(
                lambda seen: seen.share(1, lambda p: p[0] < 0) > 15,
                lambda seen: seen.share(2, lambda p: p[0] < 0) == 0,
                lambda seen: seen.race.surface.minima()[0, 0] < 0,  # the lowest
                lambda seen: bool((abs(seen.many(1).path[-1] - seen.many(1).path[-2]).max(axis=0) > 1e-3).all()),
            ),
            say=Both(
                "With a third of this noise not one run gets over the hill in the same time: escape depends on σ as on nothing else.",
                "잡음이 이것의 3분의 1이면 같은 시간에 한 번도 언덕을 넘지 못합니다. 탈출은 무엇보다 σ에 달려 있습니다.",
            ),
        ),
        Step(
            name="calm",
            title=Both("A third of the noise", "잡음을 3분의 1로"),
            scene=f"{WELLS}&x=1.7&y=1&noise=1&many=1&steps=1000&speed=8.0&lanes=1&1.rule=gradient_descent&1.lr=0.05",
            setting=Both("The same with σ = {sigma}.", "같은 실행을 σ = {sigma}로 합니다."),
            question=Slide(
                Both("How many of the {runs} runs get over the hill now?", "이번에는 {runs}번 가운데 몇 번이 언덕을 넘을까요?"),
                symbol="n",
                range=Range(0, 30, whole=True),
                answer=lambda seen: seen.share(1, lambda p: p[0] < 0),
            ),
            happened=Both(
                "{freed}. The hill is crossed by a rare run of kicks in the same direction, and how rare that is grows steeply as the kicks get smaller. "
                "So batches that are small enough can free a run, and a schedule that lowers the noise later lets it rest.",
                "{freed}번입니다. 언덕은 같은 방향의 충격이 드물게 이어질 때 넘게 되며, 충격이 작아질수록 그런 일은 급격히 드물어집니다. "
                "그래서 충분히 작은 배치는 경로를 풀어 줄 수 있고, 나중에 잡음을 줄이는 스케줄은 멈추게 해 줍니다.",
            ),
            numbers={
                "sigma": lambda seen: seen.race.noise,
                "runs": lambda seen: seen.many(1).path.shape[-1],
                "freed": lambda seen: seen.share(1, lambda p: p[0] < 0),
            },
            claims=(lambda seen: seen.share(1, lambda p: p[0] < 0) == 0,),
        ),
    )
