"""What the program uses of Streamlit without Streamlit promising it: each test says what an upgrade has broken."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from inspect import getsource, signature
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import streamlit
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunContext
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClient
from streamlit.runtime.state import SafeSessionState
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web import bootstrap
from streamlit.web.server.starlette import starlette_server
from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from serving import private
from tests.app_page import opened
from tests.conftest import ROOT
from tests.test_architecture import FILES
from views import trouble

PRIVATE = ROOT / "serving/private.py"
PUBLIC = {"streamlit", "streamlit.components"}
SEEN = "1.67."
STYLES = sorted(path for layer in ("views", "player") for kind in ("*.py", "*.css", "*.js") for path in (ROOT / layer).rglob(kind))


def modules(path: Path) -> set[str]:
    """The modules that a file imports from, in full."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return names | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("path", [path for path in FILES if path != PRIVATE], ids=lambda path: str(path.relative_to(ROOT)))
def test_what_streamlit_does_not_promise_is_used_in_one_file(path: Path):
    assert {name for name in modules(path) if name.split(".")[0] == "streamlit"} <= PUBLIC, f"move it to {PRIVATE.relative_to(ROOT)}"


def test_the_versions_in_the_file_are_those_that_are_installed():
    assert streamlit.__version__.startswith(SEEN), "see what of serving/private.py is still as it was, and write the new version there and here"


def test_a_rerun_knows_its_address_and_whether_it_comes_from_the_history():
    known = {field.name for field in fields(ScriptRunContext)}
    assert "query_string" in known, "no link is read any more: a rerun does not know the query of its address (private.query)"
    assert "is_history_navigation" in known, "Back and Forward restore nothing: a rerun does not know that it comes from the history"


def test_a_rerun_can_be_drawn_unseen_and_begun_again():
    broken = "the first change after a restart of the server is lost or drawn twice (private.unseen): "
    known = {field.name for field in fields(ScriptRunContext)} | set(vars(ScriptRunContext))
    needed = {"session_state", "_enqueue", "cached_message_hashes", "context_info", "page_script_hash", "query_string"}
    assert needed <= known, broken + "a rerun no longer has all that makes up the next one"
    assert hasattr(SafeSessionState, "get_widget_states"), broken + "nobody says what the browser holds"
    assert hasattr(SafeSessionState, "on_script_finished"), broken + "what the browser holds cannot be forgotten until it is heard"
    again = RerunData(query_string="a=1", widget_states=WidgetStates(), page_script_hash="", cached_message_hashes=frozenset(), context_info=None)
    assert again.query_string == "a=1"


def test_the_key_of_a_widget_can_be_told_from_what_the_browser_calls_it():
    (button,) = [button for button in opened(lanes="1").button if button.key == "add"]
    state = WidgetStates().widgets.add(id=button.proto.id)
    assert private.key_of(state).rstrip() == "add", "widgets lose their keys after a restart of the server: Streamlit names them differently"


def test_streamlit_serves_its_files_where_they_are_looked_for():
    kinds = {path.suffix for _address, path in private.own_files()}
    assert {".js", ".css", ".woff2"} <= kinds, "Streamlit's scripts are read from the disk again for everybody: they lie in another folder now"
    assert all(address.startswith("static/") for address, _path in private.own_files())


def test_what_is_done_before_serving_can_be_done_for_several_processes():
    broken = "`make run WORKERS=2` does not start (private.configure to private.print_address, serving/workers.py): "
    asked = {"_get_server_address": 0, "_get_bind_address": 1, "_get_server_port": 0, "_bind_server_socket": 4, "_get_uvicorn_config_kwargs": 0}
    assert {name: len(signature(getattr(starlette_server, name)).parameters) for name in asked} == asked, broken + "its socket is opened otherwise"
    assert {"app", "host", "port"}.isdisjoint(private.uvicorn_settings()), broken + "uvicorn is told twice what it serves"
    assert Config("app:app", workers=2, timeout_worker_healthcheck=30, **private.uvicorn_settings()).workers == 2
    assert [*signature(Multiprocess).parameters] == ["config", "sockets"], broken + "uvicorn begins its processes otherwise"
    assert {"run", "init_processes", "keep_subprocess_alive"} <= set(vars(Multiprocess)), "where the rooms' process dies no other begins"
    assert "flag_options" in signature(bootstrap.load_config_options).parameters, broken + "options are read otherwise"
    assert "is_running_hello" in signature(bootstrap._print_url).parameters, broken + "its address is printed otherwise"


def test_addresses_are_below_the_base_path():
    assert private.address_of("lane/1") == "/lane/1", "Streamlit puts its base path before a route in another way"


