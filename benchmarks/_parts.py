"""Which part of the program a server's processor time goes to, by samples that py-spy takes from outside, where that is installed."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks._server import ROOT, Server, work

RATE = 200  # samples a second
MISSING = "py-spy was not found: `pip install py-spy` into any environment on the PATH, and the right to look into another process, tell the parts."
# The part that a sample counts for is that of its innermost frame here; what these call of NumPy or Python itself is theirs.
PARTS: dict[str, tuple[str, ...]] = {
    "Streamlit: session state, script runner": ("streamlit/runtime/",),
    "Streamlit: elements, components, messages": ("streamlit/",),
    "our page: `views/`, `links/`": ("views/", "links/"),
    "computing: `runs/`, `optimizers/`, `landscapes/`, `problems/`, `core/`": ("runs/", "optimizers/", "landscapes/", "problems/", "core/"),
    "messages and packing: `player/`, `figures/`": ("player/", "figures/"),
    "translation: `locales/`": ("locales/",),
    "HTTP, sockets, files: uvicorn, Starlette, `serving/`": ("streamlit/web/", "uvicorn/", "starlette/", "websockets/", "h11/", "serving/", "rooms/"),
}
OTHER = "other"
WAITING = ("selectors.py", "concurrent/futures/thread.py", "watcher/polling_path_watcher.py")  # a thread that is about to wait, or has just waited
FRAME = re.compile(r"\(([^()]*):\d+\)$")


def part_of(path: str) -> str | None:
    """The part that a file belongs to; None for Python's own and for libraries that work for whoever calls them."""
    _before, packages, inside = path.rpartition("site-packages/")
    own = inside if packages else path.removeprefix(f"{ROOT}/") if path.startswith(f"{ROOT}/") else ""
    found = [(len(folder), part) for part, folders in PARTS.items() for folder in folders if own.startswith(folder)]
    return max(found)[1] if found else None


def counted(raw: str) -> Counter[str]:
    """Samples by part, of py-spy's raw form: a line "outer frame;…;inner frame number" a stack; without those of threads that wait."""
    parts: Counter[str] = Counter()
    for line in raw.splitlines():
        stack, _space, number = line.rpartition(" ")
        files = [match[1] for frame in reversed(stack.split(";")) if (match := FRAME.search(frame))]
        if files and files[0].endswith(WAITING):
            continue
        parts[next((part for file in files if (part := part_of(file))), OTHER)] += int(number)
    return parts


def there() -> bool:
    return shutil.which("py-spy") is not None


async def sampled(host: Server, doing: Callable[[], Awaitable[object]], seconds: float) -> tuple[Counter[str], int, float]:
    """Do something again and again for so long: samples by part, how often it was done, and seconds of the server's processor time meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "raw")
        command = [
            "py-spy",
            "record",
            "--pid",
            str(host.pid),
            "--duration",
            f"{seconds:.0f}",
            "--rate",
            str(RATE),
            "--format",
            "raw",
            "--full-filenames",
        ]
        quiet = asyncio.subprocess.DEVNULL
        spy = await asyncio.create_subprocess_exec(*command, "--output", str(file), stdout=quiet, stderr=asyncio.subprocess.PIPE)
        done, before = 0, work(host.pid)
        ending = asyncio.create_task(spy.communicate())
        while not ending.done():
            await doing()
            done += 1
        _nothing, said = await ending
        if spy.returncode:
            raise SystemExit(f"py-spy: {said.decode(errors='replace').strip()}")
        return counted(file.read_text()), done, work(host.pid) - before
