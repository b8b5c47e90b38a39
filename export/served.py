"""Tables as the Export dialog is sent them, written by a process aside: a table in its form, and what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from export.address import Asked
from export.explored import cells_of
from export.kinds import TABLES
from export.settings import json_of
from export.table import Table
from export.tables import TITLES, names
from links.axes import FINE
from locales import _, speaking
from player.messages import maps
from player.messages.sweep import joined
from player.pack import pack

KINDS = (*TABLES, "json")


def packed(asked: Asked, name: str, kind: str, make: Callable[..., Table], *found: Any) -> bytes:
    """What `make` makes of the settings and what was found, in this form: {"table": …}."""
    table = make(asked, *found)
    rows = {"rows": table.rows, "columns": [[column, table.meanings.get(column, "")] for column in table.columns]}
    return message(asked, name, kind, TABLES[kind](table), rows)


def message(asked: Asked, name: str, kind: str, content: bytes, more: dict[str, Any]) -> bytes:
    """The file's name and content, and which tables there are."""
    every = names(asked)
    with speaking(asked.flat["lang"]):
        titles = [[each, _(TITLES[each])] for each in every]
    file = asked.file if name == every[0] or kind == "json" else f"{asked.file}.{name}"
    return pack({"table": {"file": f"{file}.{kind}", "tables": titles, "name": name, "content": np.frombuffer(content, np.uint8)} | more})


def settings(asked: Asked, name: str) -> bytes:
    """The settings alone, as JSON."""
    return message(asked, name, "json", json_of(asked).encode(), {"rows": len(asked.flat), "columns": []})


def of_map(asked: Asked, name: str, kind: str, _others: int) -> bytes | None:
    """A map's runs, which the page may have had made already; None where a slice of time was not enough: ask again."""
    found = maps.so_far(asked.flat, FINE)
    if found.rows < FINE:
        maps.work(found, asked.flat, FINE)
    return packed(asked, name, kind, cells_of, joined(found.parts)) if found.rows == FINE else None
