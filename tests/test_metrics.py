"""What the program counts is what happened, and those see it who may."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from rooms import Desk, Place, Refused, Register
from runs.aside import Aside
from serving import counted, metrics, private, pulse, scrape
from serving.counted import Counted, ROUTES
from serving.scrape import NETWORKS, OTHERS, may_look, networks, told
from serving.together import FOLDER, counting_together
from serving.work import SWEEPS, Work
from tests.app_page import opened
from tests.conftest import ROOT
from tests.elsewhere import finished
from tests.test_serving import asked, refusal

has_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="memory and open files are read from /proc, which this system has not")
Counts = dict[tuple[str, str], float]
READ = "application/openmetrics-text; version=1.0.0"


def counts(text: str) -> Counts:
    """All samples of a scrape, by name and labels as "a=1 b=2"."""
    families = openmetrics(text)
    return {(s.name, " ".join(f"{k}={v}" for k, v in sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def scraped(server: str) -> Counts:
    answer, body = asked(server, "/metrics", Accept=READ)
    assert answer.status == 200
    return counts(body.decode())


def here() -> Counts:
    """What this process has counted."""
    return counts(bytes(finished(told(READ)).body).decode())


def more(before: Counts, after: Counts, name: str) -> dict[str, float]:
    """What was added to a metric, by labels."""
    return {
        labels: value - before.get((of, labels), 0) for (of, labels), value in after.items() if of == name and value != before.get((of, labels), 0)
    }


def rerun(page: str = "", path: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.page_script_hash, message.rerun_script.page_name = page, path
    return message.SerializeToString()


def ended(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> bytes:
    message = ForwardMsg()
    message.metadata.run.script_run_id = "0" * 36
    message.script_finished = status  # type: ignore[assignment]
    return message.SerializeToString()


# At the door


def visited(*messages: bytes, protocols: str = "streamlit") -> None:
    """A connection, on which a browser and the server say these things in turn: what is no answer comes from the browser."""
    said = iter(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": next(said)}

    async def send(message: Message) -> None:
        sent.append(message)

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        for message in messages:
            if message.startswith(private.RERUN):
                assert (await receive())["bytes"] == message
            else:
                next(said)
                await send({"type": "websocket.send", "bytes": message})

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"sec-websocket-protocol", protocols.encode())]}
    finished(Counted(app)(scope, receive, send))
    assert [message["bytes"] for message in sent[1:]] == [message for message in messages if not message.startswith(private.RERUN)]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "pages", {"": "race", "abc": "race", "explore": "explore", "def": "explore"})


@pytest.mark.usefixtures("pages")
def test_a_visit_is_an_opening_and_then_changes():
    before = here()
    visited(rerun(), ended(), rerun("abc"), ended(), rerun("def"), ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
    after = here()
    assert more(before, after, "descent_lab_visits_total") == {"how=new": 1}
    assert more(before, after, "descent_lab_opening_seconds_count") == {"page=race": 1}
    assert more(before, after, "descent_lab_change_seconds_count") == {"page=race": 1, "page=explore": 1}
    assert more(before, after, "descent_lab_changes_overtaken_total") == {}
    assert after["descent_lab_sessions", ""] == before["descent_lab_sessions", ""]


@pytest.mark.usefixtures("pages")
def test_a_change_that_is_overtaken_or_begins_once_more_is_one():
    before = here()
    visited(rerun(path="explore"), ended(), rerun("abc"), rerun("abc"), ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN), ended(), ended())
    after = here()
    assert more(before, after, "descent_lab_opening_seconds_count") == {"page=explore": 1}
    assert more(before, after, "descent_lab_change_seconds_count") == {"page=race": 1}
    assert more(before, after, "descent_lab_changes_overtaken_total") == {"": 1}


@pytest.mark.usefixtures("pages")
def test_what_a_browser_makes_up_is_no_label():
    before = here()
    visited(rerun("made up"), ended(), private.RERUN + b"junk", rerun(path="made up too"), ended())
    after = here()
    assert more(before, after, "descent_lab_change_seconds_count") == {"page=other": 1}
    assert not any("made up" in labels for _name, labels in after)


def test_a_connection_that_goes_on_with_a_visit_is_counted_as_such():
    before = here()
    visited(protocols="streamlit, token, 1234")
    assert more(before, here(), "descent_lab_visits_total") == {"how=again": 1}


@pytest.mark.parametrize(
    ("path", "status", "label"),
    [
        ("/lane/3", 204, "lane"),
        ("/export/table/race/runs/csv", 200, "export"),
        ("/explore", 200, "document"),
        ("/", 200, "document"),
        ("/secret/of/somebody", 404, "other"),
        ("/assets/0123/player/stage/clock.js", 200, "assets"),
    ],
)
def test_an_answer_is_counted_by_its_route(path: str, status: int, label: str):
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(message: Message) -> None:
        pass

    before = here()
    finished(Counted(app)({"type": "http", "path": path, "headers": []}, receive, send))
    after = here()
    assert more(before, after, "descent_lab_answers_total") == {f"route={label} status={status}": 1}
    assert more(before, after, "descent_lab_answer_seconds_count") == {f"route={label}": 1}


def test_every_route_of_the_program_has_a_label():
    routes = re.findall(r'address_of\("(\w+)[/"]', (ROOT / "app.py").read_text("utf-8"))
    assert len(routes) > 20
    assert set(routes) <= set(ROUTES)


def test_every_page_of_the_program_has_a_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(counted, "pages", {})
    opened(lanes="1")
    assert set(counted.pages.values()) == {"race", "explore", "data", "train", "catalogue"}
    assert {"", "explore", "data", "train", "catalogue"} <= set(counted.pages)


# Work beside the server


@has_proc
def test_what_is_under_way_and_waits_is_looked_at_and_no_look_stops_the_others(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    monkeypatch.setattr(pulse, "watched", {"broken": lambda: 1 / 0, **pulse.watched})
    work = Work("sweep")
    monkeypatch.setattr("serving.work.watched", pulse.watched)
    aside = Aside()
    assert aside.do(int, "7") == 7
    work.watch(lambda: (2, 5), [aside])
    pulse.look()
    aside.end()
    assert here()["descent_lab_work_memory_bytes", "kind=sweep"] > 1_000_000
    assert here()["descent_lab_work_running", "kind=sweep"] == 2
    assert here()["descent_lab_work_waiting", "kind=sweep"] == 5
    assert "ZeroDivisionError" in caplog.text


def test_the_end_of_work_and_its_seconds_are_counted():
    before = here()
    SWEEPS.ended("left")
    SWEEPS.worked(0.25)
    after = here()
    assert more(before, after, "descent_lab_work_ended_total") == {"end=left kind=sweep": 1}
    assert more(before, after, "descent_lab_work_seconds_total") == pytest.approx({"kind=sweep": 0.25})


def test_rooms_and_who_is_in_them_are_asked_for_and_nobody_minds_where_no_one_can_tell(monkeypatch: pytest.MonkeyPatch):
    desk = Desk(Register())
    code = desk.open("203.0.113.7", Place("zigzag", "try"), None)["code"]
    for who in ("one", "another"):
        desk.follow(code, who, "", "203.0.113.7", "")
    turns: Iterator[Callable[[], tuple[int, int]]] = iter([desk.count, gone])

    async def count() -> tuple[int, int]:
        return next(turns)()

    monkeypatch.setattr(pulse, "rooms", count)
    for _ in range(2):
        finished(pulse.look_at_rooms())
        assert (here()["descent_lab_rooms", ""], here()["descent_lab_room_students", ""]) == (1, 2)


def gone() -> tuple[int, int]:
    raise Refused("restarted", "The rooms are gone.")


def test_a_loop_that_is_held_up_says_so():
    async def held_up() -> None:
        async with pulse.beating():
            await asyncio.sleep(0)
            deaf = asyncio.get_running_loop().time() + pulse.EVERY + 0.1
            while asyncio.get_running_loop().time() < deaf:
                pass
            await asyncio.sleep(0.01)

    before = here()
    finished(held_up())
    assert more(before, here(), "descent_lab_loop_lag_seconds_sum")[""] > 0.09


# Who may look


def scope(peer: str | None, **headers: str) -> dict[str, Any]:
    names = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (peer, 4711) if peer else None, "headers": names}


@pytest.mark.parametrize(
    ("given", "named", "allowed"),
    [
        (scope("127.0.0.1"), "", True),
        (scope("::1"), "", True),
        (scope("::ffff:127.0.0.1"), "", True),
        (scope("10.1.2.3"), "", False),
        (scope(None), "", False),
        (scope("10.1.2.3"), "10.1.0.0/16", True),
        (scope("10.1.2.3"), "192.0.2.1 10.1.0.0/16", True),
        (scope("10.2.2.3"), "10.1.0.0/16", False),
        (scope("2001:db8::7"), "2001:db8::/32", True),
        # a proxy on this machine passes something on
        (scope("127.0.0.1", x_forwarded_for="203.0.113.9"), "", False),
        (scope("203.0.113.9", x_forwarded_for="203.0.113.9"), "", False),
        (scope("127.0.0.1", x_forwarded_for="127.0.0.1"), "", False),
        (scope("127.0.0.1", forwarded="for=127.0.0.1"), "", False),
        (scope("127.0.0.1", x_real_ip="127.0.0.1"), "10.0.0.0/8 127.0.0.0/8", False),
        (scope("127.0.0.1", x_forwarded_for="10.1.2.3"), "10.1.0.0/16 127.0.0.0/8", True),
        (scope("10.1.2.3", x_forwarded_for="10.1.2.3"), "10.1.0.0/16", True),
        (scope("10.1.2.3", x_forwarded_for="10.1.9.9, 203.0.113.9"), "10.1.0.0/16", False),
        (scope("10.1.0.1", x_forwarded_for="203.0.113.9"), "10.1.0.0/16", False),
        (scope("10.1.0.1", x_forwarded_for="nonsense"), "10.1.0.0/16", False),
    ],
)
def test_who_may_look(given: dict[str, Any], named: str, allowed: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(NETWORKS, named)
    assert may_look(given, networks()) is allowed


@pytest.mark.parametrize("wrong", ["10.1.0.0/33", "everybody", "10.1.0.0/16 10.1.2.3/16"])
def test_a_network_that_is_none_lets_nobody_in_and_is_said(wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv(NETWORKS, wrong)
    assert networks() == []
    text = capsys.readouterr().err
    assert text.startswith((f"{NETWORKS}: '{wrong.split()[-1]}'", f"{NETWORKS}: {wrong.split()[-1]}"))
    assert "Until that is corrected no other machine sees the metrics." in text


# The forms


@pytest.mark.parametrize("accept", [READ, "application/openmetrics-text", "application/openmetrics-text; version=x"])
def test_openmetrics_is_told_to_who_asks_for_it(accept: str):
    answer = finished(told(accept))
    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    names = {family.name for family in openmetrics(bytes(answer.body).decode())}
    assert {"descent_lab_sessions", "descent_lab_change_seconds", "descent_lab_refused", "descent_lab"} <= names


@pytest.mark.parametrize("accept", ["", "*/*", "text/plain", "text/html"])
def test_others_are_told_in_prometheus_older_form(accept: str):
    answer = finished(told(accept))
    assert answer.headers["content-type"].startswith("text/plain")
    assert "descent_lab_sessions" in {family.name for family in plain(bytes(answer.body).decode())}


def test_every_metric_of_the_program_has_its_name_and_a_sentence():
    for family in metrics.REGISTRY.collect():
        assert family.name.startswith("descent_lab_")
        assert family.documentation.endswith(".")


@has_proc
def test_memory_and_files_are_told_of_every_process():
    pid = f"pid={os.getpid()}"
    found = here()
    assert found["process_resident_memory_bytes", pid] > 10_000_000
    assert 0 < found["process_open_fds", pid] <= found["process_max_fds", pid]


def test_the_version_says_which_modules_browsers_get():
    (labels,) = [labels for name, labels in here() if name == "descent_lab_info"]
    assert labels == " ".join(f"{name}={value}" for name, value in sorted(scrape.version().items()))


# Several processes at one port

COUNTING = """
import sys
from serving import metrics, refused
from serving.together import serves
serves(), metrics.SESSIONS.set({sessions}), metrics.ROOMS.set({rooms}), metrics.CHANGES.labels("race").observe(0.04), refused("lanes")
print(flush=True)
sys.stdin.read()
"""


@contextmanager
def process(**numbers: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", COUNTING.format(**numbers)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as own:
        yield own
        own.kill()


def said(own: subprocess.Popen[str]) -> None:
    assert own.stdout
    assert own.stdout.readline() == "\n"


def test_of_several_processes_each_tells_of_all():
    with counting_together(), process(sessions=3, rooms=2) as one, process(sessions=4, rooms=2) as other:
        folder = Path(os.environ[FOLDER])
        assert folder.stat().st_mode & 0o077 == 0
        for each in (one, other):
            said(each)
        found = here()
        assert found["descent_lab_sessions", ""] == 7
        assert found["descent_lab_rooms", ""] == 2
        assert found["descent_lab_change_seconds_count", "page=race"] == 2
        assert found["descent_lab_refused_total", "reason=lanes"] == 2
        assert {labels for name, labels in found if name == "process_start_time_seconds"} == {f"pid={each.pid}" for each in (one, other)}
        one.kill()
        one.wait()
        found = here()
        assert found["descent_lab_sessions", ""] == 4
        assert found["descent_lab_refused_total", "reason=lanes"] == 2, "what is counted goes down"
        assert {labels for name, labels in found if name == "process_start_time_seconds"} == {f"pid={other.pid}"}
    assert FOLDER not in os.environ
    assert not folder.exists()


# The server


def test_a_visit_to_the_server_is_counted(server: str):
    before = scraped(server)
    url = f"ws{server.removeprefix('http')}/_stcore/stream"
    with connect(url, origin=Origin(server), subprotocols=[Subprotocol("streamlit")], proxy=None, max_size=None) as visit:
        visit.send(rerun(path="catalogue"))
        while not private.ends_rerun(visit.recv(timeout=60, decode=False)):
            pass
        during = scraped(server)
        assert more(before, during, "descent_lab_sessions") == {"": 1}
        assert more(before, during, "descent_lab_visits_total") == {"how=new": 1}
        assert more(before, during, "descent_lab_opening_seconds_count") == {"page=catalogue": 1}
    assert asked(server, "/lane/1")[0].status == 200
    after = scraped(server)
    assert more(before, after, "descent_lab_answers_total") == {"route=lane status=200": 1, "route=metrics status=200": 2}


def test_what_the_server_refuses_is_counted(server: str):
    before = scraped(server)
    asked(server, "/", "PUT", b"x")
    refusal(server, origin="https://elsewhere.example")
    asked(server, "/export/pdf", "POST", b"x", Origin="https://elsewhere.example")
    asked(server, "/room/tell", "POST", b"x" * 3000, Origin=server)
    asked(server, "/room/state?code=AAAA&who=" + 32 * "0")
    refusals = {"method": 1, "origin": 2, "size": 1, "room-wrong": 1}
    assert more(before, scraped(server), "descent_lab_refused_total") == {f"reason={reason}": n for reason, n in refusals.items()}


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
def test_metrics_are_kept_from_who_comes_through_a_proxy(server: str, path: str):
    assert asked(server, path)[0].status == 200
    answer, body = asked(server, path, X_Forwarded_For="203.0.113.9")
    assert (answer.status, body.decode()) == (403, OTHERS)


def test_a_scrape_holds_no_link_and_no_address(server: str):
    asked(server, "/lane/1?surface=bowl&x=1.2345")
    asked(server, "/metrics", X_Forwarded_For="203.0.113.9")
    found: Mapping[tuple[str, str], float] = scraped(server)
    assert not any(word in labels for _name, labels in found for word in ("bowl", "1.2345", "203.0.113", "127.0.0.1"))
