"""Find a Firefox and drive it over WebDriver BiDi: a few messages on its own websocket, no driver program.

FIREFOX_PATH overrides the search.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox")
Point = tuple[float, float]


def find() -> str | None:
    """The path of a Firefox that says its version, or None."""
    chosen = os.environ.get("FIREFOX_PATH")
    return next((path for path in map(shutil.which, [chosen] if chosen else NAMES) if path and says_its_version(path)), None)


def says_its_version(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "Firefox" in said.stdout


class Firefox:
    """One page of a Firefox; `errors` are what it has written to its console as errors."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.number = socket, 0
        self.errors: list[str] = []
        self.call("session.new", capabilities={})
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["log.entryAdded"])

    def call(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its result."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(60))
            if message["type"] == "event":
                if message["params"]["level"] == "error":
                    self.errors.append(message["params"]["text"])
            elif message["id"] == self.number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        self.call("browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height})
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def value(self, script: str) -> Any:
        """What a JavaScript expression is, awaited where it is a promise."""
        expression = f"(async () => JSON.stringify(await ({script})) ?? null)()"
        result = self.call("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        assert result["type"] == "success", result
        return json.loads(result["result"].get("value", "null"))

    def until(self, script: str, seconds: float = 30) -> Any:
        """The expression's value as soon as it counts as true."""
        end = time.monotonic() + seconds
        while not (value := self.value(script)):
            assert time.monotonic() < end, f"still {value!r}: {script}"
            time.sleep(0.05)
        return value

    def place(self, selector: str, across: float = 0.5, down: float = 0.5) -> Point:
        """A point of the first such element, from the window's corner."""
        x, y, width, height = self.value(
            f"(({{x, y, width, height}}) => [x, y, width, height])(document.querySelector('{selector}').getBoundingClientRect())"
        )
        return x + across * width, y + down * height

    def press(self, points: Sequence[Point], held: str | None = None) -> Any:
        """The mouse goes down at the first point, visits the others and is let go at the last; what `held` is just before that."""
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 50} for x, y in points]
        self.mouse([moves[0], {"type": "pointerDown", "button": 0}, *moves[1:]])
        found = self.until(held) if held else None
        self.mouse([{"type": "pointerUp", "button": 0}])
        return found

    def mouse(self, actions: list[dict[str, Any]]) -> None:
        self.call("input.performActions", context=self.context, actions=[{"type": "pointer", "id": "mouse", "actions": actions}])

    def picture(self, path: Path) -> None:
        path.write_bytes(b64decode(self.call("browsingContext.captureScreenshot", context=self.context)["data"]))


@contextmanager
def started(path: str, profile: Path) -> Iterator[Firefox]:
    """A headless Firefox with an empty profile."""
    (profile / "user.js").write_text('user_pref("intl.accept_languages", "en-US");\n')
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            with connect(f"{listening(process)}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()


def listening(process: subprocess.Popen[str], seconds: float = 60) -> str:
    """The address of its websocket, which it says among other things."""
    lines: Queue[str] = Queue()

    def read() -> None:
        with suppress(ValueError):  # closed when Firefox is ended, perhaps while a line is awaited
            for line in process.stderr or []:
                lines.put(line)

    Thread(target=read, daemon=True).start()
    said, end = "", time.monotonic() + seconds
    while not (found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said)):
        try:
            said += lines.get(timeout=max(end - time.monotonic(), 0))
        except Empty:
            raise AssertionError(f"Firefox did not start:\n{said}") from None
    return found[1]
