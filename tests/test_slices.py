"""The loss on a plane through a network's weights: what its map, its paths and its numbers say is what the network says."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import figures
from core import Array, InputError
from links.planes import filled, laid, trained_for, what_is_sliced
from links.trained import read, training
from problems.directions import held, principal
from problems.networks import Examples, Perceptron, start
from problems.networks.digits import digits
from problems.plane import Frame
from runs.slices import COARSE, COLUMNS, Heights, MOST, ORDER, ROWS, begun, grid, losses, more, seen_by
from tests.test_train import Here, asked_of, here  # noqa: F401
from views.train import planes

LINK = {"lanes": "2", "hidden": "8", "steps": "60", "2.rule": "adam", "lane": "2", "decay": "0.01", "show": "plane"}


@cache
def made(kind: str) -> tuple[Heights, list[Array], Perceptron]:
    """The plane with its heights, for the usual one all of them, the paths in it, and the network."""
    flat = read(LINK | {"plane": kind})
    keys = trained_for(flat)
    paths = [training(key).run().path for key in keys]
    return filled(keys, laid(keys, paths, kind, 0), np.inf if kind == "own" else 0.02), paths, training(keys[0]).network


KINDS = pytest.mark.parametrize("kind", ["own", "random", "all"])


@KINDS
def test_a_height_is_the_mean_cross_entropy_over_all_training_examples_at_that_point(kind: str):
    heights, _paths, network = made(kind)
    x, y = grid(heights.window)
    for at in ORDER[[0, heights.done // 2, heights.done - 1]]:
        row, column = divmod(int(at), COLUMNS)
        point = heights.frame.origin + x[column] * heights.frame.directions[0] + y[row] * heights.frame.directions[1]
        assert heights.values[row, column] == pytest.approx(float(network.loss(point, digits().training)), rel=1e-9)
    assert heights.fine == (kind == "own")
    assert np.isfinite(heights.values).sum() == heights.done


@KINDS
def test_a_path_has_its_own_loss_and_that_of_the_place_where_it_is_drawn(kind: str):
    heights, paths, network = made(kind)
    for path, found in zip(paths, heights.paths, strict=True):
        np.testing.assert_allclose(found.true, network.loss(path.T.astype(float), digits().training), rtol=1e-9)
        offset = path.T - heights.frame.origin[:, None] - heights.frame.directions.T @ found.places
        np.testing.assert_allclose(heights.frame.directions @ offset, 0, atol=1e-4 * np.abs(path).max())  # it is the nearest place
        lifted = heights.frame.origin[:, None] + heights.frame.directions.T @ found.places
        np.testing.assert_allclose(found.shown, network.loss(lifted, digits().training), rtol=1e-9)
        (x0, x1), (y0, y1) = heights.window
        assert (found.places > [[x0], [y0]]).all()
        assert (found.places < [[x1], [y1]]).all()


def test_a_plane_of_its_own_holds_most_of_a_path_and_shows_its_end_as_it_is():
    (own, _, _), (shared, _, _), (random, _, _) = (made(kind) for kind in ("own", "all", "random"))
    assert own.paths[0].share > shared.paths[1].share > random.paths[0].share
    assert random.paths[0].share < 0.02
    assert own.paths[0].share > 0.9
    assert own.paths[0].shown[-1] == pytest.approx(own.paths[0].true[-1])
    off = [abs(each.shown[0] / each.true[0] - 1) for each in (own.paths[0], shared.paths[1], random.paths[0])]
    assert 0.01 < off[0] < off[1] < off[2], "a slice hides what lies beside it"


def test_the_share_of_the_variance_is_what_the_singular_values_say():
    rng = np.random.default_rng(3)
    path = np.cumsum(rng.standard_normal((20, 40)), axis=0)
    best = principal(path)
    assert held(best.directions, path) == pytest.approx(best.shares.sum())
    skew = np.array([best.directions[0], 3 * best.directions[0] + 0.2 * best.directions[1]])
    assert held(skew, path) == pytest.approx(best.shares.sum()), "of the plane, and not of how it is spanned"
    assert held(rng.standard_normal((2, 40)), path) < best.shares.sum()
    assert held(best.directions, np.ones((4, 40))) == 0


def test_the_shared_plane_is_the_one_that_holds_most_of_all_points_about_their_mean():
    heights, paths, _network = made("all")
    points = np.concatenate(paths).astype(float)
    centred = points - points.mean(axis=0)
    wanted = (np.linalg.svd(centred, compute_uv=False)[:2] ** 2).sum()
    assert ((centred @ heights.frame.directions.T) ** 2).sum() == pytest.approx(wanted, rel=1e-6)
    np.testing.assert_allclose(heights.frame.origin, points.mean(axis=0), atol=1e-6)


def test_half_of_the_grid_comes_first_and_slices_come_to_the_same():
    heights, paths, network = made("own")
    part = begun("own", network, [path.astype(float) for path in paths])
    while not part.coarse:
        part = more(part, network, 0.02)
    assert COARSE <= part.done < COLUMNS * ROWS
    assert np.isfinite(part.values[::2, ::2]).all()
    assert np.isnan(part.values).any()
    np.testing.assert_array_equal(part.values[::2, ::2], heights.values[::2, ::2])


def test_of_many_examples_the_first_are_seen():
    rng = np.random.default_rng(0)
    many = Examples(rng.random((MOST + 5, 4)), rng.integers(0, 3, MOST + 5), 3)
    own = seen_by(Perceptron(many, (3,), weight_decay=0.1))
    p = start(own)
    assert own.value(p) == pytest.approx(float(own.loss(p, many.of(np.arange(MOST)))))


def test_paths_that_stand_still_or_leave_have_a_map_and_short_ones_a_sentence():
    network = Perceptron(digits().training.of(np.arange(30)), (3,))
    p = start(network)
    still = begun("own", network, [np.tile(p, (5, 1))])
    assert still.window[0][1] > still.window[0][0]
    away = begun("own", network, [p * np.array([[1.0], [1e3], [1e5], [3e5]])])
    assert away.paths[0].true[-1] > 1e6
    assert np.isinf(losses(network, 1e200 * p[:, None]))
    with pytest.raises(InputError, match="2 points has no plane"):
        begun("own", network, [np.tile(p, (2, 1))])


def test_the_picture_has_the_values_and_gaps_where_there_are_none():
    values = np.array([[0.01, 0.1, 1.0], [np.inf, 2.0, 4.0]])
    shown = figures.sliced(values, ((0.0, 2.0), (0.0, 1.0)), "loss")
    grid, z = shown["grid"], shown["figure"]["data"][0]["z"]
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(grid["base"] + grid["scale"] * np.sinh(z), np.where(np.isinf(values), np.nan, values), rtol=1e-5)
    bar = shown["figure"]["data"][0]["colorbar"]
    assert [float(text) for text in bar["ticktext"]] == pytest.approx([grid["scale"] * np.sinh(at) for at in bar["tickvals"]])
    assert figures.sliced(np.full((3, 3), np.nan), ((0.0, 1.0), (0.0, 1.0)), "")["figure"]["data"][0]["zmin"] == 0


def test_a_point_on_the_frame_is_where_it_is_drawn():
    frame = Frame(np.ones(5), np.eye(5)[:2] * 2)
    np.testing.assert_allclose(frame.projected(np.array([3.0, 1.0, 9.0, 9.0, 9.0])), [1.0, 0.0])


# The answers.


def test_answers_bring_the_paths_then_a_coarse_map_and_then_a_fine_one(here: Here):  # noqa: F811
    planes.known.clear()
    query = "&".join(f"{name}={value}" for name, value in LINK.items()) + "&who=me"
    seen: list[dict[str, Any]] = []
    while not (seen and seen[-1].get("fine")):
        seen.append(asked_of(planes.answer, query)["plane"])
        assert len(seen) < 200
    heights, _paths, _network = made("own")
    assert seen[0]["surface"] is None
    last = seen[-1]
    (path,) = last["paths"]
    assert path["lane"] == 2
    np.testing.assert_allclose(path["true"], heights.paths[0].true)
    assert path["share"] == pytest.approx(heights.paths[0].share)
    assert last["surface"]["grid"]["x"]["count"] == COLUMNS
    assert "all 1137 training examples, at 81 × 57 points" in last["note"]
    done = here.done
    assert asked_of(planes.answer, query)["plane"]["fine"]
    assert here.done == done, "it is remembered"


def test_a_lost_process_is_tried_again_once_and_large_networks_are_refused(here: Here):  # noqa: F811
    planes.known.clear()
    link = "lanes=1&hidden=8&steps=10&show=plane&who=me"
    here.lost = 1
    assert asked_of(planes.answer, link)["plane"]["error"] == ""
    here.lost = 2
    assert "was ended, twice" in asked_of(planes.answer, link)["trained"]["error"]
    assert "a plane is worked out for" in asked_of(planes.answer, "hidden=256-256-256&steps=10&who=me")["trained"]["error"]


def test_what_the_plane_hangs_on():
    flat = read(LINK)
    one = what_is_sliced(flat)
    assert what_is_sliced(flat | {"moment": 0.2, "view": "3d", "plane.seed": 4, "sharp": 1, "1.lr": 0.3}) == one
    assert what_is_sliced(flat | {"lane": 1}) != one
    assert what_is_sliced(flat | {"plane": "random"}) != what_is_sliced(flat | {"plane": "random", "plane.seed": 4})
    assert what_is_sliced(flat | {"plane": "all", "lane": 1}) == what_is_sliced(flat | {"plane": "all"})
