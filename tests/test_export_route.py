"""The route of the Export dialog's numbers: what it gives, and what it says of a link that is wrong."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from export.address import asked
from export.lanes import lanes
from export.settings import read_json
from export.table import csv, read_csv, read_npz
from player.pack import padded


def got(server: str, path: str, tries: int = 100) -> tuple[int, bytes]:
    """The answer's status and body, asked for again while the server is busy."""
    for _ in range(tries):
        connection = HTTPConnection(urlsplit(server).netloc, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        status, body = answer.status, answer.read()
        connection.close()
        if status != 204:
            return status, body
    raise AssertionError(f"{path}: the server was busy {tries} times")


def table(body: bytes) -> tuple[dict[str, object], bytes]:
    """A message's table without its content, and the content."""
    length = int.from_bytes(body[:4], "little")
    head = json.loads(body[8 : 8 + length])
    (array,) = head["arrays"]
    first = padded(8 + length) + array["at"]
    return head["value"]["table"], body[first : first + array["shape"][0]]


def test_the_dialog_gets_the_tables_that_the_program_makes(server: str):
    query = "lanes=2&steps=20&1.lr=0.3"
    status, body = got(server, f"/export/table/race/first/csv?{query}&from={server}/")
    told, content = table(body)
    assert status == 200
    assert (told["file"], told["name"], told["rows"]) == ("two_wells_gradient_descent-momentum.csv", "runs", 42)
    found, own = read_csv(content.decode()), lanes(asked(query)[0])
    assert csv(own).partition("\nlane,")[2] == content.decode().partition("\nlane,")[2]
    assert found.link.startswith(f"{server}/?")
    assert asked(found.link)[0].flat == asked(query)[0].flat


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("data/first/npz?lanes=1&steps=10", 11),
        ("race/bands/npz?lanes=1&steps=10&noise=1&many=1", 11),
        ("explore/map/npz?steps=10", 40_000),
        ("explore/range_test/npz?view=rates&steps=20", 20),
        ("explore/paths/npz?view=paths&steps=10", 2200),
        ("explore/basins/npz?view=basins&rules=adam&steps=10", 40_000),
    ],
)
def test_every_page_has_its_tables(server: str, path: str, rows: int):
    status, body = got(server, f"/export/table/{path}")
    told, content = table(body)
    assert (status, told["rows"], read_npz(content).rows) == (200, rows, rows)


def test_the_settings_come_alone(server: str):
    _status, body = got(server, "/export/table/explore/first/json?measure=final")
    told, content = table(body)
    assert read_json(content.decode()).flat == asked("explore?measure=final")[0].flat
    assert told["file"] == "map_bowl_momentum.json"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("race/first/csv?lanes=99", 400, "lanes=99 was ignored: allowed is 1, 2, … 8"),
        ("race/first/csv?lanes=99&lang=ko", 400, "lanes=99"),
        ("race/first/csv?nothing=1", 400, "nothing=1"),
        ("train/first/csv?steps=123", 400, "nothing to save yet"),
        ("race/nothing/csv?", 404, ""),
        ("race/first/xls?", 404, ""),
        ("catalogue/first/csv?", 404, ""),
    ],
)
def test_what_is_wrong_is_said(server: str, path: str, status: int, said: str):
    answer = got(server, f"/export/table/{path}")
    assert answer[0] == status
    assert said in answer[1].decode()


def test_a_foreign_address_is_not_what_the_table_leads_back_to(server: str):
    _status, body = got(server, "/export/table/race/first/csv?lanes=1&steps=10&from=https://example.com/")
    assert "example.com" not in table(body)[1].decode()
