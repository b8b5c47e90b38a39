"""What this program uses of Streamlit without Streamlit promising it: all of it stands here, with the version that it was seen in.

When an upgrade changes one of these, `tests/test_private.py` says in a sentence which, and what of the program hangs on it.
"""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from google.protobuf.message import DecodeError
from streamlit import config
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx
from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.url_util import make_url_path
from streamlit.web import bootstrap
from streamlit.web.cli import configurator_options
from streamlit.web.server.starlette import starlette_server
from uvicorn import Config

TCP = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_STREAM)]
T = TypeVar("T")


# A rerun, seen in Streamlit 1.67.


def query() -> str:
    """The address's parameters as they stand in it: `st.query_params` knows the last of several, and not what Streamlit reads itself."""
    context = get_script_run_ctx()
    return context.query_string if context is not None else ""


def went_back_or_forward() -> bool:
    """Whether this rerun comes from the browser's history.

    Comparing addresses would not do: a rerun brings the address of the moment it was sent, which is an older one while a slider moves fast.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def told() -> list[WidgetState]:
    """What the browser says of its widgets with this rerun; nothing where that comes from its history."""
    context = get_script_run_ctx()
    return [] if context is None or context.is_history_navigation else context.session_state.get_widget_states()


def key_of(state: WidgetState) -> str:
    """The key of the widget that the browser speaks of; an empty one where it has none."""
    return user_key_from_element_id(state.id) or ""


def stop_where_overtaken() -> None:
    """End a rerun that another has overtaken: Streamlit raises then, as wherever the session's state is looked at or something is drawn."""
    _ = "overtaken" in st.session_state


@contextmanager
def unseen(states: list[WidgetState]) -> Iterator[None]:
    """What is drawn in the block is shown to nobody; at its end the rerun begins once more, and then these states of widgets are heard.

    Raises RerunException at the end of the block, which Streamlit takes for the wish to begin again.
    """
    context = get_script_run_ctx()
    assert context is not None
    again = RerunData(
        query_string=context.query_string,
        widget_states=WidgetStates(widgets=states),
        page_script_hash=context.page_script_hash,
        cached_message_hashes=context.cached_message_hashes,
        context_info=context.context_info,
    )
    context.session_state.on_script_finished(frozenset())  # forgets what the browser holds until it is heard
    tell, context._enqueue = context._enqueue, lambda _message: None
    try:
        yield
    finally:
        context._enqueue = tell
    raise RerunException(again)


# What goes over a browser's connection, seen in Streamlit 1.67.

STREAM, METRICS = "_stcore/stream", "_stcore/metrics"  # below the base path
RERUN = b"Z"  # with which a message begins that asks for a rerun: field 11
SMALL = 2000  # bytes; the message that a rerun has ended is 50 long, and 30 for each fragment. What is larger need not be read


def name_of(page: Any) -> str:
    """What browsers call an `st.Page` by, once they have been told."""
    return str(page._script_hash)


def rerun_of(message: bytes) -> str | None:
    """The page that a browser asks to be run again: what it calls it by, the first time its path; None for another message."""
    if not message.startswith(RERUN):
        return None
    try:
        asked = BackMsg.FromString(message).rerun_script
    except DecodeError:
        return None
    return asked.page_script_hash or asked.page_name


def ends_rerun(message: bytes) -> bool:
    """Whether a message to a browser says that what it asked for is done, and does not begin once more at once."""
    if len(message) > SMALL:
        return False
    told = ForwardMsg.FromString(message)
    return told.WhichOneof("type") == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def comes_again(protocols: str) -> bool:
    """Whether a connection goes on with a visit, by its Sec-WebSocket-Protocol: a name, a token, and the visit's id."""
    return len(protocols.split(",")) > 2


# The server, seen in Streamlit 1.67 with uvicorn 0.54.


def listening() -> list[socket.socket]:
    """The server's sockets, which Streamlit hands nobody out."""
    return [each for each in _in_memory(socket.socket) if each.fileno() >= 0 and (each.family, each.type) in TCP]


def server_settings() -> Iterable[Config]:
    """The settings that uvicorn runs with, which Streamlit hands nobody out either."""
    return _in_memory(Config)