def test_streamlits_script_is_told_where_its_server_is(scripts: str):
    broken = "every page but the first leaves two 404s in the browser's console (private.document): "
    document = private.document("a", "")
    assert document.count("BACKEND_BASE_URL") == 1, broken + "Streamlit's document has no head, or another one"
    assert document.index("BACKEND_BASE_URL") < document.index('src="./static/'), broken + "it is said after a script has run"
    assert "window.__streamlit" in scripts, broken + "nobody looks for what is said"
    assert re.search(r"\(\w+\.BACKEND_BASE_URL\)", scripts), broken + "nobody asks for this address"
    assert re.search(r"\(\w+\.MAIN_PAGE_BASE_URL\)", scripts), "pages have addresses below that of their version (private.document)"


def test_streamlits_script_asks_its_server_where_that_lets_it(scripts: str):
    for path in private.ASKED:
        assert f"`{path}`" in scripts, f"no page finds its server: {path} has another address (private.asks_of_its_server)"
    tried = "length<=2?" in scripts and ".slice(0,2)" in scripts
    assert tried, "Streamlit's script looks for its server in other places too: is one of them the program (private.place_of)?"


def test_streamlits_script_says_when_it_looks_for_its_server(scripts: str):
    assert "`PINGING_SERVER`" in scripts, "a page does not say that its server is of another version (player/browser/hosts/document/streamlit.js)"


def test_the_end_of_a_change_is_seen_at_the_connection():
    broken = "nobody counts how long changes take any more (serving/counted.py): "
    asked, told = BackMsg(), ForwardMsg()
    asked.rerun_script.page_name = "explore"
    told.metadata.run.script_run_id = "0" * 36
    told.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    assert private.rerun_of(asked.SerializeToString()) == "explore", broken + "what a browser asks for is written in another way"
    assert private.ends_rerun(told.SerializeToString()), broken + "the end of a rerun is told in another way"
    asked.Clear()
    asked.app_heartbeat = True
    assert private.rerun_of(asked.SerializeToString()) is None, broken + "a heartbeat counts as one"


def test_a_page_that_comes_back_while_others_are_told_something_is_told_it_over_its_new_connection(monkeypatch: pytest.MonkeyPatch):
    """Streamlit's loop pauses after each message that it sends."""

    def session(name: str, told: list[str]) -> AppSession:
        return cast(AppSession, SimpleNamespace(id=name, flush_browser_queue=lambda: list(told), on_flushed_messages_sent=lambda: None))

    active = {
        name: ActiveSessionInfo(client=cast(SessionClient, f"{name}'s first"), session=session(name, ["a", "b"]))
        for name in ("one", "other", "third")
    }
    monkeypatch.setattr(WebsocketSessionManager, "list_active_sessions", WebsocketSessionManager.list_active_sessions)
    private.send_to_who_is_there()
    manager = WebsocketSessionManager.__new__(WebsocketSessionManager)
    manager._active_session_info_by_id = active
    sent, listed = [], manager.list_active_sessions()
    assert len(listed) == 3
    for info in listed:
        if not sent:
            active["other"] = ActiveSessionInfo(client=cast(SessionClient, "other's second"), session=active["other"].session)
            del active["third"]
        sent += [(info.client, message) for message in info.session.flush_browser_queue()]
    assert sent == [("one's first", "a"), ("one's first", "b"), ("other's second", "a"), ("other's second", "b")]


def test_streamlit_tells_pages_things_as_it_was_seen_to():
    broken = "a page that comes back may wait for ever (private.send_to_who_is_there): "
    loop = getsource(Runtime._loop_coroutine)
    assert "in self._session_mgr.list_active_sessions():" in loop, broken + "the list of pages is made otherwise"
    assert "self._send_message(active_session_info, msg)" in loop, broken + "messages are sent otherwise"


NAMES = re.compile(r"\b(st[A-Z]\w+)\b(?=[\"'\]\s.:,{>)])")  # the names of Streamlit's test ids and classes


@pytest.fixture(scope="module")
def scripts() -> str:
    """Streamlit's browser side."""
    return "".join(path.read_text("utf-8") for path in (Path(get_static_dir()) / "static/js").glob("*.js"))


def test_streamlit_still_says_the_sentences_that_are_replaced(scripts: str):
    sentences = {sentence.rstrip(".") for words in trouble.dialogs() for sentence in words.split(". ")}
    gone = {sentence for sentence in sentences if sentence not in scripts}
    assert gone == set(), "Streamlit says these in other words now, so that its dialogs are no longer in the page's"


def test_streamlit_still_has_every_part_that_styles_and_scripts_ask_for(scripts: str):
    asked = {name for path in STYLES for name in NAMES.findall(path.read_text("utf-8"))}
    gone = {name for name in asked if f'"{name}"' not in scripts and f"`{name}`" not in scripts}
    assert len(asked) > 10
    assert gone == set(), "Streamlit's page has no such parts any more: their styles, and what scripts read off them, do nothing"
