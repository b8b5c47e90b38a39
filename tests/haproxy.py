"""Find an HAProxy and start it with the project's own file, whose addresses the environment sets.

HAPROXY_PATH overrides the search.
"""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

FILE = Path(__file__).parent.parent / "deploy" / "haproxy.cfg"
NAMES = ("haproxy", "/usr/sbin/haproxy", "/usr/local/sbin/haproxy")
MISSING = "No HAProxy is installed: on Debian and Ubuntu it is the package haproxy (HAPROXY_PATH names one elsewhere)."


def find() -> str | None:
    """The path of an HAProxy of version 2.6 or newer, or None."""
    chosen = os.environ.get("HAPROXY_PATH")
    return next((path for path in map(shutil.which, [chosen] if chosen else NAMES) if path and version(path) >= (2, 6)), None)


def version(path: str) -> tuple[int, int]:
    """(0, 0) where it says none."""
    with suppress(OSError, subprocess.TimeoutExpired):
        said = subprocess.run([path, "-v"], capture_output=True, text=True, timeout=30).stdout
        if found := re.search(r"version (\d+)\.(\d+)", said):
            return int(found[1]), int(found[2])
    return 0, 0


def settings(servers: Sequence[str], listen: str, own: str, folder: Path) -> dict[str, str]:
    """What the file takes from the environment, for servers at these "host:port"s."""
    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    return {f"LAB_{letter}": where for letter, where in zip("ABC", servers, strict=True)} | {
        "LAB_LISTEN": listen,
        "LAB_OWN": own,
        "LAB_MOST": "1500",  # within what the system allows an ordinary process
        "LAB_RUN": str(folder),
        "LAB_USER": "haproxy" if user == "root" else user,
        "LAB_GROUP": "haproxy" if user == "root" else group,
    }


def checked(path: str, environment: Mapping[str, str], file: Path = FILE) -> str:
    """What HAProxy says of the file; "" where it has nothing to say against it."""
    command = [path, "-c", "-f", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, timeout=60)
    return "".join(line for line in done.stderr.splitlines(keepends=True) if "[NOTICE]" not in line) + (done.stdout if done.returncode else "")


@contextmanager
def started(path: str, servers: Sequence[str], file: Path = FILE, **more: str) -> Iterator[tuple[str, str]]:
    """HAProxy before three servers at "host:port", each of them found healthy: its address, and that of its own page. `more` is environment."""
    with tempfile.TemporaryDirectory(prefix="lab") as name:  # a socket's path is short
        folder = Path(name)
        listen, own = (f"127.0.0.1:{free_port()}" for _ in range(2))
        environment = {**os.environ, **settings(servers, listen, own, folder), **more}
        log = (folder / "log").open("w+")
        with log, subprocess.Popen([path, "-db", "-f", str(file)], stdout=log, stderr=subprocess.STDOUT, env=environment) as process:
            try:
                until_ready(f"http://{own}/metrics", len(servers), process, folder / "log")
                yield f"http://{listen}", f"http://{own}"
            finally:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


def until_ready(metrics: str, many: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Raises AssertionError with what HAProxy wrote."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        if len(up(metrics)) == many:
            return
        time.sleep(0.05)
    raise AssertionError(f"HAProxy did not start, or its servers are not healthy:\n{log.read_text(errors='replace')}")


def up(metrics: str) -> list[str]:
    """The names of the servers to which HAProxy gives visitors."""
    try:
        with urlopen(metrics, timeout=5) as answer:
            text = answer.read().decode()
    except (HTTPError, URLError, OSError):
        return []
    pattern = r'^haproxy_server_status\{proxy="servers",server="(\w+)",state="UP"\} 1$'
    passed = set(re.findall(r'^haproxy_server_check_status\{proxy="servers",server="(\w+)",state="L7OK"\} 1$', text, re.MULTILINE))
    return sorted(set(re.findall(pattern, text, re.MULTILINE)) & passed)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
