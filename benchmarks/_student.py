"""A student without a browser: the messages that one sends and reads while its person drags a lane's rate."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import DoubleArray, StringArray
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin, Subprotocol

from benchmarks._files import Page, fetch
from core import parameters
from landscapes import LANDSCAPES
from links.race import RACE
from optimizers import OPTIMIZERS

MOVES, EVERY = 10, 0.05  # moves of the hand in a drag, and the seconds between them
DECLINED = 0.5  # seconds that a slider waits when the server had no time for its lane
ALERT = "role='alert'"  # of what the page says where the program has failed
PATIENCE = 60  # seconds until an answer counts as missing


@dataclass
class Tally:
    """What the students saw: seconds of each kind of answer, and what went wrong."""

    opening: list[float] = field(default_factory=list)  # first message to the end of the script
    ready: list[float] = field(default_factory=list)  # asking for the page to the end of the script and the last byte of all files
    lane: list[float] = field(default_factory=list)  # GET /lane/i to its last byte, where that came before the slider was let go
    change: list[float] = field(default_factory=list)  # letting go to the end of the script
    errors: list[str] = field(default_factory=list)
    unfinished: int = 0
    lost: int = 0


class Student:
    """One visit to the Race page: a surface, a start and drags of its own, so that no run was computed for another student."""

    path = ""  # of the page
    headers = ""  # lines that each request for a lane has too

    def __init__(self, address: str, number: int, tally: Tally, drags: bool = True, page: Page = Page()) -> None:  # noqa: B008
        self.address, self.tally, self.drags, self.page, self.random = address, tally, drags, page, Random(number)
        name = list(LANDSCAPES)[number % len(LANDSCAPES)]
        x, y = (round(self.random.uniform(low, high), 4) for low, high in LANDSCAPES[name]().domain)
        link = {"surface": name, "x": x, "y": y}
        self.flat = RACE.read(link, "en")[0]
        self.query, self.page_hash = urlencode(link), ""
        self.socket: ClientConnection | None = None
        self.fragments: dict[str, str] = {}  # by the component's id
        self.widgets: dict[str, WidgetState] = {}
        self.told = 0  # how often sliders were let go
        self.remembered: dict[str, None] = {}  # hashes of messages that need not be sent again

    async def come(self, wait: float = 0.0) -> None:
        """Open the page after `wait` seconds."""
        await asyncio.sleep(wait)
        url = "ws" + self.address.removeprefix("http") + "/_stcore/stream"
        asked = perf_counter()
        with self.noted():
            await fetch(self.address, self.page.before)
            self.socket = await connect(url, origin=Origin(self.address), subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None)
            opening, _ = await asyncio.gather(self.rerun(), fetch(self.address, self.page.after))
            self.tally.opening.append(opening)
            self.tally.ready.append(perf_counter() - asked)

    async def stay(self, seconds: float, pause: float) -> None:
        """Drag a rate about every `pause` seconds, from the beginning of one drag to that of the next."""
        due = perf_counter()
        end, due = due + seconds, due + pause * self.random.random()
        with self.noted():
            while self.socket and due < end:
                await asyncio.sleep(due - perf_counter())
                await self.change()
                due = max(due + pause * self.random.uniform(0.5, 1.5), perf_counter())

    async def leave(self) -> None:
        if self.socket:
            await self.socket.close()

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a visit that went wrong, and end it."""
        try:
            yield
            return
        except TimeoutError:
            self.tally.unfinished += 1
        except ConnectionClosed:
            self.tally.lost += 1
        except (OSError, EOFError, WebSocketException) as problem:
            self.tally.errors.append(repr(problem))
        self.socket = None

    async def change(self) -> None:
        """Drag a lane's rate to another stop, or click there, and let it go."""
        i = self.random.randint(1, self.flat["lanes"])
        key = f"{i}.lr"
        stops = parameters(OPTIMIZERS[self.flat[f"{i}.rule"]])["lr"].stops()
        here = min(range(len(stops)), key=lambda k: abs(stops[k] - self.flat[key]))
        there = self.random.choice([k for k in range(len(stops)) if abs(k - here) >= MOVES])
        if self.drags:
            await self.drag(i, key, [stops[round(here + (there - here) * move / MOVES)] for move in range(1, MOVES + 1)])
        self.flat[key] = stops[there]
        (component,) = (id_ for id_ in self.fragments if id_.endswith(f"-live {key}"))
        self.tally.change.append(await self.rerun(self.let_go(component, self.flat[key]), self.fragments[component]))

    def let_go(self, component: str, value: float) -> WidgetState:
        """What a slider says when it is let go."""
        self.told += 1
        trigger = json.dumps([{"event": "value", "value": {"number": self.told, "value": value}}])
        return WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events", json_trigger_value=trigger)

    async def drag(self, i: int, key: str, values: list[float]) -> None:
        """Ask for lane i with each value, one request at a time; skipping values that a newer one has replaced."""
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        start = perf_counter()
        with closing(writer), suppress(TimeoutError):
            async with asyncio.timeout(EVERY * len(values)):
                for move, value in enumerate(values):
                    late = perf_counter() - start - EVERY * move
                    if late < EVERY:
                        await asyncio.sleep(max(-late, 0))
                        link = urlencode(RACE.write(self.flat | {key: value}))
                        asked = perf_counter()
                        writer.write(f"GET /lane/{i}?{link} HTTP/1.1\r\nHost: {where.netloc}\r\n{self.headers}\r\n".encode())
                        status = (await answer(reader)).partition("\r\n")[0]
                        if status == "HTTP/1.1 204 No Content":
                            await asyncio.sleep(DECLINED)
                            continue
                        self.tally.lane.append(perf_counter() - asked)
                        if status != "HTTP/1.1 200 OK":
                            self.tally.errors.append(status)
                await asyncio.sleep(EVERY)

    async def rerun(self, event: WidgetState | None = None, fragment: str = "") -> float:
        """Run the page, or a fragment of it, as a browser asks for it; seconds until it has run."""
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.page_hash,
            page_name="" if self.page_hash else self.path,
            fragment_id=fragment,
            cached_message_hashes=self.remembered,
            context_info=ContextInfo(
                timezone="UTC", timezone_offset=0, locale="en-US", url=f"{self.address}/{self.path}", is_embedded=False, color_scheme="light"
            ),
        )
        state.widget_states.widgets.extend([*self.widgets.values(), *([event] if event else [])])
        asked = perf_counter()
        assert self.socket
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self.ends(ForwardMsg.FromString(await self.socket.recv(decode=False))):
                pass
        return perf_counter() - asked

    def ends(self, message: ForwardMsg) -> bool:
        """Read a message; whether it is the script's last one."""
        if message.metadata.cacheable:
            self.remembered[message.hash] = None
        match message.WhichOneof("type"):
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self.read(message.delta)
            case "session_event" if message.session_event.HasField("script_compilation_exception"):
                self.tally.errors.append(message.session_event.script_compilation_exception.message)
            case "script_finished" if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.tally.errors.append("The whole page was run again.")  # a lane's rate is the lane's own affair
            case "script_finished":
                return True
        return False

    def read(self, delta: Delta) -> None:
        """Remember what a browser needs for its next message; note an exception that the page shows."""
        element = delta.new_element
        match element.WhichOneof("type"):
            case "exception":
                self.tally.errors.append(f"{element.exception.type}: {element.exception.message}")
            case "html" if ALERT in element.html.body:
                self.tally.errors.append(element.html.body)
            case "bidi_component":
                self.fragments[element.bidi_component.id] = delta.fragment_id
            case "slider" if delta.fragment_id:
                pass  # in a lane's menu, which is closed
            case "selectbox" | "number_input" | "slider":
                self.hold(element)

    def hold(self, element: Element) -> None:
        """Keep a widget's value: the one it is given, else the one it had, else its default."""
        widget = getattr(element, element.WhichOneof("type") or "")
        if widget.set_value or widget.id not in self.widgets:
            self.widgets[widget.id] = held(element)


async def answer(reader: asyncio.StreamReader) -> str:
    """Read an answer to its last byte; its head."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
    await reader.readexactly(int(length[1]) if length else 0)
    return head


def held(element: Element) -> WidgetState:
    """The value that a widget comes with."""
    match element.WhichOneof("type"):
        case "selectbox":
            menu = element.selectbox
            return WidgetState(id=menu.id, string_value=menu.raw_value if menu.set_value else menu.options[menu.default])
        case "number_input":
            box = element.number_input
            value = box.value if box.set_value else box.default
            return WidgetState(id=box.id, int_value=int(value)) if box.data_type == box.INT else WidgetState(id=box.id, double_value=value)
        case _:
            slider = element.slider
            if slider.type == slider.SELECT_SLIDER:
                texts = slider.raw_value if slider.set_value else [slider.options[int(k)] for k in slider.default]
                return WidgetState(id=slider.id, string_array_value=StringArray(data=texts))
            return WidgetState(id=slider.id, double_array_value=DoubleArray(data=slider.value if slider.set_value else slider.default))
