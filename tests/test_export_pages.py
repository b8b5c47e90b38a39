"""The tables of the Explore and Train pages hold what the pages show, and come back to the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from export.address import asked
from export.table import Table, csv, npz, read_csv, read_npz
from export.tables import made, names
from links.axes import FINE, axes_of
from links.paths import pathed, values_of
from links.rates import rated
from links.sweep import map_of
from links.trained import training, what_is_trained
from runs.cells import Outcome, cells

thorough = pytest.mark.thorough


def tables(link: str) -> dict[str, Table]:
    """All tables of a link, by name, once they have come back whole."""
    its, complaints = asked(link)
    assert complaints == []
    found = {name: made(its, name, lambda _what: None) for name in names(its)}
    for table in found.values():
        for again in (read_csv(csv(table)), read_npz(npz(table))):
            assert list(again.columns) == list(table.columns) == list(table.meanings)
            for name, column in table.columns.items():
                np.testing.assert_array_equal(again.columns[name], column)
    return found


def test_a_map_is_its_cells():
    link = "explore?steps=20"
    table, flat = tables(link)["map"], asked(link)[0].flat
    x, y = axes_of(flat)
    found = cells(map_of(flat, FINE))
    np.testing.assert_array_equal(table.columns["f"].reshape(FINE, FINE), found.final)
    np.testing.assert_array_equal(table.columns[x.key].reshape(FINE, FINE)[0], x.values(FINE))
    np.testing.assert_array_equal(table.columns[y.key].reshape(FINE, FINE)[:, 0], y.values(FINE))
    assert (table.columns["outcome"] == "reached").sum() == (found.outcome == Outcome.REACHED).sum()


def test_paths_are_the_runs_at_all_values():
    link = "explore?view=paths&steps=20"
    table, flat = tables(link)["paths"], asked(link)[0].flat
    found, x = pathed(flat), axes_of(flat)[0]
    np.testing.assert_array_equal(table.columns["f"].reshape(found.loss.shape), found.loss)
    np.testing.assert_array_equal(np.unique(table.columns[x.key]), values_of(x))


def test_rates_are_the_sweep_and_the_range_test():
    link = "explore?view=rates&steps=60"
    both, found = tables(link), rated(asked(link)[0].flat)
    np.testing.assert_array_equal(both["rates"].columns["steps"], found.sweep.since)
    np.testing.assert_array_equal(both["range_test"].columns["f"], found.test.loss)
    good = both["rates"].columns["rate"][both["rates"].columns["shows"] == "good"]
    assert good.tolist() == [found.sweep.rates[found.sweep.shown["good"]]]


@pytest.mark.slow
def test_basins_are_those_of_each_rule():
    columns = tables("explore?view=basins&rules=adam,momentum&steps=30&surface=two_wells")["basins"].columns
    assert len(columns["f"]) == 2 * FINE**2
    assert set(columns["rule"]) == {"adam", "momentum"}
    assert set(columns["minimum"][columns["fate"] == "arrived"]) <= {0, 1}
    assert (columns["minimum"][columns["fate"] != "arrived"] == -1).all()


@thorough
def test_every_rule_at_its_best_has_a_row():
    columns = tables("explore?view=best&steps=50")["best"].columns
    assert len(set(columns["rule"])) == len(columns["rule"])
    assert (columns["steps"] >= 0).all()


@pytest.mark.slow
def test_curves_are_those_of_the_trainings():
    link = "train?steps=20&lanes=2"
    table, flat = tables(link)["curves"], asked(link)[0].flat
    own = training(what_is_trained(flat, 2)).run()
    second = table.columns["lane"] == 2
    np.testing.assert_array_equal(table.columns["loss"][second], own.curves[0].astype(float))
    assert "seconds" not in table.columns


@thorough
@pytest.mark.parametrize("link", ["train?show=rates&steps=20&lanes=1&sweep.per=1&sweep.seeds=2", "train?show=plane&steps=20&lanes=1&hidden=8"])
def test_what_else_the_train_page_shows_comes_back(link: str):
    assert all(table.rows for table in tables(link).values())
