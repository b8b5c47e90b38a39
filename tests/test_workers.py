"""Several processes at one port: rooms are shared, a process that dies is replaced, and none is left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.conftest import ROOT, Serving, free_port
from tests.race_page import eventually
from tests.test_metrics import scraped
from tests.test_room_routes import FIRST, HELPED, Hall
from tests.test_serving import APP, HALVES, WAITS, asked, until_closed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Signals and ps are POSIX's; on Windows nobody has tried several processes.")


class Processes:
    """A server of two processes, as its log names them."""

    def __init__(self, address: str, log: Path) -> None:
        self.address, self.log = address, log
        (self.parent,) = self.said("Started parent process")

    def said(self, what: str) -> list[int]:
        return [int(pid) for pid in re.findall(rf"{what} \[(\d+)\]", self.log.read_text())]

    def ready(self) -> list[int]:
        """Those that answer, once there are two."""
        return eventually(self.answering, lambda found: len(found) == 2)

    def answering(self) -> list[int]:
        begun = self.said("Started server process")
        complete = self.log.read_text().count("Application startup complete.") == len(begun)
        return [pid for pid in begun if running(pid)] if complete else []

    def rooms(self) -> int:
        """The process that holds the rooms."""
        return self.said("Started rooms process")[-1]

    @contextmanager
    def only(self, pid: int) -> Iterator[Hall]:
        """In the block this process alone answers."""
        others = [each for each in self.ready() if each != pid]
        for each in others:
            os.kill(each, signal.SIGSTOP)
        try:
            yield Hall(self.address)
        finally:
            for each in others:
                os.kill(each, signal.SIGCONT)


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and "Z" not in state  # there is no state where it has gone since


@pytest.fixture(scope="module")
def pair(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    log = tmp_path_factory.mktemp("workers") / "log"
    with serving(free_port(), log, workers=2) as address:
        yield Processes(address, log)


def test_a_room_is_the_same_through_every_process_and_outlives_one_that_is_killed(pair: Processes):
    first, second = pair.ready()
    with pair.only(first) as hall:
        room, secret = hall.opened(HELPED)
    with pair.only(second) as hall:
        assert hall.state(**room, who=FIRST) == (200, {"since": "0", "era": room["era"], **HELPED, "revealed": False})
        assert hall.post("tell", **room, **HELPED, who=FIRST, answer=1) == (204, None)
        assert hall.state(code="CCCC", who=FIRST)[1]["why"] == "wrong"
    os.kill(first, signal.SIGKILL)
    eventually(lambda: running(first), lambda still: not still)
    (third,) = {*pair.ready()} - {second}
    with pair.only(third) as hall:
        assert hall.post("lead", **room, **HELPED, secret=secret, revealed=True) == (204, None)
        assert hall.state(secret, **room)[1]["counts"] == [0, 1, 0]


def test_it_says_once_where_it_is_found_and_how_many_people_find_room(pair: Processes):
    pair.ready()
    log = pair.log.read_text()
    assert [log.count(each) for each in ("  URL: http://localhost:", "  Processes: 2.", "Open files:")] == [1, 1, 1]


def test_their_log_has_no_address_and_no_link_and_either_tells_of_both(pair: Processes):
    both = {f"pid={pid}" for pid in pair.ready()}
    url = f"ws{pair.address.removeprefix('http')}/_stcore/stream"
    with connect(url, origin=Origin(pair.address), proxy=None):
        asked(pair.address, "/lane/1?surface=bowl")
        eventually(lambda: scraped(pair.address)["descent_lab_sessions", ""], lambda there: there == 1)
    assert both == {labels for name, labels in scraped(pair.address) if name == "process_start_time_seconds"}
    log = pair.log.read_text()
    assert [word for word in ("127.0.0.1", "bowl", "GET", "WebSocket") if word in log] == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--workers=0"], "WORKERS is '0': it takes a whole number from 1 to 64."),
        (["--workers=two"], "WORKERS is 'two': it takes a whole number from 1 to 64."),
        (
            ["--workers=2", "--server.port=70000"],
            "Nothing can listen at port 70000: a port is a whole number from 0 to 65535.",
        ),
        (["--workers=2", "--server.prot=8600"], "Error: No such option '--server.prot'."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(options: list[str], said: str):
    refused(options, said)


@pytest.mark.thorough
def test_a_port_that_is_taken_is_named(pair: Processes):
    port = pair.address.rpartition(":")[2]
    refused(["--workers=2", "--server.address=127.0.0.1", f"--server.port={port}"], f"Nothing can listen at port {port}: Address already in use.")


def refused(options: list[str], said: str) -> None:
    ended = subprocess.run([sys.executable, "-m", "serving.workers", *options], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.thorough
def test_where_the_rooms_process_dies_its_pages_are_told_so(pair: Processes):
    hall = Hall(pair.address)
    room, _secret = hall.opened(HELPED)
    before = pair.rooms()
    os.kill(before, signal.SIGKILL)
    eventually(lambda: running(before), lambda still: not still)
    status, refused = hall.state(**room, who=FIRST)
    assert (status, refused["why"]) == (410, "restarted")
    assert pair.rooms() != before
    room, _secret = hall.opened(HELPED)
    for pid in pair.ready():
        with pair.only(pid) as hall:
            assert hall.state(**room, who=FIRST)[0] == 200


@pytest.mark.thorough
def test_each_process_sends_at_once_and_waits_for_no_client_for_ever(serving: Serving, tmp_path: Path):
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "page.py").write_text("")
    with serving(free_port(), tmp_path / "log", root=tmp_path, environment={"PYTHONPATH": str(ROOT)}, workers=2) as plain:
        processes = Processes(plain, tmp_path / "log")
        for pid in processes.ready():
            with processes.only(pid):
                assert asked(plain, "/delays")[1] in (b"[1]", b"[1, 1]")
                asked(plain, f"/waits/{WAITS}")
                assert set(dict(until_closed(plain))) == set(HALVES)


@pytest.mark.thorough
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_with_the_first_process_all_end(serving: Serving, tmp_path: Path, sent: signal.Signals):
    """By the signal of a service manager, of a terminal, or of a system without memory."""
    with serving(free_port(), tmp_path / "log", workers=2) as address:
        processes = Processes(address, tmp_path / "log")
        every = [*processes.ready(), processes.rooms()]
        os.kill(processes.parent, sent)
        eventually(lambda: [pid for pid in every if running(pid)], lambda left: left == [])


@pytest.mark.thorough
def test_streamlits_options_hold_in_every_process(serving: Serving, tmp_path: Path):
    with serving(free_port(), tmp_path / "log", base="/lab", workers=2) as address:
        processes = Processes(address, tmp_path / "log")
        for pid in processes.ready():
            with processes.only(pid):
                answer, body = asked(address.removesuffix("/lab"), "/lab/lane/1?steps=5")
                assert (answer.status, len(body) > 100) == (200, True)
                assert json.loads(asked(address.removesuffix("/lab"), "/lab/_stcore/host-config")[1])
