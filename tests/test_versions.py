"""A page and a server of two versions of the program: the server answers nothing, and says why."""

from __future__ import annotations

import shutil
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from player import BROWSER, VERSION, opening
from player.bundle import bundle
from player.opening import ENTRY
from player.version import FOLDERS, KINDS, of_program
from serving.files import packed
from serving.private import document
from serving.versions import OTHER
from tests.conftest import ROOT
from tests.test_architecture import LAYERS

OLD = "0" * 12
ROUTES = ["/lane/1", "/surface", "/map/1", "/lessons", "/room/state?code=ab", "/network", "/_stcore/health", "/explore", "/missing"]


def asked(server: str, path: str, version: str | None, method: str = "GET") -> tuple[int, str, str | None]:
    """Status, text and Cache-Control of an answer."""
    parts = urlsplit(server)
    headers = {} if version is None else {"Descent-Version": version}
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=20)) as connection:
        connection.request(method, parts.path + path, headers=headers | ({"Origin": server} if method == "POST" else {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ROUTES)
def test_another_versions_page_is_answered_nothing(server: str, path: str):
    assert asked(server, path, OLD) == (412, OTHER, "no-store")
    assert asked(server, path, VERSION)[0] != 412
    assert asked(server, path, None) == asked(server, path, VERSION)


def test_what_another_versions_page_sends_is_not_taken(server: str):
    assert asked(server, "/room/open", OLD, "POST")[:2] == (412, OTHER)
    assert asked(server, "/room/open", VERSION, "POST")[0] == 400


def test_the_page_finds_its_server_below_its_version(server: str):
    plain = asked(server, "/_stcore/health", None)
    assert asked(server, f"/version/{VERSION}/_stcore/health", None) == plain
    assert asked(server, f"/version/{OLD}/_stcore/health", None)[:2] == (412, OTHER)
    assert asked(server, "/version/_stcore/health", None)[0] == 412  # Streamlit's script tries this one too


@pytest.mark.parametrize("path", ["metrics", "_stcore/metrics", "_stcore/upload_file/a/b", "lane/1", "", f"version/{VERSION}/_stcore/health"])
def test_nothing_else_has_a_second_address_there(server: str, path: str):
    assert asked(server, f"/version/{VERSION}/{path}", None)[0] == 404


def test_a_websocket_opens_for_pages_of_this_version_alone(server: str):
    address = server.replace("http", "ws", 1)
    for place in ("", f"/version/{VERSION}"):
        with connect(f"{address}{place}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]) as opened:
            assert opened.subprotocol == "streamlit"
    with pytest.raises(InvalidStatus) as refused, connect(f"{address}/version/{OLD}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]):
        pass
    assert (refused.value.response.status_code, bytes(refused.value.response.body).decode()) == (403, OTHER)


def test_a_version_is_that_of_all_that_makes_the_program(tmp_path: Path):
    copy = tmp_path / "copy"
    for folder in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__", "vendor")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    shutil.copytree(ROOT / ".streamlit", copy / ".streamlit")
    shutil.copy(ROOT / "app.py", copy)
    assert of_program(copy) == VERSION
    (copy / "README.md").write_text("Nothing that runs.")
    (copy / "lessons" / "notes.txt").write_text("This neither.")
    assert of_program(copy) == VERSION
    seen = {VERSION, of_program(copy, address="another"), of_program(copy, streamlit="99.0")}
    for changed in ("landscapes/new.py", "app.py", "locales/ko/LC_MESSAGES/descent.mo"):
        (copy / changed).write_bytes(b"another")
        seen.add(of_program(copy))
    assert len(seen) == 6


def test_no_folder_of_the_program_and_no_kind_of_file_in_it_is_forgotten():
    assert [*FOLDERS, "app"] == LAYERS
    kinds = {path.suffix for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file() and "player" not in path.parts}
    assert kinds - {".pyc", ".nbi", ".nbc"} <= {*KINDS, ".po", ".md", ".txt"}, "is it a part of the program (player/version.py)?"


def test_every_document_that_is_sent_begins_with_its_version_and_no_saved_file_does(server: str):
    for path in ("/", "/explore", "/lessons", "/lessons?lesson=zigzag"):
        text = asked(server, path, None)[1]
        assert text.count(opening()) == 1, path
        assert text.index(opening()) < text.index("<script", text.index(opening()) + 1)
    assert opening() not in asked(server, "/lessons/file?lesson=zigzag", None)[1]
    assert opening() not in asked(server, "/export/page?surface=bowl&lanes=1", None)[1]
    assert len(packed("index.html", document(VERSION, opening()).encode()).body) < 6000  # bytes: it comes before all else


def test_what_a_document_begins_with_asks_for_no_file():
    assert "import(" not in bundle(ENTRY, "made")
    assert "src=" not in opening()


def test_all_that_the_browser_asks_for_says_its_version():
    own = [path.relative_to(BROWSER).as_posix() for path in sorted(BROWSER.rglob("*.js")) if "fetch(" in path.read_text("utf-8")]
    assert own == ["base/ask.js"]
