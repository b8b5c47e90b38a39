"""What the tests share: strict arithmetic, and a server and a browser for those that look at the page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # small matrices: many threads wait for each other on a busy machine

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from runs.aside import NICE
from runs.compiled.cache import FOLDER
from tests import browser as browsers
from tests.blank_page import Call, called
from tests.race_page import RacePage
from tests.visitors import ColorScheme, Visitor, Visitors

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "test-results"
FAILED = pytest.StashKey[bool]()
LOG = pytest.StashKey[Path]()

np.seterr(divide="raise", over="raise", invalid="raise", under="ignore")

NewPage = Callable[..., Page]
RaceAt = Callable[..., RacePage]
Serving = Callable[..., AbstractContextManager[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make quick` leaves out."""
    for item in items:
        if {"browser", "firefox", "serving"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Keep whether the test failed, and show the server's log with it."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        log = item.config.stash.get(LOG, None)
        if log and "server" in getattr(item, "fixturenames", ()):
            report.sections.append(("the server's log", log.read_text(errors="replace")[-4000:]))
    return report


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """A page that runs without a browser leaves its script behind as `__main__`, which processes that a later test starts would run again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Kernels that the tests compile, and the programs that they start, go into a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("kernels") / "private"))
        patch.setenv(NICE, "0")  # a busy machine would else let what the tests wait for stand still
        yield


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Starts the program at a port, with a file for its log: `with serving(free_port(), log) as address`."""
    return started


@pytest.fixture(scope="session")
def server(serving: Serving, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    """The address of the program, started as a person starts it."""
    log = pytestconfig.stash[LOG] = tmp_path_factory.mktemp("server") / "log"
    with serving(free_port(), log) as address:
        yield address


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def started(
    port: int,
    log: Path,
    *options: str,
    before: str = "",
    base: str = "",
    limits: str = "",
    root: Path = ROOT,
    environment: Mapping[str, str] = MappingProxyType({}),
    workers: int = 0,
) -> Iterator[str]:
    """The program in `root` at this port, until the block ends, with Streamlit's options and below a base path.

    `before` is Python that runs before it, `limits` are shell commands; with `workers` so many processes serve it.
    """
    address = f"http://127.0.0.1:{port}{base}"
    program = ["-c", f"{before}\nfrom streamlit.web.cli import main\nmain()"] if before else ["-m", "streamlit"]
    program = ["-m", "serving.workers", f"--workers={workers}"] if workers else [*program, "run", "app.py"]
    command = [sys.executable, *program, "--server.address=127.0.0.1", f"--server.port={port}", *options]
    command += [f"--server.baseUrlPath={base}"] if base else []
    command = ["sh", "-c", f'{limits} && exec "$@"', "sh", *command] if limits else command
    everything = {**os.environ, **environment}
    with log.open("a") as output, subprocess.Popen(command, cwd=root, stdout=output, stderr=subprocess.STDOUT, env=everything) as process:
        try:
            wait_until_healthy(address, process, log)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Return as soon as the server answers; fail with its log when it ends or stays silent."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')}", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where there is none the tests fail, they are not skipped."""
    try:
        path = browsers.find()
    except browsers.NoBrowser as problem:
        pytest.fail(str(problem), pytrace=False)
    if path is None:
        pytest.fail("No Chromium or Chrome: `make test` installs one.", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=browsers.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    """Those who look at a server."""
    return Visitors(browser)


@pytest.fixture(scope="module")
def call(browser: Browser, server: str) -> Iterator[Call]:
    """Calls a module of the browser side."""
    with called(browser, server) as call:
        yield call


@pytest.fixture
def new_page(visitors: Visitors, server: str, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Makes fresh pages whose relative addresses are the program's: new_page(viewport=(390, 844), locale="ko-KR", color_scheme="dark").

    `at` names another server; `new` is a tab that nobody had before, whose cache is empty. Further arguments go to Playwright's `new_context`.
    When the test ends, no page may have written an error to its console, asked another host for anything, or show an exception; a test marked
    `console_errors` may. A failing test leaves a picture of each page in test-results/.
    """
    present: list[Visitor] = []

    def make(
        *,
        at: str = server,
        viewport: tuple[int, int] = (1440, 900),
        locale: str = "en-US",
        color_scheme: ColorScheme = "light",
        new: bool = False,
        **options: Any,
    ) -> Page:
        visitor = visitors.come(at, viewport, color_scheme, new=new, locale=locale, **options)
        present.append(visitor)
        return visitor.page

    yield make

    errors = noticed(request, present)
    for visitor in present:
        visitors.leave(visitor, again=FAILED not in request.node.stash)
    complain(request, errors)


def noticed(request: pytest.FixtureRequest, present: list[Visitor], kind: str = "") -> list[str]:
    """What went wrong on the pages of this kind that a test has looked at; where it failed, each leaves a picture."""
    name = re.sub(r"[^\w.-]", "_", request.node.name)
    errors: list[str] = []
    for number, visitor in enumerate(present):
        errors += visitor.errors
        if not visitor.page.is_closed():
            if FAILED in request.node.stash:
                RESULTS.mkdir(exist_ok=True)
                visitor.page.screenshot(path=RESULTS / f"{name}-{kind}{number}.png")
            errors += visitor.page.get_by_test_id("stException").all_inner_texts()
    return errors


def complain(request: pytest.FixtureRequest, errors: list[str]) -> None:
    """Fail with what went wrong on the pages, except where a test is marked `console_errors`; add it to what a failing test says."""
    if FAILED in request.node.stash:
        print("In the browser:", *errors, sep="\n")
    elif not request.node.get_closest_marker("console_errors"):
        assert errors == []


@pytest.fixture
def open_page(visitors: Visitors, server: str, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Gives the page that stays open from test to test, and shows what the last one has left there: `go` brings something else.

    A page takes seconds to open, another address on it a part of one. For tests that are not about opening, or what one visit finds of another.
    Arguments are `new_page`'s; for each choice of those for Playwright's `new_context` there is one page.
    """
    present: list[Visitor] = []

    def stay(*, viewport: tuple[int, int] = (1440, 900), color_scheme: ColorScheme = "light", **options: Any) -> Page:
        regular = visitors.regular(server, **options)
        if regular not in present:
            present.append(regular)
        regular.looks(viewport, color_scheme)
        return regular.page

    yield stay

    errors = noticed(request, present, "open")
    for regular in present:
        visitors.rest(regular, again=FAILED not in request.node.stash)
    complain(request, errors)


@pytest.fixture
def race_at(open_page: NewPage) -> RaceAt:
    """Shows a link of the Race page on the page that stays open, and nothing playing: race_at("at=60", viewport=(390, 844), color_scheme="dark")."""
    return lambda link="at=60", lanes=None, **kind: RacePage.shown(open_page(**kind), link, lanes)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A fresh page, 1440 × 900, English, light."""
    return new_page()
