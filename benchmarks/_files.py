"""The files of a page's first visit: which they are, as a browser asks for them, and a fetch of them without one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.async_api import async_playwright

from tests.browser import FLAGS, MISSING, find

CONNECTIONS = 6  # that a browser opens to one host
DRAWN = ".dl-map .main-svg:first-child"


@dataclass(frozen=True)
class Page:
    """Paths in the order of their requests: those before the page opens its websocket, and those after."""

    before: Sequence[str] = ()
    after: Sequence[str] = ()


async def fetched_by_a_browser(address: str) -> Page:
    """What an empty browser asks for until all maps are drawn and nothing more is on its way."""
    path = await asyncio.to_thread(find)
    if path is None:
        raise SystemExit(MISSING)
    parts: list[list[str]] = [[]]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("request", lambda request: parts[-1].append(request.url.removeprefix(address)) if request.url.startswith(address) else None)
        page.on("websocket", lambda _socket: parts.append([]))
        await page.goto(address)
        await page.locator(DRAWN).nth(3).wait_for()
        await page.wait_for_load_state("networkidle")
        await browser.close()
    before, after = parts
    return Page(before, after)


async def fetch(address: str, paths: Sequence[str]) -> int:
    """Fetch them over a browser's few connections, each of which takes the next; the bytes received. Raises OSError for an answer that is none."""
    waiting = list(reversed(paths))
    where = urlsplit(address)

    async def connection() -> int:
        received = 0
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        with closing(writer):
            while waiting:
                path = waiting.pop()
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
                received += await answer(reader, path)
        return received

    return sum(await asyncio.gather(*(connection() for _ in range(min(CONNECTIONS, len(paths))))))


async def answer(reader: asyncio.StreamReader, path: str) -> int:
    """Read an answer to its last byte; its length."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if " 204 " in head.partition("\r\n")[0]:
        return 0  # a ruler that a busy server leaves for later
    if " 200 " not in head.partition("\r\n")[0]:
        raise OSError(f"{path}: {head.partition(chr(13))[0]}")
    if "content-length: " in head:
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        await reader.readexactly(length)
        return length
    total = 0
    while length := int(await reader.readline(), 16):
        await reader.readexactly(length + 2)
        total += length
    await reader.readline()
    return total
