"""A sweep over rates on the Train page: its grid, its trainings a part at a time, what is said of the best rates, its address and its answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from starlette.requests import Request

from links.ratesweep import Reached, in_order, part, rates_of, reached, short, sweep_of, whole
from links.train import TRAIN
from links.trained import read, training, what_is_trained
from player.messages.ratesweep import banded, best_of
from tests.elsewhere import finished
from tests.test_player import unpacked
from tests.test_train import Here
from tests.test_views import opened
from views.train import answers, sweeping, work
from views.train.line import Line

SMALL = {"show": "rates", "lanes": "2", "steps": "30", "2.rule": "adam", "sweep.low": "0.01", "sweep.high": "1", "sweep.per": "1", "sweep.seeds": "2"}
LINK = "&".join(f"{key}={value}" for key, value in SMALL.items())


def end(validation: float = 0.9, test: float = 0.8, loss: float = 1.0, diverged: bool = False) -> Reached:
    share = np.nan if diverged else validation
    return Reached(share, np.nan if diverged else test, share, np.nan if diverged else loss, diverged, 0.1)


# The grid, and its trainings.


def test_the_grid_has_preferred_numbers_and_what_lies_between_two_of_them_has_its_ends():
    assert rates_of(read(SMALL)) == (0.01, 0.1, 1.0)
    assert rates_of(read(SMALL | {"sweep.per": "4", "sweep.high": "0.1"})) == (0.01, 0.018, 0.0315, 0.056, 0.1)
    assert rates_of(read(SMALL | {"sweep.low": "1", "sweep.high": "0.01"})) == (0.01, 0.1, 1.0)
    assert rates_of(read(SMALL | {"sweep.low": "0.02", "sweep.high": "0.03"})) == (0.02, 0.03)
    assert rates_of(read(SMALL | {"sweep.low": "0.03", "sweep.high": "0.03"})) == (0.03,)


def test_a_training_of_the_sweep_is_the_lanes_own_at_that_rate_with_that_seed():
    flat = read(SMALL | {"seed": "999999"})
    lane = sweep_of(flat)[1]
    own = training(what_is_trained(flat | {"2.lr": 0.1, "seed": 0}, 2)).run()
    assert whole(lane[1][1])[:4] == pytest.approx((own.curves[7, -1], own.curves[3, -1], own.curves[2, -1], own.curves[6, -1]))
    assert sweep_of(flat | {"1.lr": 0.3, "sharp": 1, "2.look": 5}) == sweep_of(flat)
    assert sweep_of(flat | {"2.beta1": 0.8})[1] != lane


def test_far_rates_come_first_and_equal_lanes_once():
    flat = read(SMALL | {"sweep.per": "2", "2.rule": "gradient_descent"})
    rates = [(dict(key)["seed"], dict(key)["lr"]) for key in in_order(sweep_of(flat))]
    assert rates[:5] == [(0, 0.01), (0, 1.0), (0, 0.1), (0, 0.0315), (0, 0.315)]
    assert len(rates) == 10


def test_parts_make_the_same_as_all_at_once():
    jobs = [(key, None) for key in in_order(sweep_of(read(SMALL)))]
    found: list[Reached] = []
    left: list[Any] = jobs
    while left:
        some, progress = part(left, 0.0)
        found += some
        left = [(left[len(some)][0], progress), *left[len(some) + 1 :]] if progress else left[len(some) :]
    assert [each[:5] for each in found] == [whole(key)[:5] for key, _progress in jobs]


def test_a_training_that_diverges_reaches_nothing():
    key = sweep_of(read(SMALL | {"sweep.low": "1000", "sweep.high": "1000"}))[0][0][0]
    assert whole(key).diverged
    assert np.isnan(whole(key)[:4]).all()
    own = short(key)
    assert reached(own.begin(), False).diverged is False


# What is said.


def test_the_best_rate_has_the_highest_validation_accuracy_and_of_equals_the_lowest_loss():
    lane = [
        [end(0.9, 0.99)] * 2,
        [end(0.95, 0.7, 2.0), end(0.93, 0.8, 2.0)],
        [end(0.94, 0.6), end(0.94, 0.9)],
        [end(), None],
        [end(diverged=True)] * 2,
    ]
    found = best_of(lane)
    assert found
    assert (found.place, found.validation, found.test) == (2, pytest.approx(0.94), pytest.approx(0.75))
    assert (found.least, found.most) == (0.6, 0.9)
    assert best_of([[None], [end(diverged=True)]]) is None


def test_where_one_diverges_there_is_no_mean():
    rows = banded([[end(0.8), end(0.9), None], [end(), end(diverged=True), end()], [None] * 3], "validation")
    np.testing.assert_allclose(rows[:, 0], [0.85, 0.8, 0.9], rtol=1e-6)
    assert np.isnan(rows[:, 1:]).all()


# The address and the page.


def test_an_address_comes_back_as_it_was_and_junk_is_named():
    link = "v=1&show=rates&sweep.low=0.0123456789&sweep.high=2.5&sweep.per=5&sweep.seeds=30"
    flat, complaints = TRAIN.read_link(link, "en")
    assert complaints == []
    assert {f"{key}={value}" for key, value in TRAIN.short(flat, "en").items()} == set(link.split("&"))
    junk = "show=all&sweep.low=0&sweep.high=1e9&sweep.per=3&sweep.seeds=31"
    _flat, complaints = TRAIN.read_link(junk, "en")
    assert [str(each).partition("=")[0] for each in complaints] == ["show", "sweep.low", "sweep.high", "sweep.per", "sweep.seeds"]


@pytest.mark.parametrize(("language", "title"), [("en", "Accuracy over the learning rate"), ("ko", "학습률에 따른 정확도")])
def test_it_opens_in_both_languages_and_lanes_are_not_called_by_their_rates(language: str, title: str):
    page = opened("train", lang=language, **SMALL | {"1.rule": "adam", "2.lr": "0.5", "2.beta1": "0.5"})
    parts = {part.proto.component_name.rpartition(".")[2]: part.proto for part in page.get("bidi_component")}
    sent = json.loads(parts["ratesweep"].json)
    assert (sent["words"]["title"], sent["rates"]) == (title, [0.01, 0.1, 1.0])
    assert [lane["title"] for lane in sent["lanes"]] == ["Adam · β₁ 0.9", "Adam · β₁ 0.5"]
    assert page.session_state["visit"].memories["train"].complaints == []


# The answers.


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """A server that knows nothing and has nobody waiting, and works here."""
    own = Here()
    monkeypatch.setattr(work, "pool", own)
    monkeypatch.setattr(answers, "line", Line())
    for memory in (sweeping.done, sweeping.begun, sweeping.taken):
        memory.clear()
    return own


def asked(link: str = LINK, until: Callable[[dict[str, Any]], bool] = lambda now: now.get("over") or bool(now["error"])) -> list[dict[str, Any]]:
    """All answers, until the last is as it should be."""

    async def ask() -> list[bytes]:
        scope = {"type": "http", "query_string": f"{link}&who=me".encode(), "headers": []}
        found = [bytes((await sweeping.answer(Request(scope))).body)]
        while not until(unpacked(found[-1])["trained"]):
            found.append(bytes((await sweeping.answer(Request(scope))).body))
        return found

    return [unpacked(each)["trained"] for each in finished(ask())]


def test_answers_bring_all_trainings_to_their_ends(here: Here, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sweeping, "CHUNK", 2)
    monkeypatch.setattr(sweeping, "TOGETHER", 0.0)
    found = asked()
    counts = [each["done"] for each in found]
    assert counts == sorted(counts)
    assert len(found) > 5
    last = found[-1]
    assert (last["done"], last["all"], last["over"]) == (12, 12, True)
    lane = [[whole(key) for key in keys] for keys in sweep_of(read(SMALL))[1]]
    np.testing.assert_array_equal(last["lanes"][1]["test"], banded(lane, "test"))
    assert last["lanes"][1]["best"] == pytest.approx((best := best_of(lane)) and best._asdict())
    done = here.done
    assert asked()[-1]["over"]
    assert here.done == done, "the same again is known"
    assert list(answers.line.tickets) == []


def test_a_lost_process_costs_a_part_and_one_that_is_lost_twice_a_sentence(here: Here):
    here.lost = 1
    assert asked(until=lambda now: True)[-1]["error"] == ""
    here.lost = 2 * work.WORKERS
    sweeping.done.clear()
    assert "was ended, twice" in asked()[-1]["error"]
    assert sweeping.taken == set()
    assert asked()[-1]["over"]
