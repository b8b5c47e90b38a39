"""Race, Explore, Train, Export and the lessons are their links: two processes answer every request alike, whatever either did before."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks._student import Student, Tally
from links.race import RACE as LINK
from runs.training import CURVES
from tests.conftest import ROOT, Serving, free_port
from tests.elsewhere import finished
from tests.race_page import eventually
from tests.test_player import same, unpacked
from tests.test_serving import asked

RANDOM = re.compile(rb"[0-9a-f]{32}")  # a visit's name for itself, and the hash in a widget's
SECONDS = CURVES.index("seconds")
HOST = "lab.example.edu"  # as a proxy passes it on
RACE = "surface=rosenbrock&lanes=2&steps=60&noise=0.1&seed=3"
TRAIN = "lanes=1&steps=200&hidden=8"
ALIKE = {  # by route of app.py: what is asked
    "lane/{i}": [f"lane/2?{RACE}", "lane/1?surface=custom&formula=x^2%2By^4&steps=40"],
    "surface": [f"surface?{RACE}", "surface?surface=custom&formula=x^2%2By^4"],
    "account/{i}": [f"account/1?{RACE}&lang=ko"],
    "ruler/{setting}": [f"ruler/1.lr?{RACE}"],
    "paths": ["paths?view=paths&steps=20"],
    "export/page": [f"export/page?{RACE}&title=A&inline=1"],
    "export/table/{page}/{name}/{kind}": [f"export/table/race/first/{kind}?{RACE}&from=http://{HOST}/" for kind in ("csv", "npz", "json")],
    "export/text/{kind}": ["export/text/code?link=lanes%3D2%26steps%3D30&library=torch", "export/text/words?link=lanes%3D2&form=bibtex"],
    "lessons": ["lessons?lang=ko", "lessons?lesson=zigzag&step=helped", "lessons?lesson=nothing"],
    "lessons/step": ["lessons/step?lesson=zigzag&number=1&lang=en"],
    "lessons/sheet": ["lessons/sheet?lesson=zigzag&lang=en"],
    "lessons/handout": ["lessons/handout?lesson=zigzag&lang=ko"],
    "network": ["network"],
    "code": [f"code?link=http://{HOST}/"],
}
LONGER = {  # what takes longer
    "map/{n}": ["map/40?steps=20", "map/200?steps=20"],
    "rates": ["rates?view=rates&steps=20"],
    "best/{rule}": ["best/momentum?surface=bowl&steps=30"],
    "profile/{n}": ["profile/1?steps=10"],
    "basins/{n}": [f"basins/{n}?view=basins&rules=adam&steps=20" for n in (40, 200)],
    "lessons/file": ["lessons/file?lesson=zigzag&lang=en"],
    "lessons/picture": ["lessons/picture?lesson=zigzag&number=0&kind=sheet&lang=ko"],
    "export/table/{page}/{name}/{kind}": [
        "export/table/explore/first/npz?steps=10",
        "export/table/explore/basins/csv?view=basins&rules=adam",
    ],
}
BY_AND_BY = {  # asked for again until it is whole: another process begins anew, and gets to the same end; only the seconds that it took are others
    "training": [f"training?{TRAIN}"],
    "plane": [f"plane?{TRAIN}&show=plane"],
    "ratesweep": [f"ratesweep?{TRAIN}&show=rates"],
}
DIFFER = {  # and why
    "room/open": "a code nobody has had, and a secret",
    "room/lead": "a room is where its code says, and outlives no server",
    "room/tell": "the same",
    "room/state": "the same",
    "map/first": "how fine the first map is depends on how busy the processor is; those after it do not",
    "export/pdf": "what a browser sends as SVG; a PDF says when it was made",
    "metrics": "what this process has done",
}


def routes() -> list[str]:
    """Those that app.py names, by their addresses."""
    calls = [node for node in ast.walk(ast.parse((ROOT / "app.py").read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [each.args[0] for each in calls if isinstance(each.func, ast.Name) and each.func.id == "Route"]
    return [ast.literal_eval(each.args[0] if isinstance(each, ast.Call) else each).lstrip("/") for each in named]


def test_every_route_is_held_to_its_link_or_says_why_not():
    assert [route for route in routes() if route not in {*ALIKE, *LONGER, *BY_AND_BY, *DIFFER}] == []
    assert [route for route in {*ALIKE, *LONGER, *BY_AND_BY} if route not in routes()] == []


@pytest.fixture(scope="module")
def other(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second process of the program, which nobody has asked anything; `server` is the one that others have asked a lot."""
    with serving(free_port(), tmp_path_factory.mktemp("other") / "log") as address:
        yield address


