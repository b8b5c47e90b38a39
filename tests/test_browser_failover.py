"""Three processes behind a real HAProxy, one of which dies: its pages go on with another, and nothing is lost but where the clock stood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import haproxy
from tests.cluster import Cluster, LETTERS, cluster
from tests.conftest import NewPage
from tests.race_page import RacePage, eventually
from tests.test_browser_reconnect import held
from tests.test_room_routes import FIRST, HELPED, Hall

pytestmark = [pytest.mark.thorough, pytest.mark.console_errors]  # a lost connection is an error there
LINK = "at=200&v=1&surface=rosenbrock&lanes=2&steps=300&1.lr=0.05&2.lr=0.05"
PARTING = 2  # seconds over which a server that ends sends its pages on
GOAL = 5000  # milliseconds until a page is connected again
# Notes when the connection is lost and when it is there again; a page that was loaded anew has no notes.
NOTING = """() => {
  const app = document.querySelector("[data-test-connection-state]");
  window.noted = { lost: 0, back: 0 };
  new MutationObserver(() => {
    const connected = app.getAttribute("data-test-connection-state") === "CONNECTED";
    if (connected && noted.lost) noted.back = performance.now();
    else if (!connected && (!noted.lost || noted.back)) Object.assign(noted, { lost: performance.now(), back: 0 });
  }).observe(app, { attributeFilter: ["data-test-connection-state"] });
}"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory, kernels: None) -> Iterator[Cluster]:
    path = haproxy.find()
    if path is None:
        pytest.skip(haproxy.MISSING)
    with cluster(path, tmp_path_factory.mktemp("cluster"), PARTING) as servers:
        yield servers


class Watched:
    """A race page that notes when it is connected."""

    def __init__(self, page: Page) -> None:
        self.race, self.page = RacePage(page, LINK), page
        page.evaluate(NOTING)

    @property
    def server(self) -> str:
        """The name of the one that it has a cookie of."""
        return next(cookie.get("value", "") for cookie in self.page.context.cookies() if cookie.get("name") == "lab")

    def away(self) -> float:
        """The milliseconds without a connection, once there is one again; fails where the page was loaded anew meanwhile."""
        noted: dict[str, Any] = eventually(lambda: self.page.evaluate("window.noted"), lambda noted: noted and noted["back"])
        return noted["back"] - noted["lost"]

    def moves(self) -> None:
        """A hand has just let the first lane's rate go."""
        self.race.slider("1.lr").focus()
        self.page.keyboard.press("ArrowRight")

    def stands(self) -> None:
        """What was set, and what was under way, is there; nothing is in the way."""
        held(self.race, "1.lr", "0.056")
        kept = ("surface", "lanes", "steps", "2.lr")
        assert {name: self.race.query().get(name) for name in kept} == {"surface": "rosenbrock", "lanes": "2", "steps": "300", "2.lr": "0.05"}
        expect(self.race.slider("1.lr")).to_have_attribute("aria-valuetext", "0.056")
        expect(self.page.get_by_role("dialog")).to_have_count(0)


def test_a_killed_servers_pages_go_on_with_another_and_it_comes_back(servers: Cluster, new_page: NewPage):
    pages = [Watched(new_page(at=servers.address, new=True)) for _ in range(3)]
    killed = servers.members[pages[0].server]
    theirs = [page for page in pages if page.server == killed.name]
    for page in theirs:
        page.moves()
    killed.kill()
    for page in theirs:
        assert page.away() < GOAL
        assert page.server != killed.name
        page.stands()
    for page in pages:  # those of the others noticed nothing
        assert page in theirs or page.page.evaluate("noted.lost") == 0
    killed.on()
    killed.answers()
    servers.back(killed.name)
    assert Watched(new_page(at=servers.address, new=True)).server == killed.name  # nobody is there yet


def test_all_servers_are_started_anew_one_after_another_while_a_page_is_open(servers: Cluster, new_page: NewPage):
    page = Watched(new_page(at=servers.address, new=True))
    moved = 0
    while moved < 2:  # wherever it goes, it is sent on at least once more
        member = servers.members[page.server]
        if moved == 0:
            page.moves()
        member.off()
        assert page.away() < GOAL
        page.stands()
        member.on()
        member.answers()
        servers.back(member.name)
        moved += 1


def test_a_room_is_found_by_its_letter_waits_for_its_server_and_is_told_to_be_gone(servers: Cluster):
    hall = Hall(servers.address)
    room, secret = hall.opened(HELPED)
    member = next(servers.members[name] for name, letters in LETTERS.items() if room["code"][0] in letters)
    assert [hall.state(**room, who=FIRST)[0] for _ in range(6)] == [200] * 6  # no cookie: any server could be asked
    assert hall.post("tell", **room, **HELPED, who=FIRST, answer=1) == (204, None)
    assert hall.state(secret, **room)[1]["answers"] == 1
    member.kill()
    assert hall.post("tell", **room, **HELPED, who=FIRST, answer=1)[0] == 503
    member.on()
    member.answers()
    servers.back(member.name)
    status, told = hall.state(**room, who=FIRST)
    assert (status, told["why"]) == (410, "restarted")
