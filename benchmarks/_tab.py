"""A browser's tab without a browser: what a page of Streamlit's shows, the messages that a hand on it sends, a lid that is shut."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from time import perf_counter
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks._student import ALERT, PATIENCE, held
from serving.private import key_of

AGE = 20  # runs of the page after which a browser forgets a message that no run repeated: global.maxCachedMessageAge
HELD = ("selectbox", "number_input", "slider", "button_group", "checkbox", "text_input", "multiselect")

Spot = tuple[int, ...]


class Unlike(Exception):
    """The page is not what it should be."""


@dataclass
class Shown:
    """An element of the page, and of which fragment and run it is."""

    element: Element
    fragment: str
    run: int

    @property
    def kind(self) -> str:
        return self.element.WhichOneof("type") or ""

    @property
    def id(self) -> str:
        return getattr(getattr(self.element, self.kind), "id", "") if self.kind else ""

    @property
    def key(self) -> str:
        """Its key in the program, without the version that `views.tied` adds."""
        return key_of(WidgetState(id=self.id)).rstrip() if self.id else ""

    @property
    def data(self) -> Any:
        """What a component was given: bytes, or what its JSON says."""
        component = self.element.bidi_component
        return json.loads(component.json) if component.WhichOneof("data") == "json" else component.bytes


class Tab:
    """`path` and `query` are the page's address, `locale` the browser's; who reads `came` knows what the server has sent."""

    def __init__(self, address: str, path: str = "", query: str = "", locale: str = "en-US") -> None:
        self.address, self.path, self.query, self.locale = address, path, query, locale
        self.socket: ClientConnection | None = None
        self.session = self.hash = ""
        self.run = self.told = 0
        self.elements: dict[Spot, Shown] = {}
        self.menus: dict[Spot, bool] = {}  # popovers, and whether they are open
        self.states: dict[str, WidgetState] = {}  # what the browser holds of widgets that it shows
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}  # messages by their hashes, and in which run they came last
        self.said: list[str] = []  # what went wrong, as the page or the server said it

    async def open(self) -> float:
        """Connect, as who was here before where that is so; seconds until the page's script has run."""
        await self.connect()
        return await self.rerun()

    async def connect(self) -> None:
        url = "ws" + self.address.removeprefix("http") + "/_stcore/stream"
        known = [Subprotocol(each) for each in ("none", self.session) if self.session]
        self.socket = await connect(url, origin=Origin(self.address), subprotocols=[Subprotocol("streamlit"), *known], max_size=None, proxy=None)

    async def shut(self, cut: bool) -> None:
        """A laptop's lid: nothing more is read or answered; with `cut` the network tells the server so, otherwise it finds out by itself."""
        assert self.socket
        transport = self.socket.transport
        transport.abort() if cut else transport.pause_reading()

    async def wake(self) -> None:
        """The lid is opened: the old connection is of no use, and the browser makes another one with its session's name."""
        if self.socket:
            self.socket.transport.abort()
            await self.socket.wait_closed()
        await self.connect()

    async def close(self) -> None:
        if self.socket:
            await self.socket.close()
            self.socket = None

    async def rerun(self, event: WidgetState | None = None, fragment: str = "", back: bool = False) -> float:
        """Run the page, or a fragment of it, with what the browser holds and an event; seconds until it has run."""
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.hash,
            page_name="" if self.hash else self.path,
            fragment_id=fragment,
            is_history_navigation=back,
            cached_message_hashes=list(self.kept),
            context_info=ContextInfo(
                timezone="UTC", timezone_offset=0, locale=self.locale, url=f"{self.address}/{self.path}", is_embedded=False, color_scheme="light"
            ),
        )
        state.widget_states.widgets.extend([*self.states.values(), *([event] if event else [])])
        asked = perf_counter()
        assert self.socket
        async with asyncio.timeout(PATIENCE):
            await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
            while not self.ends(ForwardMsg.FromString(await self.socket.recv(decode=False))):
                pass
        return perf_counter() - asked

    async def go(self, hash: str, path: str, query: str, back: bool = False) -> float:
        """To another page, or to another address of this one by Back."""
        if hash != self.hash:
            self.states.clear()
        self.hash, self.path, self.query = hash, path, query
        return await self.rerun(back=back)

    # What comes.

    def ends(self, message: ForwardMsg) -> bool:
        """Read a message; whether it is the last one of a script that has run to its end."""
        match message.WhichOneof("type"):
            case "ref_hash":
                if message.ref_hash not in self.kept:
                    raise Unlike("The server sent the hash of a message that this browser does not hold.")
                known = ForwardMsg()
                known.CopyFrom(self.kept[message.ref_hash][0])
                known.metadata.CopyFrom(message.metadata)
                self.kept[message.ref_hash] = known, self.run
                return self.ends_with(known)
            case _:
                if message.metadata.cacheable:
                    self.kept[message.hash] = message, self.run
                return self.ends_with(message)

    def ends_with(self, message: ForwardMsg) -> bool:
        match message.WhichOneof("type"):
            case "new_session":
                self.session = message.new_session.initialize.session_id
                self.run += 1
            case "navigation":
                self.hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self.draw(tuple(message.metadata.delta_path), message.delta)
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.said.append(message.session_event.script_compilation_exception.message)
            case "script_finished":
                return self.finished(message.script_finished)
        return False

    def draw(self, path: Spot, delta: Delta) -> None:
        if delta.WhichOneof("type") == "add_block":
            if delta.add_block.WhichOneof("type") == "popover":
                self.menus.setdefault(path, False)
            else:
                self.menus.pop(path, None)
            return
        element = delta.new_element
        shown = self.elements[path] = Shown(element, delta.fragment_id, self.run)
        if shown.kind == "exception":
            self.said.append(f"{element.exception.type}: {element.exception.message}")
        if shown.kind == "html" and ALERT in element.html.body:
            self.said.append(element.html.body)
        self.hold(path, shown)

    def hold(self, path: Spot, shown: Shown) -> None:
        """Hold a widget's value, once its menu is open: the one that it is given, else the one that is held, else its own."""
        if shown.kind in HELD and self.seen(path):
            widget = getattr(shown.element, shown.kind)
            if widget.set_value or shown.id not in self.states:
                self.states[shown.id] = value_of(shown.element)

    def seen(self, path: Spot) -> bool:
        """Whether no closed menu hides what stands there."""
        return all(self.menus.get(path[:n], True) for n in range(1, len(path)))

    def finished(self, how: int) -> bool:
        """The end of a script: what this run did not draw again is gone."""
        if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        whole = how == ForwardMsg.FINISHED_SUCCESSFULLY
        drawn = {shown.fragment for shown in self.elements.values() if shown.run == self.run}
        self.elements = {path: shown for path, shown in self.elements.items() if shown.run == self.run or not (whole or shown.fragment in drawn)}
        here = {shown.id for shown in self.elements.values()}
        self.states = {id_: state for id_, state in self.states.items() if id_ in here}
        if whole:
            self.kept = {hash: known for hash, known in self.kept.items() if known[1] > self.run - AGE}
        return True

    # What a hand finds.

    def find(self, kind: str, key: str = "") -> Iterator[tuple[Spot, Shown]]:
        return ((path, shown) for path, shown in self.elements.items() if shown.kind == kind and (not key or shown.key == key))

    def open_menus(self, path: Spot) -> None:
        """Open the menus around what stands there; the browser then begins to hold what is in them."""
        for n in range(1, len(path)):
            if self.menus.get(path[:n]) is False:
                self.menus[path[:n]] = True
                for other, shown in self.elements.items():
                    if other[:n] == path[:n]:
                        self.hold(other, shown)

    async def press(self, path: Spot) -> float:
        """Press a button."""
        self.open_menus(path)
        shown = self.elements[path]
        return await self.rerun(WidgetState(id=shown.id, trigger_value=True), shown.fragment)

    async def tell(self, path: Spot, event: str, value: object) -> float:
        """What a component says, such as the value at which a slider was let go, under the number that the page answers with."""
        self.open_menus(path)
        shown = self.elements[path]
        self.told += 1
        trigger = json.dumps([{"event": event, "value": {"number": self.told, "value": value}}])
        return await self.rerun(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{shown.id}__events", json_trigger_value=trigger), shown.fragment)

    async def set(self, path: Spot, state: WidgetState) -> float:
        """Move a widget."""
        self.open_menus(path)
        shown = self.elements[path]
        state.id = shown.id
        self.states[shown.id] = state
        return await self.rerun(fragment=shown.fragment)

    def drawings(self) -> dict[str, str]:
        """A digest of what each panel and surface was sent, by the component's key."""
        wanted = {shown.key: shown.data for _path, shown in self.find("bidi_component") if shown.key.startswith(("panel", "stage_"))}
        return {key: blake2b(data if isinstance(data, bytes) else repr(data).encode(), digest_size=8).hexdigest() for key, data in wanted.items()}


def value_of(element: Element) -> WidgetState:
    """The value that a widget comes with."""
    match element.WhichOneof("type"):
        case "button_group":
            row = element.button_group
            chosen = list(row.raw_values) if row.set_value else [row.options[k].content for k in row.default]
            return WidgetState(id=row.id, string_array_value=StringArray(data=chosen))
        case "checkbox":
            box = element.checkbox
            return WidgetState(id=box.id, bool_value=box.value if box.set_value else box.default)
        case "text_input":
            field = element.text_input
            return WidgetState(id=field.id, string_value=field.value if field.set_value else field.default)
        case "multiselect":
            menu = element.multiselect
            chosen = list(menu.raw_values) if menu.set_value else [menu.options[k] for k in menu.default]
            return WidgetState(id=menu.id, string_array_value=StringArray(data=chosen))
        case _:
            return held(element)


def another(element: Element, random: Random) -> WidgetState | None:
    """Another value than the widget comes with, as a hand would choose; None where there is none."""
    match element.WhichOneof("type"):
        case "selectbox":
            menu, now = element.selectbox, value_of(element).string_value
            others = [option for option in menu.options if option != now]
            return WidgetState(string_value=random.choice(others)) if others else None
        case "button_group":
            now = list(value_of(element).string_array_value.data)
            others = [option.content for option in element.button_group.options if [option.content] != now]
            return WidgetState(string_array_value=StringArray(data=[random.choice(others)])) if others else None
        case "slider":
            now = list(value_of(element).string_array_value.data)
            others = [option for option in element.slider.options if [option] != now]
            return WidgetState(string_array_value=StringArray(data=[random.choice(others)])) if others else None
        case "checkbox":
            return WidgetState(bool_value=not value_of(element).bool_value)
        case "number_input":
            box, by = element.number_input, random.choice([-2, -1, 1, 2])
            now = value_of(element)
            if box.data_type == box.INT:
                there = int(min(max(now.int_value + by * box.step, box.min), box.max))
                return WidgetState(int_value=there) if there != now.int_value else None
            moved = round(min(max(now.double_value + by * box.step, box.min), box.max), 6)
            return WidgetState(double_value=moved) if moved != now.double_value else None
        case _:
            return None


def disabled(element: Element) -> bool:
    return bool(getattr(getattr(element, element.WhichOneof("type") or ""), "disabled", False))


def is_slider(component: BidiComponent) -> bool:
    return component.component_name.endswith(".slider")