def got(server: str, path: str) -> tuple[int, str, bytes]:
    """Status, kind and content of an answer, asked for again while the server has no time."""

    def once() -> tuple[int, str, bytes]:
        answer, body = asked(server, f"/{path}", Host=HOST, Accept_Language="ko")
        return answer.status, answer.headers.get_content_type(), body

    return eventually(once, lambda found: found[0] != 204)


def alike(one: str, two: str, paths: Sequence[str]) -> None:
    """One is asked the first half, then the other everything from the end, then the first one the rest; their answers are the same bytes."""
    half = len(paths) // 2
    of_one = {path: got(one, path) for path in paths[:half]}
    of_two = {path: got(two, path) for path in reversed(paths)}
    of_one |= {path: got(one, path) for path in paths[half:]}
    assert [path for path in paths if of_one[path] != of_two[path]] == []
    broken = {path: answer[0] for path, answer in of_one.items() if answer[0] != 200}
    assert broken == ({"network": 404} if "network" in paths else {})  # which is told to this computer alone


def test_two_processes_answer_with_the_same_bytes(server: str, other: str):
    alike(other, server, [path for its in ALIKE.values() for path in its])


@pytest.mark.thorough
def test_what_takes_longer_is_the_same_too(server: str, other: str):
    alike(other, server, [path for its in LONGER.values() for path in its])


@pytest.mark.thorough
@pytest.mark.parametrize("path", [path for its in BY_AND_BY.values() for path in its])
def test_what_comes_by_and_by_ends_alike(server: str, other: str, path: str):
    """A student who is moved meanwhile waits for it anew."""
    told(other, path)
    ends = [eventually(lambda at=at: told(at, path), whole, seconds=120) for at in (server, other)]
    assert same(*ends)


def told(server: str, path: str) -> dict[str, Any]:
    (its,) = unpacked(got(server, path)[2]).values()
    for lane in its.get("lanes", []):
        if "seconds" in lane:
            lane |= {"seconds": 0.0, "curves": [row for k, row in enumerate(lane["curves"]) if k != SECONDS]}
    return its


def whole(its: dict[str, Any]) -> bool:
    return bool(its.get("over") or its.get("fine"))


class Visitor(Student):
    """A visit to the Race page, which remembers what the page is made of."""

    def __init__(self, address: str, query: str = "") -> None:
        super().__init__(address, 1, Tally(), drags=False)
        self.query = query or self.query
        self.components: dict[str, bytes] = {}

    def read(self, delta: Delta) -> None:
        super().read(delta)
        if delta.new_element.WhichOneof("type") == "bidi_component":
            component = delta.new_element.bidi_component
            self.components[key_of(component.id)] = RANDOM.sub(b"", component.SerializeToString())

    async def look(self) -> tuple[Any, ...]:
        """What the page shows: its link, its components' messages, and the values of its other controls."""
        await self.come()
        await self.leave()
        assert (self.tally.errors, self.tally.lost, self.tally.unfinished) == ([], 0, 0)
        return self.query, self.components, {key_of(key): value_of(state) for key, state in self.widgets.items()}


def key_of(widget: str) -> str:
    return widget.partition("-")[2].partition("-")[2].strip()


def value_of(state: WidgetState) -> bytes:
    value = WidgetState()
    value.CopyFrom(state)
    value.ClearField("id")
    return value.SerializeToString()


def test_a_visit_is_moved_to_another_process_by_its_link_alone(server: str, other: str):
    async def lesson() -> None:
        before = Visitor(server)
        await before.come()
        rate = LINK.write(before.flat)
        await before.change()
        link = LINK.write(before.flat)
        assert link != rate
        await before.leave()
        moved, stayed = await Visitor(other, urlencode(link)).look(), await Visitor(server, urlencode(link)).look()
        assert moved == stayed
        assert LINK.read_link(moved[0], "en") == (before.flat, [])

    finished(lesson())
