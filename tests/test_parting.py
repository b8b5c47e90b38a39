"""A server that ends sends its pages on one after another."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from uvicorn import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from serving import private
from serving.parting import PARTING, Parting, parting
from tests.elsewhere import finished


def closed(many: int, seconds: float, gone: int, patch: pytest.MonkeyPatch) -> list[float]:
    """When so many websockets are closed, in seconds since they were to be; of `gone` of them the visitor leaves before."""
    times: list[float] = []

    async def all_of_them() -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        patch.setattr(WebSocketsSansIOProtocol, "shutdown", lambda _self: times.append(loop.time() - begun))
        patch.setattr(Parting, "seconds", seconds)
        for i in range(many):
            socket = Parting.__new__(Parting)
            socket.loop, socket.transport = loop, SimpleNamespace(is_closing=lambda i=i: i < gone)  # type: ignore[assignment]
            socket.shutdown()
        await asyncio.sleep(seconds + 0.05)

    finished(all_of_them())
    return times


def test_websockets_are_closed_one_after_another_and_those_that_were_left_are_not(monkeypatch: pytest.MonkeyPatch):
    times = closed(60, 0.4, 20, monkeypatch)
    assert len(times) == 40
    assert min(times) < 0.1 < 0.3 < max(times)


def test_where_nothing_is_set_all_are_closed_at_once(monkeypatch: pytest.MonkeyPatch):
    assert parting() == 0
    assert len(closed(5, 0.0, 0, monkeypatch)) == 5


def test_what_is_no_number_of_seconds_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    for text, seconds in {"2.5": 2.5, "soon": 0, "nan": 0, "-1": 0, "1e9": 0, "inf": 0}.items():
        monkeypatch.setenv(PARTING, text)
        assert parting() == seconds
        assert (repr(text) in capsys.readouterr().err) == (seconds == 0)


def test_streamlits_server_speaks_websockets_of_the_kind_that_ours_are():
    settings = Config(lambda: None, **private.uvicorn_settings())
    settings.load()
    assert settings.ws_protocol_class in Parting.__mro__, "Streamlit's server takes other websockets: make Parting of those."
