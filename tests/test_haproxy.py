"""deploy/haproxy.cfg in a real HAProxy, before three small servers that say what they were asked."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from rooms.register import LETTERS
from tests import haproxy
from tests.race_page import eventually
from tests.test_serving import asked

FILE = haproxy.FILE.read_text("utf-8")
CLOSED = [
    "/metrics",
    "/_stcore/metrics",
    "/_stcore/upload_file/session/file",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/_stcore",
    "/component/any/index.html",
]
OPEN = ["/", "/explore", "/_stcore/health", "/_stcore/host-config", "/lane/1?at=3", "/player/1/player.js", "/room/state", "/media/picture.png"]


@pytest.fixture(scope="module")
def program() -> str:
    path = haproxy.find()
    if path is None:
        pytest.skip(haproxy.MISSING)
    return path


class Stand:
    """A server that says which one it is and what it was asked, at the same port each time that it is on."""

    def __init__(self, name: str) -> None:
        async def answer(request: Request) -> Response:
            kept = {"Cache-Control": "public, max-age=31536000"}
            head = {"headers": dict(request.headers), "by": request.client.host if request.client else "", "scheme": request.url.scheme}
            return JSONResponse({"name": name, "path": request.url.path, **head}, headers=kept)

        async def echo(socket: WebSocket) -> None:
            await socket.accept(subprotocol="streamlit")
            await socket.send_json({"name": name, "headers": dict(socket.headers), "by": socket.client.host if socket.client else ""})
            async for text in socket.iter_text():
                await socket.send_text(text)

        everything = Route("/{path:path}", answer, methods=["GET", "POST", "PUT"])
        self.app = Starlette(routes=[WebSocketRoute("/_stcore/stream", echo), everything])
        self.port = haproxy.free_port()
        self.server, self.thread = self.on()

    def on(self) -> tuple[uvicorn.Server, threading.Thread]:
        config = uvicorn.Config(self.app, host="127.0.0.1", port=self.port, log_config=None, ws="websockets-sansio", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        eventually(lambda: self.server.started)
        return self.server, self.thread

    def off(self) -> None:
        self.server.should_exit = True
        self.thread.join()


@pytest.fixture(scope="module")
def stands(program: str) -> Iterator[dict[str, Stand]]:
    with ExitStack() as running:
        stands = {name: Stand(name) for name in "abc"}
        for stand in stands.values():
            running.callback(stand.off)
        yield stands


@pytest.fixture(scope="module")
def front(program: str, stands: dict[str, Stand]) -> Iterator[tuple[str, str]]:
    """The addresses of HAProxy and of its own page."""
    with haproxy.started(program, [f"127.0.0.1:{stand.port}" for stand in stands.values()]) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def proxy(front: tuple[str, str]) -> str:
    return front[0]


def said(proxy: str, path: str = "/", method: str = "GET", **headers: str) -> dict[str, Any]:
    """What the server that was asked says."""
    answer, body = asked(proxy, path, method, b"{}" if method == "POST" else None, **headers)
    assert answer.status == 200, (path, answer.status)
    return json.loads(body)


def cookie_of(proxy: str) -> tuple[str, str]:
    """The cookie that a new visitor gets, and the server that answered."""
    answer, body = asked(proxy, "/")
    (morsel,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    return f"{morsel.key}={morsel.value}", json.loads(body)["name"]


def certificate(folder: Path) -> Path:
    """A new certificate, and its key below it."""
    file, openssl = folder / "lab.pem", shutil.which("openssl")
    if openssl is None:
        pytest.skip("No openssl is installed, which makes the certificate: on Debian and Ubuntu it is the package openssl.")
    new = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    subprocess.run([*new, "-keyout", folder / "key", "-out", folder / "certificate"], check=True, capture_output=True)
    file.write_text((folder / "certificate").read_text() + (folder / "key").read_text())
    return file


def test_haproxy_has_nothing_against_the_file(program: str, tmp_path: Path):
    assert haproxy.checked(program, {"LAB_RUN": str(tmp_path)}) == ""


@pytest.mark.parametrize("path", CLOSED)
def test_what_is_nobodys_outside_is_not_there(proxy: str, path: str):
    other = path.replace("m", "%6d").replace("o", "%6f", 1)
    assert [asked(proxy, each, method)[0].status for each in (path, other) for method in ("GET", "POST", "PUT")] == [404] * 6


def test_what_a_page_asks_for_is_there(proxy: str):
    assert [said(proxy, path)["path"] for path in OPEN] == [path.partition("?")[0] for path in OPEN]


def test_a_visitor_stays_with_a_server_and_new_ones_go_to_all(proxy: str):
    cookies = dict(cookie_of(proxy) for _ in range(12))
    assert set(cookies.values()) == set("abc")
    for cookie, name in cookies.items():
        assert {said(proxy, path, Cookie=cookie)["name"] for path in OPEN} == {name}
        assert "cookie" not in said(proxy, Cookie=cookie)["headers"]  # it is HAProxy's own affair


def test_the_cookie_is_no_scripts_and_no_caches(proxy: str):
    answer, _body = asked(proxy, "/")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "private" in str(answer.headers.get_all("Cache-Control"))


def test_forged_addresses_are_not_believed_and_the_host_goes_on(proxy: str):
    forged = {"X_Forwarded_For": "10.9.9.9", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example", "Forwarded": "for=10.9.9.9"}
    heard = said(proxy, Host="lab.example.edu:8443", X_Real_IP="10.9.9.9", **forged)
    assert (heard["by"], heard["scheme"]) == ("127.0.0.1", "http")
    assert {name: value for name, value in heard["headers"].items() if "forwarded" in name or "real" in name} == {
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
    }
    assert heard["headers"]["host"] == "lab.example.edu:8443"


def test_a_rooms_requests_go_to_the_server_of_its_letter(proxy: str):
    servers = {
        name: letters.split() for name, letters in re.findall(r"^ +use-server (\w) if \{ var\(txn\.code\) -m beg ([\w ]+) \}$", FILE, re.MULTILINE)
    }
    assert sorted(letter for letters in servers.values() for letter in letters) == sorted(LETTERS)
    for name, letters in servers.items():
        for letter in letters:
            code = f"{letter}7MP"
            for cookie in ("lab=a", "lab=b"):
                assert said(proxy, f"/room/state?who=1&code={code}", Cookie=cookie)["name"] == name
                assert said(proxy, f"/room/tell?code={code}", "POST", Cookie=cookie)["name"] == name
                assert said(proxy, f"/lessons?room=+{code[:2].lower()}%20{code[2:]}", Cookie=cookie)["name"] == name
    assert said(proxy, "/lessons?lesson=zigzag&room=C7MP", Cookie="lab=b")["name"] == "b"  # its page is any server's
    assert "Set-Cookie" not in asked(proxy, "/room/state?code=C7MP")[0].headers  # a room moves no visitor


def test_a_websocket_passes_and_says_who_asks(proxy: str):
    headers = {"X-Forwarded-For": "10.9.9.9"}
    where = f"ws{proxy.removeprefix('http')}/_stcore/stream"
    with connect(where, additional_headers=headers, subprotocols=[Subprotocol("streamlit")], proxy=None) as socket:
        assert socket.subprotocol == "streamlit"
        assert json.loads(socket.recv(10))["by"] == "127.0.0.1"
        socket.send("there and back")
        assert socket.recv(10) == "there and back"


def test_a_server_that_is_gone_is_missed_by_nobody_and_takes_visitors_when_it_is_back(front: tuple[str, str], stands: dict[str, Stand]):
    proxy, own = front
    where = f"ws{proxy.removeprefix('http')}/_stcore/stream"
    with connect(where, additional_headers={"Cookie": "lab=b"}, subprotocols=[Subprotocol("streamlit")], proxy=None) as socket:
        assert json.loads(socket.recv(10))["name"] == "b"
        stands["b"].off()
        with pytest.raises(ConnectionClosed):
            socket.recv(10)
        at_once = [asked(proxy, f"/lane/{i}", Cookie="lab=b") for i in range(10)]
    assert {answer.status for answer, _body in at_once} == {200}
    assert {json.loads(body)["name"] for _answer, body in at_once} <= {"a", "c"}
    assert all(answer.headers["Set-Cookie"] for answer, _body in at_once)  # the next requests go where this one went
    assert asked(proxy, "/room/state?code=M7MP")[0].status == 503  # its room is nowhere else
    eventually(lambda: haproxy.up(f"{own}/metrics"), lambda names: names == ["a", "c"])
    stands["b"].on()
    eventually(lambda: haproxy.up(f"{own}/metrics"), lambda names: names == ["a", "b", "c"])
    assert {cookie_of(proxy)[1] for _ in range(12)} == set("abc")
    assert said(proxy, "/room/state?code=M7MP")["name"] == "b"


@pytest.mark.thorough
def test_below_a_base_path_the_same_holds(program: str, stands: dict[str, Stand]):
    with haproxy.started(program, [f"127.0.0.1:{stand.port}" for stand in stands.values()], LAB_BASE="/lab") as (proxy, _own):
        assert [asked(proxy, f"/lab{path}")[0].status for path in CLOSED] == [404] * len(CLOSED)
        assert [asked(proxy, f"/lab{path}")[0].status for path in OPEN] == [200] * len(OPEN)
        assert said(proxy, "/lab/room/state?code=X7MP", Cookie="lab=a")["name"] == "c"


def test_with_all_that_is_to_be_filled_in_it_speaks_tls_below_a_base_path(program: str, stands: dict[str, Stand], tmp_path: Path):
    text = re.sub(r"^( *)# (bind :443|http-request redirect|http-response set-header Strict)", r"\1\2", FILE, flags=re.MULTILINE)
    text = re.sub(r"^ *cookie lab .*Lax\"$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)# (?:[234]: )?(cookie|server|setenv)", r"\1\2", text, flags=re.MULTILINE)
    assert text.count("server d ") == 2
    own, port = certificate(tmp_path), haproxy.free_port()
    text = (
        text.replace("/etc/haproxy/certs/lab.example.edu.pem", str(own)).replace(":443", f"127.0.0.1:{port}").replace("10.0.0.12:8601", "127.0.0.1:9")
    )
    file = tmp_path / "haproxy.cfg"
    file.write_text(text)
    assert haproxy.checked(program, {"LAB_RUN": str(tmp_path)}, file) == ""
    with haproxy.started(program, [f"127.0.0.1:{stand.port}" for stand in stands.values()], file) as (proxy, _own):
        plain, _body = asked(proxy, "/lab/explore?steps=50", Host="lab.example.edu")
        assert (plain.status, plain.headers["Location"]) == (308, "https://lab.example.edu/lab/explore?steps=50")
        with closing(HTTPSConnection("127.0.0.1", port, context=ssl.create_default_context(cafile=own), timeout=30)) as connection:
            connection.request("GET", "/lab/", headers={"X-Forwarded-Proto": "http"})
            answer = connection.getresponse()
            assert json.loads(answer.read())["scheme"] == "https"
            assert {"Secure", "SameSite=None", "Partitioned"} <= set(answer.headers["Set-Cookie"].split("; "))
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_address_that_asks_too_much_is_told_when_to_come_again(program: str, stands: dict[str, Stand], tmp_path: Path):
    assert "sc0_http_req_rate gt 50000" in FILE
    file = tmp_path / "haproxy.cfg"
    file.write_text(FILE.replace("gt 50000", "gt 20"))
    with haproxy.started(program, [f"127.0.0.1:{stand.port}" for stand in stands.values()], file) as (proxy, _own):
        answers = [asked(proxy, "/")[0] for _ in range(25)]
    assert [answer.status for answer in answers] == [200] * 20 + [429] * 5
    assert answers[-1].headers["Retry-After"] == "5"
