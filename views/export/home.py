"""The address of the page that asks, to which what is saved leads back."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

FROM = "from"  # of a query, the address; no link has such a setting


def at_home(address: str, request: Request) -> str:
    """The address without its query, where it is one of this server's; else nothing."""
    parts = urlsplit(address)
    ours = parts.scheme in ("http", "https") and parts.netloc == request.headers.get("host") and parts.path.isprintable()
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if ours else ""
