"""A connection that stays open, as a browser keeps one, for whatever a page asks beside its websocket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

PATIENCE = 60  # seconds until an answer counts as missing


class Wire:
    """One request at a time; over another connection where the server has closed this one meanwhile, which it does after 5 s without a request."""

    def __init__(self, address: str) -> None:
        self.address, self.where = address, urlsplit(address)
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """The answer's status, headers and content; with a body it is a POST. Raises OSError, EOFError, TimeoutError."""
        again = self.writer is not None
        async with asyncio.timeout(PATIENCE):
            try:
                return await self.once(path, body, headers or {})
            except (EOFError, OSError):
                self.close()
                if not again:
                    raise
                return await self.once(path, body, headers or {})

    async def once(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.where.hostname, self.where.port)
        own = {"Host": self.where.netloc, **headers} | ({} if body is None else {"Origin": self.address, "Content-Length": str(len(body))})
        head = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items()), "", ""]
        self.writer.write("\r\n".join(head).encode() + (body or b""))
        first, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        told = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
        content = (
            await self.chunks()
            if "chunked" in told.get("transfer-encoding", "")
            else await self.reader.readexactly(int(told.get("content-length", 0)))
        )
        if told.get("connection", "").lower() == "close":
            self.close()
        return int(first.split()[1]), told, content

    async def chunks(self) -> bytes:
        parts = []
        while length := int(await self.reader.readline(), 16):
            parts.append((await self.reader.readexactly(length + 2))[:-2])
        await self.reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        if self.writer:
            self.writer.close()
            self.writer = None