def log_no_visitors() -> None:
    """Keep out of the log what uvicorn says of each request and connection: a line that begins with the address, and has the link.

    Streamlit has it turned off, and on again where several processes serve one port.
    """
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(lambda record: not str(record.msg).startswith("%s - "))


def send_to_who_is_there() -> None:
    """Have what a page is to be told sent to the connection that it has by then.

    Streamlit goes through a list of all pages and their connections, and pauses after each message: a page that had come back by another connection
    meanwhile, its lid opened or its server changed, was told everything over the one that was closed, and waited for ever.
    """
    WebsocketSessionManager.list_active_sessions = lambda self: Present(self._active_session_info_by_id)


class Present(list[ActiveSessionInfo]):
    """The pages that are there, each with its connection at the moment in which it is looked at."""

    def __init__(self, active: Mapping[str, ActiveSessionInfo]) -> None:
        super().__init__(active.values())
        self.active = active

    def __iter__(self) -> Iterator[ActiveSessionInfo]:
        return (now for each in super().__iter__() if (now := self.active.get(each.session.id)))


def _in_memory(kind: type[T]) -> Iterator[T]:
    return (thing for thing in gc.get_objects() if type(thing) is kind)


# What `streamlit run` does before it serves, seen in Streamlit 1.67.


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command of click's with all of Streamlit's options, of the command line and of the environment: `server_port` and so on."""
    return configurator_options(command)


def configure(script: Path, given: Mapping[str, Any]) -> None:
    """Read Streamlit's settings: the files of the program in this script and of its reader, and what such a command was given."""
    config._main_script_path = str(script)
    bootstrap.load_config_options(dict(given))


def bound(backlog: int) -> socket.socket:
    """A socket at the address and port of the settings, listening. Raises OSError where it is taken, OverflowError where it is none."""
    address = starlette_server._get_server_address()
    wanted = starlette_server._get_bind_address(address)
    return starlette_server._bind_server_socket(address, wanted, starlette_server._get_server_port(), backlog)[0]


def uvicorn_settings() -> dict[str, Any]:
    """The arguments of uvicorn's `Config` that Streamlit gives it, without the program and where it listens."""
    return starlette_server._get_uvicorn_config_kwargs()


def print_address() -> None:
    """Print where the program is found."""
    bootstrap._print_url(is_running_hello=False)


# Addresses, seen in Streamlit 1.67.


def address_of(path: str) -> str:
    """The address of a path below the server's base path, as Streamlit's own routes have it."""
    return make_url_path(st.get_option("server.baseUrlPath"), path)


def own_files() -> Iterator[tuple[str, Path]]:
    """The addresses, without the base path, under which Streamlit serves its scripts, styles and fonts for ever, and their files."""
    folder = Path(get_static_dir())
    return ((path.relative_to(folder).as_posix(), path) for path in (folder / "static").rglob("*") if path.is_file())


# The browser's side, seen in Streamlit 1.67.

HEAD = "<head>"
SERVER = """<script>{{ const base = new URL(".", document.baseURI).href;
window.__streamlit = {{ BACKEND_BASE_URL: base + "{place}", MAIN_PAGE_BASE_URL: base }}; }}</script>"""
ASKED = ("_stcore/health", "_stcore/host-config", "_stcore/stream")  # what its script asks for below that address
MEDIA = "media/"


def document(version: str, opening: str) -> str:
    """Streamlit's document of every page, with a script before all others, and one that says where its server is: where a version has its place.

    Without it Streamlit's script looks below the page's own path first, which takes a round trip, and leaves two 404s in the console of all pages but
    the first. Relative, as the document's own addresses are: a proxy may put a prefix before all of them. Pages have their addresses without it.
    """
    own = HEAD + opening + SERVER.format(place=place_of(version))
    return (Path(get_static_dir()) / "index.html").read_text("utf-8").replace(HEAD, own, 1)


def place_of(version: str) -> str:
    """Below which address the pages of a version look for their server.

    It has two parts: where the whole does not answer at first, Streamlit's script tries it without the last one, which must not be the program.
    """
    return f"version/{version}"


def asks_of_its_server(path: str) -> bool:
    """Whether a path below that address is one that Streamlit's script asks for."""
    return path in ASKED or path.startswith(MEDIA)
