"""The Train page without a browser: what its address may hold, who is worked for and who waits, and what an answer has."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from starlette.requests import Request
from starlette.types import Message

from links.train import LANES, RULES, TRAIN, TRAINERS, data_sets
from links.trained import advanced, read, training, what_is_trained
from locales import said
from optimizers import OPTIMIZERS
from player.messages.train import train
from problems.networks.digits import FOLDER
from runs.aside import Lost
from tests.test_player import unpacked
from tests.test_views import opened, ran
from views.train import answers, work
from views.train.line import AT_ONCE, Line, MOST, PATIENCE, TURN

# The address.


def test_it_opens_with_the_lectures_rules_and_an_empty_address():
    flat, complaints = TRAIN.read_link("", "en")
    assert [flat[f"{i}.rule"] for i in range(1, LANES + 1)] == list(RULES)
    assert (complaints, TRAIN.short(flat, "en")) == ([], {})


@pytest.mark.parametrize(
    "link",
    [
        "v=1&lanes=2&2.rule=lion&2.lr=0.001&1.schedule=cosine&1.schedule.floor=0.1&1.warmup=3000&counted=epochs",
        "v=1&hidden=32-32&activation=gelu&start=glorot&decay=0.001&batch=256&steps=500&seed=7&lane=3&over=seconds&hide=lanes",
        "v=1&hidden=0&lang=ko&present=1",
        "v=1&show=plane&plane=random&plane.seed=7&moment=0.505&view=3d&height=log",
    ],
)
def test_an_address_comes_back_as_it_was(link: str):
    flat, complaints = TRAIN.read_link(link, "en")
    assert complaints == []
    assert {f"{key}={value}" for key, value in TRAIN.short(flat, "en").items()} == set(link.split("&"))


def test_junk_is_named_and_the_rest_is_used():
    link = "hidden=32-x&batch=0&lanes=2&1.rule=newton&2.rule=bfgs&steps=1e9&seed=3&lane=5&data=mine&x=1"
    link += "&show=all&plane=best&plane.seed=-1&moment=2&view=4d&height=z"
    flat, complaints = TRAIN.read_link(link, "en")
    assert {key: flat[key] for key in ("hidden", "batch", "1.rule", "steps", "seed", "lane")} == {
        "hidden": "32",
        "batch": 32,
        "1.rule": "gradient_descent",
        "steps": 2500,
        "seed": 3,
        "lane": 1,
    }
    names = [said(complaint).partition("=")[0] for complaint in complaints]
    of_plane = ["height", "moment", "plane", "plane.seed", "show", "view"]
    assert sorted(names) == sorted(["1.rule", "2.rule", "batch", "data", "hidden", "lane", "steps", "x", *of_plane])
    assert set(OPTIMIZERS) - set(TRAINERS) == {"newton", "bfgs"}


def test_a_folder_is_offered_where_the_server_names_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    assert set(data_sets()) == {"digits"}
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert set(data_sets()) == {"digits", "folder"}


def test_what_is_only_looked_at_changes_no_training_and_all_else_does():
    flat = read({"lanes": "2"})
    key = what_is_trained(flat, 1)
    same = {"show": "plane", "plane": "all", "plane.seed": 3, "moment": 0.3, "view": "3d", "height": "log"}
    same |= {"lang": "ko", "lane": 2, "over": "seconds", "hide": "top", "present": 1, "1.look": 5, "2.lr": 0.7, "lanes": 1}
    other = {"hidden": "8", "activation": "tanh", "start": "zero", "decay": 0.01, "batch": 8, "steps": 20, "seed": 1, "1.lr": 0.1, "1.warmup": 9}
    assert [name for name, value in same.items() if what_is_trained(flat | {name: value}, 1) != key] == []
    assert [name for name, value in other.items() if what_is_trained(flat | {name: value}, 1) == key] == []


# The queue.


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_so_many_are_worked_for_and_others_have_a_place():
    line = Line(Clock())
    assert [line.place(str(i)) for i in range(AT_ONCE + 3)] == [0] * AT_ONCE + [1, 2, 3]
    line.leave("1")
    assert [line.place(str(i)) for i in range(AT_ONCE, AT_ONCE + 3)] == [0, 1, 2]


def test_who_asks_no_longer_loses_their_place_unless_something_is_under_way():
    clock = Clock()
    line = Line(clock)
    for i in range(AT_ONCE + 1):
        line.place(str(i))
    line.begin("0")
    clock.time = PATIENCE + 1
    assert line.place("late") == 0
    assert list(line.tickets) == ["0", "late"]


def test_who_has_had_a_turn_goes_to_the_end_where_others_wait():
    line = Line(Clock())
    for i in range(AT_ONCE):
        line.place(str(i))
    line.begin("0")
    line.end("0", TURN)
    assert line.place("0") == 0
    line.place("next")
    line.begin("0")
    line.end("0", TURN)
    assert (line.place("next"), line.place("0")) == (0, 1)


def test_of_several_addresses_one_after_the_other_has_somebody_in_the_queue():
    line = Line(Clock())
    for i in range(20):
        line.place(f"flood{i}", "198.51.100.7")
    assert line.place("student", "192.0.2.1") == 0
    assert line.place("another", "192.0.2.1") == 0
    assert [line.place(f"flood{i}", "198.51.100.7") for i in range(4)] == [0, 0, 1, 2]


def test_an_address_has_no_more_people_in_the_queue_than_open_pages():
    line = Line(Clock(), pages=lambda _address: 3)
    assert [line.place(str(i), "198.51.100.7") is None for i in range(5)] == [False] * 3 + [True] * 2
    assert line.place("student", "192.0.2.1") is not None


def test_a_queue_that_is_full_says_so():
    line = Line(Clock())
    assert {line.place(str(i)) is None for i in range(MOST)} == {False}
    assert line.place("one more") is None


# The answers.


class Here:
    """In place of the processes: works here, a few steps at a time; is lost as often as it is told to be."""

    def __init__(self, lost: int = 0) -> None:
        self.lost, self.done = lost, 0

    async def do(self, task: Any, *given: Any) -> Any:
        if self.lost:
            self.lost -= 1
            raise Lost
        self.done += 1
        return task(*given)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """A server that knows nothing and has nobody waiting."""
    own = Here()
    monkeypatch.setattr(work, "pool", own)
    monkeypatch.setattr(answers, "line", Line())
    work.known.clear()
    return own


def asked(link: str, times: int = 1) -> dict[str, Any]:
    """The last of so many answers, one after the other."""
    return asked_of(answers.answer, link, times)["trained"]


def asked_of(route: Any, link: str, times: int = 1) -> dict[str, Any]:
    """The same, of another route."""

    async def ask() -> bytes:
        async def stay() -> Message:
            return {"type": "http.disconnect"}

        scope = {"type": "http", "query_string": link.encode(), "headers": []}
        for _ in range(times - 1):
            await route(Request(scope, stay))
        return bytes((await route(Request(scope, stay))).body)

    with ThreadPoolExecutor(1) as elsewhere:  # a thread with a browser has a loop of its own
        return unpacked(elsewhere.submit(asyncio.run, ask()).result())


LINK = "lanes=2&steps=60&2.rule=adam&who=me"


def test_answers_bring_every_lane_further_to_the_same_end_as_a_training_at_once(here: Here):
    first = asked(LINK)
    assert [lane["step"] > 0 for lane in first["lanes"]] == [True, True]
    last = asked(LINK, times=60)
    assert last["over"]
    assert list(answers.line.tickets) == []
    for i, lane in enumerate(last["lanes"], start=1):
        wanted = training(what_is_trained(read({"lanes": "2", "steps": "60", "2.rule": "adam"}), i)).run()
        np.testing.assert_array_equal(np.array(lane["curves"])[:4], wanted.curves[:4].astype(np.float32))
    done = here.done
    again = asked(f"{LINK}&lane=2")
    assert again["over"]
    assert here.done == done + 1, "only to look at the other lane"
    assert np.array(again["seen"]["weights"]).shape == (32, 8, 8)
    assert again["seen"]["count"] == round((1 - np.array(again["lanes"][1]["curves"])[3, -1]) * 360)


def test_equal_lanes_are_trained_once_and_what_is_begun_anew_apart(here: Here):
    asked("lanes=3&steps=10&1.rule=adam&2.rule=adam&3.rule=adam&who=me")
    assert here.done == 1
    asked("lanes=1&steps=10&1.rule=adam&who=me&again=1")
    assert here.done == 2


def test_a_lost_process_costs_a_slice_and_one_that_is_lost_twice_a_sentence(here: Here):
    here.lost = 1
    assert asked("lanes=1&steps=10&who=me")["error"] == ""
    here.lost = 2
    assert "was ended, twice" in asked("lanes=1&steps=11&who=me")["error"]
    assert asked("lanes=1&steps=11&who=me")["error"] == ""


def test_who_waits_is_told_their_place(here: Here):
    for i in range(AT_ONCE):
        answers.line.place(str(i))
    assert asked("lanes=1&steps=10&who=me") == {"place": 1, "error": ""}
    assert here.done == 0


def test_a_folder_without_files_is_named(here: Here, monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    assert "train-images-idx3-ubyte.gz is not there" in asked("data=folder&lanes=1&who=me")["error"]


def never(*_given: Any) -> None:
    import time

    time.sleep(60)


@pytest.mark.slow
def test_a_process_that_takes_too_long_is_ended_and_the_next_task_has_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(work, "PATIENCE", 0.2)

    async def both() -> Any:
        pool = work.Pool(1)
        with pytest.raises(Lost):
            await pool.do(never)
        monkeypatch.setattr(work, "PATIENCE", 60.0)
        found = await pool.do(advanced, what_is_trained(read({"steps": "10"}), 1), None, 9.0, False)
        pool.every[0].end()
        return found.progress.step

    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(asyncio.run, both()).result() == 10


# The page.


@pytest.mark.parametrize(("language", "title"), [("en", "Training a network"), ("ko", "신경망 학습")])
def test_it_opens_in_both_languages(language: str, title: str):
    page = opened("train", lang=language, lanes="2", lane="2", steps="10")
    parts = {part.proto.component_name.rpartition(".")[2]: part.proto for part in page.get("bidi_component")}
    sent = json.loads(parts["training"].json)
    assert (sent["words"]["title"], sent["lane"], len(sent["lanes"])) == (title, 2, 2)
    assert page.session_state["visit"].memories["train"].complaints == []


def test_another_rule_brings_its_own_rate_and_settings():
    page = opened("train", lanes="2", steps="10", **{"1.lr": "0.2"})
    next(each for each in page.selectbox if (each.key or "").strip() == "1.rule").set_value("adam")
    ran(page)
    own = page.session_state["visit"].memories["train"].settings
    assert (own["1.rule"], own["1.lr"], own["1.beta1"], own["2.rule"]) == ("adam", 0.01, 0.9, "momentum")


def test_lanes_with_one_rule_are_called_by_what_differs():
    flat = read({"lanes": "3", "1.rule": "adam", "2.rule": "adam", "2.lr": "0.02"})
    assert [lane["title"] for lane in train(flat)["lanes"]] == ["Adam · η 0.01", "Adam · η 0.02", "Nesterov"]
