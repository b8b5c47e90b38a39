"""A student who does what comes to mind on all pages of Streamlit's, and looks after each thing whether any setting was lost."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from websockets.exceptions import ConnectionClosed, WebSocketException

from benchmarks._tab import Shown, Spot, Tab, Unlike, another, disabled, is_slider
from benchmarks._wire import Wire
from core import N_
from links import Flat, Table
from links.catalogue import CATALOGUE
from links.data import DATA, is_data
from links.entries import suggested
from links.explore import EXPLORE
from links.race import RACE
from links.train import TRAIN
from locales import _, speaking
from optimizers import OPTIMIZERS
from views.explore.turns import TAB

PAGES: dict[str, Table] = {"": RACE, "explore": EXPLORE, "data": DATA, "train": TRAIN, "catalogue": CATALOGUE}
COMING = {"": 10, "explore": 6, "data": 5, "train": 4, "catalogue": 2}  # how often a visit begins there
DOING = {"drag": 10, "choose": 6, "press": 2, "language": 1, "go": 2, "back": 1, "sleep": 1, "reload": 1, "export": 1}
THINK = (0.5, 4.0)  # seconds between two changes: of a person, eight times as long
NAP, NIGHT = (2.0, 20.0), (100.0, 180.0)  # seconds with the lid shut; after a longer one the server has forgotten the visit
NIGHTS = 0.1  # of all sleeps
CUT = 0.5  # of all sleeps: the network tells the server at once
MOVES, EVERY = 5, 0.1  # requests of a drag, and seconds between them
BUSY = 0.5  # seconds until what a busy server had no time for is asked again
TRIES = 8  # how often it is
SLICES = 12  # of a training, until a student has seen enough
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0L40 30" stroke="#000"/></svg>'
RESET = N_("Reset")
# A change of one of these brings other settings with it, or takes some away; of any other only rates that follow a suggestion and what is charted.
LEADING = ("surface", "rule", "schedule", "warmup", "ax", "ay", "through", "view", "hidden", "sharp", "show", "data", "counted", "rules", "points")
FOLLOWING = ("curve", "profile", "kept", "scrub", "measure", "inspect")


class Told(list[str]):
    """What went wrong, said at once and kept."""

    def append(self, what: str) -> None:
        print(what, file=sys.stderr, flush=True)
        super().append(what)


@dataclass
class Seen:
    """What all students saw: seconds of changes and of answers, how often they did what, and what went wrong with which seed."""

    changes: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=Told)
    lost: list[str] = field(default_factory=Told)
    unfinished: list[str] = field(default_factory=Told)
    present: int = 0
    loud: bool = False  # whether everything is told as it is done

    def tell(self, seed: int, what: str) -> None:
        if self.loud:
            print(f"{perf_counter():10.2f} {seed} {what}", flush=True)


class Visitor:
    """One visit, all of whose choices are made by `Random(seed)`."""

    def __init__(self, address: str, seed: int, seen: Seen) -> None:
        self.seed, self.seen, self.random = seed, seen, Random(seed)
        self.name = f"{self.random.getrandbits(64):016x}"
        locale = self.random.choice(["en-US", "en-US", "ko-KR"])
        self.preferred = locale[:2]
        path = self.random.choices(list(COMING), list(COMING.values()))[0]
        self.tab, self.wire = Tab(address, path, "", locale), Wire(address)
        self.history: list[tuple[str, str, str]] = []

    async def visit(self, seconds: float) -> None:
        """Come, do this and that for so long, and go; what goes wrong is noted, and ends the visit."""
        end = perf_counter() + seconds
        doing = "come"
        self.seen.present += 1
        try:
            await self.come()
            while perf_counter() < end:
                await asyncio.sleep(self.random.uniform(*THINK))
                doing = self.random.choices(list(DOING), list(DOING.values()))[0]
                self.seen.tell(self.seed, f"{doing} at {self.tab.path or 'race'}?{self.tab.query}")
                await getattr(self, doing)()
                self.seen.did[doing] += 1
            await self.tab.close()
        except TimeoutError:
            self.seen.unfinished.append(self.where(doing, "no answer"))
        except ConnectionClosed as closed:
            self.seen.lost.append(self.where(doing, repr(closed)))
        except Unlike as unlike:
            self.seen.lost.append(self.where(doing, str(unlike)))
        except (OSError, EOFError, WebSocketException) as problem:
            self.seen.errors.append(self.where(doing, repr(problem)))
        finally:
            self.seen.present -= 1
            self.wire.close()
            if self.tab.socket:
                self.tab.socket.transport.abort()

    def where(self, doing: str, what: str) -> str:
        return f"seed {self.seed}, {doing} at {self.tab.path or 'race'}?{self.tab.query}: {what}"

    # What is set.

    @property
    def table(self) -> Table:
        return PAGES[self.tab.path]

    def settings(self) -> Flat:
        """All settings, as the page's address says them. The page writes there what it holds after each run, wherever that differs."""
        flat, complaints = self.table.read_link(self.tab.query, self.preferred)
        if complaints:
            raise Unlike(f"The program cannot read the address that it wrote: {complaints[0]}")
        return {key: value for key, value in flat.items() if key not in self.table.passing}

    def same(self, before: Flat, after: Flat, but: tuple[str, ...] = ()) -> None:
        """Raises Unlike where a setting is another one than before."""
        keys = [key for key in {**before, **after} if key not in but and before.get(key) != after.get(key)]
        if keys:
            raise Unlike(", ".join(f"{key} was {before.get(key)!r} and is {after.get(key)!r}" for key in keys[:5]))

    async def settled(self, seconds: float) -> Flat:
        """After a change: the page failed nowhere, speaks its language, and has an address of its own in the history; its settings."""
        self.seen.changes.append(seconds)
        self.seen.errors += [self.where("change", said) for said in self.tab.said]
        self.tab.said.clear()
        flat = self.settings()
        for _path, shown in self.tab.find("button", "reset_button"):
            with speaking(flat["lang"]):
                if shown.element.button.label != _(RESET):
                    raise Unlike(f"The page speaks another language than {flat['lang']}: {shown.element.button.label}")
        place = self.tab.hash, self.tab.path, self.tab.query
        if not self.history or self.history[-1] != place:
            self.history.append(place)
        return flat

    # What is done.

    async def come(self) -> None:
        await self.ask("/" + self.tab.path)
        await self.settled(await self.tab.open())
        await self.look()

    async def drag(self) -> None:
        """Drag a slider, and let it go; what it moves follows."""
        sliders = [(path, shown) for path, shown in self.tab.find("bidi_component") if is_slider(shown.element.bidi_component)]
        if not sliders:
            return await self.choose()
        path, shown = self.random.choice(sliders)
        told: dict[str, Any] = shown.data
        key, stops, lane = told["name"], [stop for stop in told["stops"] if stop != told["value"]], told["lane"]
        if not stops:
            return
        before, value = self.settings(), self.random.choice(stops)
        if self.tab.path in ("", "data") and lane:
            if told["ruled"]:
                await self.ask(f"/ruler/{key}?{self.link(before)}", 204)
            await self.moves(lambda each: f"/lane/{lane}?{self.link(before | {key: each})}", stops)
        elif self.tab.path == "explore" and before["view"] == "map":
            await self.moves(lambda each: f"/map/first?{self.link(before | {key: each})}", stops)
        after = await self.settled(await self.tab.tell(path, "value", value))
        self.kept(key, before, after, value)
        await self.look()

    async def moves(self, address: Any, stops: list[float]) -> None:
        begun = perf_counter()
        for move in range(MOVES):
            await asyncio.sleep(max(begun + EVERY * move - perf_counter(), 0))
            if await self.ask(address(self.random.choice(stops)), 204) == 204:
                return

    async def choose(self, language: bool = False) -> None:
        """Set a widget, in a menu that is opened for it where it stands in one."""
        widgets: list[tuple[Spot, Shown]] = []
        for kind in ("selectbox", "button_group", "slider", "checkbox", "number_input"):
            widgets += [(path, shown) for path, shown in self.tab.find(kind) if (shown.key == "lang") == language and not disabled(shown.element)]
        path, shown = self.random.choice(widgets)
        state = another(shown.element, self.random)
        if state is None:
            return
        before, key = self.settings(), shown.key
        self.seen.tell(self.seed, f"{key} to {str(state).strip()!r}")
        after = await self.settled(await self.tab.set(path, state))
        self.kept(key, before, after, state.double_value if state.WhichOneof("value") == "double_value" else None)
        await self.look()

    async def language(self) -> None:
        await self.choose(language=True)

    def kept(self, key: str, before: Flat, after: Flat, value: float | None) -> None:
        """After one setting was changed: it is what it was set to, and all others are as they were but what follows it."""
        if key in before:
            if value is not None and after.get(key) != value:
                raise Unlike(f"{key} was set to {value!r} and is {after.get(key)!r}")
            if after.get(key) == before[key]:
                raise Unlike(f"{key} was changed and is still {before[key]!r}")
        if key.startswith("surface") or key.rpartition(".")[2] in LEADING:
            return
        follow = [other for other in before if other.split(".")[0] in FOLLOWING]
        if self.tab.path != "train" and "1.lr" in before:
            follow += [f"{i}.lr" for i in range(1, before.get("lanes", 1) + 1) if before[f"{i}.lr"] == suggested(before, i)]
        self.same(before, after, (key, *follow))

    async def press(self) -> None:
        """Press a button: a scene, another lane, back to the opening."""
        buttons = [(path, shown) for path, shown in self.tab.find("button") if shown.key and not disabled(shown.element)]
        if not buttons:
            return
        path, shown = self.random.choice(buttons)
        before, key = self.settings(), shown.key
        self.seen.tell(self.seed, f"button {key}")
        after = await self.settled(await self.tab.press(path))
        if key == "reset_button":
            self.same(self.table.read({"lang": before["lang"]}, self.preferred)[0], after)
        if "lanes" in before and (more := {"add": 1, "dup": 1, "twi": 1, "rem": -1, "dro": -1}.get(key[:3])):
            self.same({"lanes": before["lanes"] + more}, {"lanes": after["lanes"]})
        self.same({"lang": before["lang"]}, {"lang": after["lang"]})
        await self.look()

    async def go(self) -> None:
        """To another page, by one of this page's links."""
        links = [shown.element.page_link for _path, shown in self.tab.find("page_link") if not shown.element.page_link.external]
        link = self.random.choice(links)
        language = self.settings()["lang"]
        after = await self.settled(await self.tab.go(link.page_script_hash, link.page, link.query_string))
        self.same({"lang": language}, {"lang": after["lang"]})
        await self.look()

    async def back(self) -> None:
        """Back, as the browser's button does it: all is as it was there."""
        if len(self.history) < 2:
            return
        self.history.pop()
        place = self.history[-1]
        seconds = await self.tab.go(*place, back=True)
        before, _complaints = PAGES[place[1]].read_link(place[2], self.preferred)
        self.same({key: value for key, value in before.items() if key not in self.table.passing}, await self.settled(seconds))

    async def sleep(self) -> None:
        """Shut the lid, and open it again: the visit goes on, or the server has forgotten it and the page makes a new one of its address."""
        night = self.random.random() < NIGHTS
        before, drawn = self.settings(), self.tab.drawings()
        await self.tab.shut(cut=self.random.random() < CUT)
        await asyncio.sleep(self.random.uniform(*(NIGHT if night else NAP)))
        self.seen.did["night" if night else "nap"] += 1
        await self.tab.wake()
        if self.random.random() < 0.3:  # a menu tells the server at once, a slider of ours waits until the page is known
            return await self.choose()
        transport = [path for path, _shown in self.tab.find("bidi_component", "transport")]
        seconds = await (self.tab.tell(transport[0], "back", True) if transport else self.tab.rerun())
        self.same(before, await self.settled(seconds))
        self.alike(drawn)

    async def reload(self) -> None:
        """Load the page anew: another visit, with every setting from the link."""
        before, drawn = self.settings(), self.tab.drawings()
        await self.tab.close()
        self.tab = Tab(self.tab.address, self.tab.path, self.tab.query, self.tab.locale)
        await self.ask(f"/{self.tab.path}?{self.tab.query}")
        self.same(before, await self.settled(await self.tab.open()))
        self.alike(drawn)
        await self.look()

    def alike(self, before: dict[str, str]) -> None:
        """Raises Unlike where a panel or a surface was sent other bytes than before."""
        after = self.tab.drawings()
        if others := [key for key in {**before, **after} if before.get(key) != after.get(key)]:
            raise Unlike(f"The same settings are drawn otherwise: {', '.join(others)}")

    # What is asked for beside the websocket.

    def link(self, flat: Flat) -> str:
        return urlencode(self.table.write(flat))

    async def ask(self, path: str, *allowed: int, body: bytes | None = None) -> int:
        """An answer's status; any but 200 and those that are allowed is an error."""
        asked = perf_counter()
        status, _headers, self.content = await self.wire.ask(path, body, {TAB: self.name})
        self.seen.answers.append(perf_counter() - asked)
        if status != 200 and status not in allowed:
            self.seen.errors.append(self.where(f"GET {path}", f"{status} {self.content[:200].decode(errors='replace')}"))
        return status

    async def patiently(self, path: str) -> None:
        """Ask again while the server has no time."""
        for _try in range(TRIES):
            if await self.ask(path, 204) != 204:
                return
            await asyncio.sleep(BUSY)

    async def look(self) -> None:
        """What the page asks for once it is drawn."""
        flat = self.settings()
        link = self.link(flat)
        if self.tab.path == "explore":
            await self.explore(flat, link)
        elif self.tab.path == "train":
            await self.train({"curves": "training", "rates": "ratesweep", "plane": "plane"}[flat["show"]], link)
        elif self.tab.path in ("", "data") and self.random.random() < 0.3:
            await self.ask(f"/account/{self.random.randint(1, flat['lanes'])}?{link}", 204)

    async def explore(self, flat: Flat, link: str) -> None:
        match flat["view"]:
            case "map":
                await self.patiently(f"/map/first?{link}")
                await self.patiently(f"/map/200?{link}")
            case "basins":
                await self.patiently(f"/basins/40?{link}")
            case "best":
                for rule in self.random.sample(list(OPTIMIZERS), 3):
                    await self.patiently(f"/best/{rule}?{link}")
            case view:
                await self.patiently(f"/{view}?{link}")

    async def train(self, route: str, link: str) -> None:
        """Some slices of what is trained."""
        for _slice in range(SLICES):
            status = await self.ask(f"/{route}?{link}&{urlencode({'who': self.name, 'again': ''})}", 204)
            told: dict[str, Any] = next(iter(unpacked(self.content)["value"].values())) if status == 200 else {"place": 1}
            if told.get("error"):
                self.seen.errors.append(self.where(route, str(told["error"])))
            if told.get("over"):
                return
            await asyncio.sleep(BUSY if told.get("place") else 0)

    async def export(self) -> None:
        """Something to take along."""
        flat, page = self.settings(), self.tab.path or "race"
        link = self.link(flat)
        own = f"{'' if page == 'race' else page}?{link}"
        if page == "catalogue":
            return
        match self.random.choice(["table", "words", "code", "link", "page", "pdf"]):
            case "table":
                # Of a training or a table of rules there is something only once it is made.
                await self.ask(f"/export/table/{page}/first/{self.random.choice(['csv', 'npz', 'json'])}?{link}", 204, 400)
            case "words":
                await self.ask(f"/export/text/words?link={quote(own)}", 204)
            case "code":
                await self.ask(f"/export/text/code?link={quote(own)}", 204, *([] if page in ("race", "data") else [400]))
            case "link":
                await self.ask("/network")
                await self.ask(f"/code?link={quote(f'{self.tab.address}/{self.tab.path}?{self.tab.query}')}", 400)  # too long for a code
            case "page" if is_data(flat) or page == "race":
                await self.ask(f"/export/page?{link}", 204)
            case _:
                await self.ask("/export/pdf", 501, 503, body=PICTURE)


def unpacked(message: bytes) -> dict[str, Any]:
    """The header of a packed message."""
    return json.loads(message[8 : 8 + int.from_bytes(message[:8], "little")])
