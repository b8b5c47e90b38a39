"""`/metrics`: what is counted, in OpenMetrics' form, for this machine and networks that the environment names, as Streamlit's own is from now on."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import platform
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st
from prometheus_client.core import InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from player import ADDRESS
from serving import private
from serving.network import is_local
from serving.refusals import peer, refused
from serving.together import counted, processes

NETWORKS = "DESCENT_LAB_METRICS"  # environment variable: networks that may look, as 10.1.0.0/16 or 2001:db8::/32, with spaces between them
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")  # headers by which a proxy says that the request is another's
OTHERS = f"The metrics are for this machine, and for networks that {NETWORKS} names to the server.\n"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Metrics:
    """ASGI middleware that answers `/metrics`, and keeps from others what Streamlit answers of its own kind."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.networks = app, networks()
        self.own, self.streamlits = private.address_of("metrics"), private.address_of(private.METRICS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in (self.own, self.streamlits):
            return await self.app(scope, receive, send)
        if not may_look(scope, self.networks):
            refused("metrics", peer(scope))
            return await PlainTextResponse(OTHERS, 403)(scope, receive, send)
        if scope["path"] == self.streamlits:
            return await self.app(scope, receive, send)
        return await (await told(Headers(scope=scope).get("accept", "")))(scope, receive, send)


async def told(accept: str) -> Response:
    """All that is counted, in the form that is asked for."""
    try:
        encoded, kind = choose_encoder(accept)
    except (TypeError, ValueError):  # a version that is no number
        encoded, kind = choose_encoder("application/openmetrics-text")
    text = await asyncio.to_thread(lambda: encoded(counted(Processes(), Version())))
    return Response(text, headers={"Content-Type": kind, "Cache-Control": "no-store"})


def networks() -> list[Network]:
    """The networks that the environment names; none where one of them cannot be read."""
    named = os.environ.get(NETWORKS, "").replace(",", " ").split()
    try:
        return [ipaddress.ip_network(each) for each in named]
    except ValueError as problem:
        print(f"{NETWORKS}: {problem}; it takes networks like 10.1.0.0/16 with spaces between them. Until that is corrected no other machine sees "
              "the metrics.", file=sys.stderr)  # fmt: skip
        return []


def may_look(scope: Scope, others: list[Network]) -> bool:
    """Whether everybody on a request's way may look: who sent it here, and whom proxies say that they pass it on from.

    A proxy on this machine sends from this machine what anybody asked for, so that this counts only for what nobody has passed on.
    """
    headers = Headers(scope=scope)
    named = [each.strip() for value in headers.getlist("x-forwarded-for") for each in value.split(",")]
    passed_on = any(header in headers for header in FORWARDED)
    if not passed_on and is_local(peer(scope)):
        return True
    if passed_on and not named:
        return False  # it is another's, and how that is written is not read here
    return all(is_in(address, others) for address in [peer(scope), *named])


def is_in(address: str, networks: list[Network]) -> bool:
    """Whether an address is in one of these networks."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    number = getattr(number, "ipv4_mapped", None) or number
    return any(number in network for network in networks)


class Processes(Collector):
    """Memory, open files and time of every process that answers; what works beside them is not in it. Nothing where there is no /proc."""

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for pid in processes():
            try:
                found = list(ProcessCollector(pid=lambda pid=pid: pid, registry=None).collect())
            except ValueError:  # of files without a limit
                continue
            for family in found:
                whole = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    whole.add_sample(sample.name, {"pid": str(pid)}, sample.value)
        yield from families.values()


class Version(Collector):
    """What is running."""

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("descent_lab", "The program's version, that of its browser modules, and what it runs in.", version())


@cache
def version() -> dict[str, str]:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]
    return {"version": project["version"], "modules": ADDRESS.rpartition("/")[2], "streamlit": st.__version__, "python": platform.python_version()}
