"""Find a Chromium for the tests, or install one: `python -m tests.browser` says which it is.

BROWSER_PATH overrides the search.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    os.path.expanduser("~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
# Inside containers there is no GPU and root may not use the sandbox; the rest keeps the browser off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "No Chromium or Chrome was found, and none could be installed (see above for why). "
    "Install Chromium or Google Chrome, or name one: BROWSER_PATH=/path/to/chrome make test"
)


class NoBrowser(RuntimeError):
    """There is no browser to test with."""


def find() -> str | None:
    """The path of a browser that starts, or None.

    Raises NoBrowser when BROWSER_PATH names something that does not start: what was asked for is not replaced silently.
    """
    if chosen := os.environ.get("BROWSER_PATH"):
        path = shutil.which(chosen)
        if path is None or not starts(path):
            raise NoBrowser(f"BROWSER_PATH={chosen} does not start as a browser.")
        return path
    return next((path for path in candidates() if starts(path)), None)


def candidates() -> Iterator[str]:
    """Where browsers are, installed ones first; Playwright is asked last because that takes a moment."""
    yield from filter(None, map(shutil.which, (*NAMES, *PLACES)))
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if os.path.exists(own):
        yield own


def starts(path: str) -> bool:
    """Whether the program says its version: a stub that only points to a store, or one that lacks a library, does not."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "chrom" in said.stdout.lower()


def install() -> None:
    """Install a browser: Debian's package where apt is there and allowed, else Playwright's build."""
    apt = apt_get()
    if apt:
        packages = ["chromium", *([] if korean_font() else ["fonts-noto-cjk"])]
        print("No browser found: installing", *packages, "with apt-get ...", flush=True)
        call(*apt, "update", "-qq")
        call(*apt, "install", "-y", "-qq", "--no-install-recommends", *packages)
        if find():
            return
    print("No browser found: installing Playwright's Chromium ...", flush=True)
    call(sys.executable, "-m", "playwright", "install", "chromium")


def apt_get() -> list[str] | None:
    """The start of an apt-get command that may install; None elsewhere, and on Ubuntu, whose package only points to a snap."""
    if not shutil.which("apt-get") or platform.freedesktop_os_release().get("ID") == "ubuntu":
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and call("sudo", "-n", "true", quiet=True):
        return ["sudo", "-n", *command]
    return None


def korean_font() -> bool:
    """Whether Korean text has glyphs."""
    return bool(shutil.which("fc-list")) and bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True).stdout)


def call(*command: str, quiet: bool = False) -> bool:
    """Run a command whose failure is no end; False when it failed."""
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    """Say which browser the tests use, after installing one where there is none."""
    try:
        if find() is None:
            install()
        path = find()
    except NoBrowser as problem:
        sys.exit(str(problem))
    if path is None:
        sys.exit(MISSING)
    print("Browser:", path)


if __name__ == "__main__":
    main()
