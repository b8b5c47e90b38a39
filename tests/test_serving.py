"""How the program answers, over real sockets: files, headers, and what it refuses."""

from __future__ import annotations

import gzip
import re
import select
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from streamlit import file_util, net_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from player import ADDRESS, BROWSER, VERSION, assets, opening
from serving import room
from serving.guard import ours
from serving.headers import EMBED, embedders
from serving.patience import SECONDS
from serving.private import document, ends_rerun
from tests.conftest import ROOT, Serving, free_port

STATIC = Path(file_util.get_static_dir())
OWN = [f"player/{path.relative_to(BROWSER).as_posix()}" for path in sorted(BROWSER.rglob("*")) if path.is_file()]
STREAMLIT = [path.relative_to(STATIC).as_posix() for path in sorted(STATIC.glob("static/*/*")) if path.name.startswith(("index.", "MaterialSymbols"))]
KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".txt": "text/plain"}


def asked(server: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, bytes]:
    """The answer and its body."""
    with closing(HTTPConnection(urlsplit(server).netloc, timeout=30)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()


def rules(policy: str | None) -> dict[str, list[str]]:
    assert policy, "no policy"
    return {name: sources for name, *sources in (rule.split() for rule in policy.split(";"))}


def refusal(server: str, path: str = "/_stcore/stream", origin: str | None = None):
    """The answer to a websocket that is refused."""
    with pytest.raises(InvalidStatus) as caught:
        connect(f"ws{server.removeprefix('http')}{path}", origin=Origin(origin) if origin else None, proxy=None).close()
    return caught.value.response


# Files


@pytest.mark.parametrize("path", [*OWN, "plotly/plotly.min.js"])
def test_our_files_are_served_packed_and_kept(server: str, path: str):
    folder, _, name = path.partition("/")
    served_packed_and_kept(server, f"/{ADDRESS}/{path}", (BROWSER if folder == "player" else assets.VENDOR / folder) / name)


@pytest.mark.parametrize("path", STREAMLIT)
def test_streamlits_files_are_served_packed_and_kept(server: str, path: str):
    served_packed_and_kept(server, f"/{path}", STATIC / path)


def served_packed_and_kept(server: str, address: str, path: Path) -> None:
    original = path.read_bytes()
    answer, body = asked(server, address, Accept_Encoding="gzip, br")
    assert answer.status == 200
    assert answer.headers.get_content_type() == KINDS[path.suffix]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Encoding"] == ("gzip" if len(original) > 500 and path.suffix != ".woff2" else None)
    assert (gzip.decompress(body) if answer.headers["Content-Encoding"] else body) == original
    answer, body = asked(server, address)
    assert answer.headers["Content-Encoding"] is None
    assert body == original
    answer, body = asked(server, address, "HEAD")
    assert int(answer.headers["Content-Length"]) == len(original)
    assert body == b""


def test_a_file_that_changes_is_not_served_under_its_old_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its bytes and its address are those that were read at the start; after another start both are new."""
    copy = Path(shutil.copytree(BROWSER, tmp_path / "browser"))
    monkeypatch.setattr(assets, "BROWSER", copy)
    before = assets.files(copy)
    assert f"assets/{assets.version(before)}" == ADDRESS
    for name in ("stage/clock.js", "style/panel.css", "style/stix-two-math.woff2"):
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
        after = assets.files(copy)
        assert assets.version(after) != assets.version(before)
        before = after
    (copy / "stage" / "clock.js").rename(copy / "stage" / "watch.js")
    assert assets.version(assets.files(copy)) != assets.version(before)
    plotly = tmp_path / "vendor" / "plotly"
    plotly.mkdir(parents=True)
    (plotly / "plotly.min.js").write_bytes(b"another")
    assert assets.version(assets.files(vendor=tmp_path / "vendor")) != assets.version(assets.files())


def test_a_running_server_goes_on_with_the_files_that_it_started_with(serving: Serving, tmp_path: Path):
    """A copy of the program, one of whose modules is changed while it runs."""
    root = Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", ".*_cache", "tests", "docs")))
    with serving(free_port(), tmp_path / "log", root=root) as server:
        module = root / "player" / "browser" / "stage" / "clock.js"
        original = module.read_bytes()
        module.write_bytes(b"throw new Error('changed');\n" + original)
        assert asked(server, f"/{ADDRESS}/player/stage/clock.js")[1] == original


@pytest.mark.parametrize(
    "path", ["/assets/older/player/stage/clock.js", f"/{ADDRESS}/player/../pack.py", f"/{ADDRESS}/player/missing.js", "/static/../index.html"]
)
def test_nothing_else_is_served_as_a_file(server: str, path: str):
    answer, _ = asked(server, path)
    assert answer.status in (400, 404) or answer.headers.get_content_type() == "text/html"  # Streamlit answers with the page
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(("kind", "relation"), [(".js", 'rel="modulepreload"'), (".css", 'rel="preload"; as="style"')])
def test_race_and_explore_name_their_modules_and_styles(server: str, kind: str, relation: str):
    for path in ("/", "/explore"):
        named = re.findall(rf"<\./([^>]+)>; {relation}", asked(server, path)[0].headers["Link"])
        assert named == [
            f"{ADDRESS}/{name}" for name in OWN if name.endswith(kind) and not re.search("/(hosts/(page|lesson|document)|parts/lesson)/", name)
        ]
    assert asked(server, "/catalogue")[0].headers["Link"] is None


@pytest.mark.parametrize("path", ["/", "/explore", "/catalogue?section=rules", "/nothing"])
def test_every_page_has_the_same_document(server: str, path: str):
    content = document(VERSION, opening()).encode()
    answer, body = asked(server, path, Accept_Encoding="gzip")
    assert (answer.status, answer.headers.get_content_type(), answer.headers["Cache-Control"]) == (200, "text/html", "no-cache")
    assert gzip.decompress(body) == content
    assert asked(server, path)[1] == content
    answer, body = asked(server, path, "HEAD")
    assert (answer.headers["Content-Length"], body) == (str(len(content)), b"")


# Headers


@pytest.mark.parametrize(
    ("status", "method", "path"),
    [
        (200, "GET", "/"),
        (200, "GET", f"/{ADDRESS}/player/stage/clock.js"),
        (200, "GET", "/_stcore/health"),
        (400, "GET", "//elsewhere.example/a"),
        (404, "GET", "/page/_stcore/health"),
        (405, "POST", "/"),
        (405, "PUT", "/_stcore/upload_file/a/b"),
    ],
)
def test_every_answer_brings_the_policy(server: str, status: int, method: str, path: str):
    answer, _ = asked(server, path, method)
    assert answer.status == status
    brings_the_policy(server, answer.headers)


def brings_the_policy(server: str, headers) -> None:
    host = urlsplit(server).netloc
    policy = rules(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'", "'unsafe-inline'", "blob:"]
    assert policy["connect-src"] == ["'self'", f"ws://{host}", f"wss://{host}"]
    assert policy["frame-ancestors"] == ["'self'"]
    others = [source for name, sources in policy.items() if name != "connect-src" for source in sources]
    assert set(others) <= {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(("path", "origin"), [("/_stcore/stream", "https://elsewhere.example"), ("/elsewhere", None)])
def test_a_refused_websocket_brings_the_policy(server: str, path: str, origin: str | None):
    answer = refusal(server, path, origin)
    assert answer.status_code == 403
    brings_the_policy(server, answer.headers)


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("lab.example.edu", "ws://lab.example.edu wss://lab.example.edu"),
        ("192.168.1.20:8501", "ws://192.168.1.20:8501 wss://192.168.1.20:8501"),
        ("[::1]:8501", "ws://[::1]:8501 wss://[::1]:8501"),
        ("a; script-src *", ""),
        ("a *", ""),
        ("*", ""),
    ],
)
def test_the_policy_names_the_host_that_was_asked_and_nothing_else(server: str, host: str, named: str):
    answer, _ = asked(server, "/", Host=host)
    policy = rules(answer.headers["Content-Security-Policy"])
    assert policy["connect-src"] == ["'self'", *named.split()]
    assert policy["script-src"] == ["'self'", "'unsafe-inline'", "blob:"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", "'self'"),
        ("https://lms.example.edu", "'self' https://lms.example.edu"),
        (" https://*.example.edu:8443  http://localhost:8080 ", "'self' https://*.example.edu:8443 http://localhost:8080"),
        ("*", "'self' *"),
        ("'self'", "'self'"),
    ],
)
def test_who_may_frame_the_page_is_a_setting(monkeypatch: pytest.MonkeyPatch, said: str, read: str):
    monkeypatch.setenv(EMBED, said)
    assert embedders() == read


@pytest.mark.parametrize("said", ["https://lms.example.edu; script-src *", "https://lms.example.edu/course", "'none'", "javascript:", "a,b"])
def test_a_setting_that_cannot_be_read_is_named_and_frames_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str):
    monkeypatch.setenv(EMBED, said)
    assert embedders() == "'self'"
    assert EMBED in (told := capsys.readouterr().err)
    assert "is not an origin" in told


# Refusals


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/session/file", "/lane/1", f"/{ADDRESS}/player/stage/clock.js"])
def test_nothing_can_be_sent(server: str, method: str, path: str):
    answer, _ = asked(server, path, method, b"x" * 1000 if method in ("POST", "PUT", "PATCH") else None)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1.elsewhere.example", "null", "http://[", "http://a:b"])
def test_a_websocket_of_another_sites_page_is_refused(server: str, origin: str):
    assert refusal(server, origin=origin).status_code == 403


def test_foreign_websockets_ask_nobody_and_stop_nobody(server: str):
    """Streamlit asks a host outside, for seconds where outside requests are swallowed; here nobody else waits."""
    for number in range(10):
        assert refusal(server, origin=f"https://{number}.example").status_code == 403
        assert asked(server, "/_stcore/health")[0].status == 200


def test_no_outside_address_is_looked_up_for_an_origin(monkeypatch: pytest.MonkeyPatch):
    def never() -> None:
        raise AssertionError("looked up")

    monkeypatch.setattr(net_util, "get_external_ip", never)
    monkeypatch.setattr(net_util, "get_internal_ip", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    assert not ours("https://elsewhere.example", "lab.example.edu")
    assert ours("https://lab.example.edu", "lab.example.edu")


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://lab.example.edu:8501", "lab.example.edu:8501", True),
        ("https://lab.example.edu", "lab.example.edu:443", True),
        ("https://Lab.example.edu", "lab.example.edu", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://localhost:9000", "127.0.0.1:8501", True),
        ("http://lab.example.edu:8501", "lab.example.edu:8502", False),
        ("http://lab.example.edu.elsewhere.example", "lab.example.edu", False),
        ("https://elsewhere.example", "", False),
        ("", "", False),
        ("file://", "", False),
    ],
)
def test_a_page_may_connect_to_where_it_came_from(origin: str, host: str, allowed: bool):
    assert ours(origin, host) is allowed


def test_the_settings_name_further_origins_and_one_that_cannot_be_read_is_said_at_the_start(serving: Serving, tmp_path: Path):
    """Streamlit would look the machine up outside before it reads them."""
    settings, environment = "--server.corsAllowedOrigins=https://lab.example.edu", {EMBED: "lms.example.edu/course"}
    with serving(free_port(), tmp_path / "log", settings, environment=environment) as server:
        assert f"{EMBED}: 'lms.example.edu/course' is not an origin" in (tmp_path / "log").read_text()
        url = f"ws{server.removeprefix('http')}/_stcore/stream"
        with connect(url, origin=Origin("https://lab.example.edu"), proxy=None) as socket_:
            assert socket_.response
            assert socket_.response.status_code == 101
        assert refusal(server, origin="https://other.example.edu").status_code == 403
    assert "https://other.example.edu" in (tmp_path / "log").read_text()


def test_a_page_alone_may_ask_faster_than_it_is_answered(server: str):
    """A key that is pressed again and again on a busy machine: the last is answered, and nothing of it waits for long."""
    url, rerun = f"ws{server.removeprefix('http')}/_stcore/stream", BackMsg(rerun_script=ClientState(page_name="catalogue"))
    with connect(url, origin=Origin(server), subprotocols=[Subprotocol("streamlit")], proxy=None, max_size=None) as visit:
        for _rerun in range(100):
            visit.send(rerun.SerializeToString())
        while not ends_rerun(visit.recv(timeout=60, decode=False)):
            pass


# Waiting

APP = """
import socket
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from serving import Metrics, SecurityHeaders, patience, private, while_running

async def broken(request):
    raise RuntimeError("broken")

async def takes(request):
    return PlainTextResponse(str(len(await request.body())))

async def waits(request):
    patience.SECONDS = float(request.path_params["seconds"])
    return PlainTextResponse("")

async def delays(request):
    asking = [each for each in private.listening() if each.getsockname()[1] == request.url.port and peer(each) == request.client.port]
    return PlainTextResponse(str([each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for each in asking]))

def peer(sock):
    try:
        return sock.getpeername()[1]
    except OSError:  # it listens
        return None

routes = [Route("/broken", broken), Route("/takes", takes, methods=["POST"]), Route("/waits/{seconds}", waits), Route("/delays", delays)]
app = st.App("page.py", routes=routes, lifespan=while_running)
app = SecurityHeaders(Metrics(app))
"""


@pytest.fixture(scope="module")
def plain(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with routes that break, take what they are sent, set how long it waits and tell how it sends; nothing before them refuses anything."""
    root = tmp_path_factory.mktemp("plain")
    (root / "app.py").write_text(APP)
    (root / "page.py").write_text("")
    with serving(free_port(), root / "log", root=root, environment={"PYTHONPATH": str(ROOT)}) as address:
        yield address


def test_an_answer_that_breaks_brings_the_policy(plain: str):
    answer, _ = asked(plain, "/broken")
    assert answer.status == 500
    brings_the_policy(plain, answer.headers)


def test_what_is_not_http_is_answered_with_the_policy(server: str):
    with socket.create_connection(place(server)) as client:
        client.sendall(b"what is this\r\n\r\n")
        said = b"".join(iter(lambda: client.recv(4096), b""))
    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"\r\nContent-Security-Policy: default-src 'self';" in said
    assert said.endswith(b"\r\n\r\nInvalid HTTP request received.")


def place(server: str) -> tuple[str, int]:
    where = urlsplit(server)
    assert where.hostname
    assert where.port
    return where.hostname, where.port


HEAD = b"POST /takes HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n"
HALVES = {
    "nothing": (b"", b""),
    "half a head": (b"GET /_stcore/health HTTP/1.1\r\nHo", b""),
    "a dripping head": (b"GET /_stcore/health HTTP/1.1\r\nX: ", b"x"),
    "half a body": (HEAD + b"1234", b""),
    "a dripping body": (HEAD, b"x"),
    "half a second head": (b"GET /_stcore/health HTTP/1.1\r\nHost: a\r\n\r\nGET /_stcore/hea", b""),
}


def test_small_answers_are_sent_at_once(plain: str):
    """Held back until the browser acknowledges the head, an answer would take 40 ms and more."""
    assert asked(plain, "/delays")[1] in (b"[1]", b"[1, 1]")  # asyncio may hold a second object for the same socket


WAITS = 2  # seconds, in place of the program's


@pytest.fixture
def hurried(plain: str) -> Iterator[str]:
    """The same server with less patience."""
    asked(plain, f"/waits/{WAITS}")
    yield plain
    asked(plain, f"/waits/{SECONDS}")


def test_who_does_not_finish_a_request_is_not_waited_for(hurried: str):
    """All at once, each with its first bytes and then one more every half second; beside them a websocket, which may be silent."""
    plain = hurried
    url = f"ws{plain.removeprefix('http')}/_stcore/stream"
    with connect(url, origin=Origin(plain), proxy=None) as silent:
        closed = dict(until_closed(plain))
        with pytest.raises(TimeoutError):
            silent.recv(timeout=0.1)
    assert set(closed) == set(HALVES)
    assert {name for name, seconds in closed.items() if seconds < WAITS - 0.1} == set()
    late = len(HALVES) - 1  # who sent nothing was only early
    assert f'descent_lab_refused_total{{reason="slow"}} {late}.0' in asked(plain, "/metrics")[1].decode()


def until_closed(plain: str) -> Iterator[tuple[str, float]]:
    """Which halves the server closed, and after how many seconds."""
    begun = time.monotonic()
    clients = {name: socket.create_connection(place(plain)) for name in HALVES}
    for name, (first, _) in HALVES.items():
        clients[name].setblocking(False)
        clients[name].sendall(first)
    while clients and time.monotonic() - begun < 60:
        readable, _, _ = select.select(clients.values(), [], [], 0.5)
        for name, client in list(clients.items()):
            with suppress(BlockingIOError, ConnectionError):
                if client in readable and client.recv(4096):
                    continue
                if client not in readable:
                    client.sendall(HALVES[name][1])
                    continue
            clients.pop(name).close()
            yield name, time.monotonic() - begun
    for client in clients.values():
        client.close()


def test_who_finishes_slowly_is_answered(plain: str):
    with socket.create_connection(place(plain), timeout=30) as client:
        for part in (HEAD[:10], HEAD[10:], b"x" * 100, b"x" * 100):
            client.sendall(part)
            time.sleep(0.3)  # a phone at the edge of the network
        assert client.recv(4096).startswith(b"HTTP/1.1 200 ")


# Room


def test_there_is_room_for_a_class_where_a_program_is_given_few_open_files(serving: Serving, tmp_path: Path):
    """macOS gives 256, of which student 63 found none; here it is fewer, and idle connections take one each."""
    log = tmp_path / "log"
    with serving(free_port(), log, limits="ulimit -S -n 128") as server, ExitStack() as stack:
        for _ in range(150):
            url = f"ws{server.removeprefix('http')}/_stcore/stream"
            stack.enter_context(connect(url, origin=Origin(server), proxy=None))
        assert asked(server, "/_stcore/health")[0].status == 200
    assert re.search(r"Open files: \d+, enough for \d+ people, \d+ of them arriving at the same moment\.", log.read_text())


@pytest.mark.parametrize(
    ("soft", "hard", "after", "said"),
    [
        (256, -1, 8192, "8192, enough for 2038 people, 815 of them arriving at the same moment."),
        (1024, 4096, 4096, "4096, enough for 1014 people, 405 of them arriving at the same moment. `ulimit -Hn` is"),
        (256, 256, 256, "256, enough for 54 people, 21 of them"),
        (20000, 20000, 20000, "20000, enough for 4990 people, 1996 of them arriving at the same moment."),
        (-1, -1, -1, "no limit."),
        (10, 10, 10, "10, enough for 0 people"),
    ],
)
def test_the_limit_is_raised_as_far_as_it_is_allowed(monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, after: int, said: str):
    limits = SimpleNamespace(now=(soft, hard), RLIMIT_NOFILE=7, RLIM_INFINITY=-1, getrlimit=lambda _: limits.now)
    limits.setrlimit = lambda _, wanted: setattr(limits, "now", wanted)
    monkeypatch.setattr(room, "resource", limits)
    assert room.make_room().startswith(f"Open files: {said}")
    assert limits.now == (after, hard)


def test_a_system_that_refuses_or_counts_nothing_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch):
    def refuse(_which: int, _wanted: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    limits = SimpleNamespace(RLIMIT_NOFILE=7, RLIM_INFINITY=-1, getrlimit=lambda _: (256, -1), setrlimit=refuse)
    monkeypatch.setattr(room, "resource", limits)
    assert room.make_room().startswith("Open files: 256, enough for 54 people")
    monkeypatch.setattr(room, "resource", None)
    assert room.make_room() == ""
