"""Tables that leave the program come back to the last digit, and hold what the runs are."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core import InputError
from export.address import asked
from export.lanes import bands, lanes
from export.table import Table, csv, npz, read_csv, read_npz
from links.entries import race_of
from optimizers import OPTIMIZERS
from runs.race import descent
from tests.samples import one_in

LINKS = {
    "diverges": "lanes=2&steps=30&1.lr=5&2.rule=sam",
    "schedule": "surface=rosenbrock&lanes=1&steps=40&1.rule=adam&1.schedule=cosine&1.warmup=5",
    "data": "surface=linear_regression&steps=25&lanes=2&2.rule=adagrad",
    "typed": "surface=custom&surface.text=x%5E2%20%20%2B%20y%5E2&lanes=1&steps=10",
    "leaves its domain": "surface=custom&surface.text=sqrt(x)%2By%5E2&x=0.1&y=1&lanes=1&steps=20&1.rule=gradient_descent&1.lr=0.5",
}


def same(one: Table, other: Table) -> None:
    assert (one.title, one.link, dict(one.settings), dict(one.meanings)) == (other.title, other.link, dict(other.settings), dict(other.meanings))
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        assert other.columns[name].dtype.kind == column.dtype.kind, name
        np.testing.assert_array_equal(other.columns[name], column, err_msg=name)
        if column.dtype.kind == "f":
            np.testing.assert_array_equal(np.signbit(other.columns[name]), np.signbit(column), err_msg=name)


def both_ways(table: Table) -> None:
    same(table, read_csv(csv(table)))
    same(table, read_npz(npz(table)))


@pytest.mark.parametrize("name", LINKS)
def test_the_table_holds_the_runs_to_the_last_digit(name: str):
    its, complaints = asked(LINKS[name])
    assert complaints == []
    race, table = race_of(its.flat), read_csv(csv(lanes(its)))
    for i, lane in enumerate(race.lanes, start=1):
        run, own = descent(lane, race.descended(lane), race.start, race.steps), table.columns["lane"] == i
        there = table.columns["status"][own] == "ok"
        stopped = int(run.stopped_at)
        assert there.sum() == (race.steps + 1 if stopped < 0 else stopped)
        for column, values in {"x": run.path[:, 0], "y": run.path[:, 1], "f": run.loss}.items():
            np.testing.assert_array_equal(table.columns[column][own][there], values[there])
            assert np.isnan(table.columns[column][own][~there]).all()
        np.testing.assert_array_equal(table.columns["gradient_x"][own][:-1], run.states["g"][:, 0])
        np.testing.assert_array_equal(table.columns["rate"][own][:-1][there[:-1]], run.lr[there[:-1]])


@pytest.mark.parametrize("name", LINKS)
def test_a_table_comes_back_whole_from_csv_and_npz(name: str):
    its = asked(LINKS[name])[0]
    table = lanes(its)
    both_ways(table)
    assert asked(table.link)[0].flat == its.flat == dict(read_csv(csv(table)).settings)


@pytest.mark.parametrize("rule", one_in(4, OPTIMIZERS))
def test_what_a_rule_remembers_is_in_the_table(rule: str):
    its = asked(f"lanes=2&steps=12&2.rule={rule}")[0]
    table = lanes(its)
    both_ways(table)
    lane, race = race_of(its.flat).lanes[1], race_of(its.flat)
    run, own = descent(lane, race.descended(lane), race.start, race.steps), table.columns["lane"] == 2
    for name, rows in run.states.items():
        column = "gradient" if name == "g" else name
        both = [table.columns[f"{column}_{axis}"][own][:-1] for axis in "xy"] if f"{column}_x" in table.columns else [table.columns[column][own][:-1]]
        for values, row in zip(both, rows.T, strict=False):
            np.testing.assert_array_equal(values, row)


def test_whatever_a_float_can_be_survives():
    odd = np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 5e-324, 0.1 + 0.2, 1.7976931348623157e308, 1e16, 123456789.0])
    both_ways(Table("odd", "?a=1", {"text": "a, # \n \u2028 b  c", "v": 0.1}, {"odd": odd, "none": np.full(10, np.nan), "k": np.arange(10)}))


def test_a_table_without_rows_is_one():
    assert read_csv(csv(Table("none", "?", {}, {"x": np.array([])}))).rows == 0


def test_a_text_that_is_no_table_is_refused_in_a_sentence():
    for text in ("", "a,b\n1,2\n", "# title\n"):
        with pytest.raises(InputError, match="no table"):
            read_csv(text)


def test_pandas_reads_it_and_skips_the_header():
    table = lanes(asked(LINKS["diverges"])[0])
    frame = pd.read_csv(StringIO(csv(table)), comment="#")
    assert list(frame.columns) == list(table.columns)
    np.testing.assert_array_equal(frame["f"], table.columns["f"])
    assert set(frame["status"]) == {"ok", "diverged"}


def test_numpy_reads_the_arrays_without_pickles_and_the_same_table_is_the_same_bytes():
    its = asked(LINKS["schedule"])[0]
    assert npz(lanes(its)) == npz(lanes(its))


def test_the_bands_of_many_runs_are_ordered():
    table = bands(asked("surface=bowl&noise=0.5&many=1&lanes=2&steps=20")[0])
    low, high = table.columns["f_low"], table.columns["f_high"]
    assert (low <= high).all()
    assert (low < high).any()
    both_ways(table)


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("http://localhost:8501/?lanes=2", "race"),
        ("https://lab.example.edu/sub/explore?measure=final&v=1", "explore"),
        ("lanes=2", "race"),
        ("?lanes=2", "race"),
        ("data?lanes=2", "data"),
        ("surface=linear_regression", "data"),
        ("train?lanes=2#here", "train"),
        ("", "race"),
    ],
)
def test_a_link_is_a_whole_address_or_a_part_of_one(link: str, page: str):
    its, complaints = asked(link)
    assert (its.page, complaints) == (page, [])
    again, complaints = asked(its.link)
    assert (again, complaints) == (its, [])


def test_the_catalogue_has_nothing_to_save():
    with pytest.raises(InputError, match="catalogue"):
        asked("http://localhost:8501/catalogue?section=rules")


def test_rows_stand_in_the_order_of_lanes_and_steps():
    columns = lanes(asked("lanes=3&steps=10")[0]).columns
    order = list(zip(columns["lane"].tolist(), columns["step"].tolist(), strict=True))
    assert all(one < other for one, other in pairwise(order))
