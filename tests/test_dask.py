"""A sweep, and a map of the Explore page, on a cluster: two worker processes of a real one, and one of them killed half-way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, FIRST_COMPLETED, wait
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from distributed import Client, LocalCluster

from core import Array, InputError
from landscapes import LANDSCAPES
from links.axes import FINE
from links.explore import EXPLORE
from links.ratesweep import sweep_of, whole
from links.sweep import map_of
from links.trained import read, training, what_is_trained
from optimizers import OPTIMIZERS
from player.messages import maps
from player.messages.ratesweep import banded
from player.messages.sweep import mapped
from runs import basin, sweep
from runs import cluster as clusters
from runs.cells import cells
from runs.cluster import Cluster
from tests.explored import settings
from tests.race_page import eventually
from tests.test_player import unpacked
from tests.test_ratesweep import asked
from tests.test_train import Here
from tests.test_train import asked as trained
from views.train import answers, sweeping, work
from views.train.line import Line

pytestmark = pytest.mark.slow

Bowl, TwoWells = LANDSCAPES["bowl"], LANDSCAPES["two_wells"]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,  # pyright: ignore[reportArgumentType]  None is none
        Client(cluster) as client,
    ):
        yield client


def swept(steps: int, **settings: Any) -> Array:
    """A grid of 128 × 512 settings, eight blocks."""
    rule = OPTIMIZERS["adam"](lr=np.geomspace(1e-3, 1, 128)[:, None], beta1=np.linspace(0, 0.99, 512))
    return sweep(rule, TwoWells(), (1.7, 1.0), steps, measure="final_loss", **{"compiled": False, **settings})


def test_a_cluster_gives_the_same_numbers(client: Client):
    assert swept(10, executor=client.get_executor()).tobytes() == swept(10).tobytes()
    assert swept(30, executor=client.get_executor(), compiled=True).tobytes() == swept(30, compiled=True).tobytes()
    rule = OPTIMIZERS["momentum"](lr=0.01)
    assert (basin(rule, TwoWells(), 150, 10, executor=client.get_executor()) == basin(rule, TwoWells(), 150, 10)).all()


def test_many_surfaces_go_to_a_cluster_in_parts(client: Client):
    """128 × 512 bowls and rates: each worker gets its part of the bowls, and gives what it is worth."""
    surface, rule = Bowl(kappa=np.geomspace(1, 100, 128)[:, None]), OPTIMIZERS["momentum"](lr=np.geomspace(1e-4, 1e-2, 512))
    found = sweep(rule, surface, (1.0, 0.5), 10, measure="final_loss", executor=client.get_executor())
    assert found.tobytes() == sweep(rule, surface, (1.0, 0.5), 10, measure="final_loss").tobytes()
    alone = OPTIMIZERS["momentum"](lr=float(rule.lr[300]))
    np.testing.assert_allclose(
        found[90, 300], sweep(alone, Bowl(kappa=float(surface.kappa[90, 0])), (1.0, 0.5), 10, measure="final_loss"), rtol=1e-10
    )


def test_what_a_worker_refuses_arrives_as_it_is(client: Client):
    with pytest.raises(InputError, match="lr = -1: allowed is"):
        client.submit(OPTIMIZERS["adam"], lr=-1.0).result()


class KillsAWorker(Executor):
    """Hands its tasks on to a cluster, and kills a worker as soon as one of them is done."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.unfinished = 0

    def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **_: Any) -> Iterator[Any]:
        cluster = self.client.get_executor()
        victim, *_others = self.client.run(os.getpid).values()
        tasks = [cluster.submit(fn, *arguments) for arguments in zip(*iterables, strict=True)]
        self.unfinished = len(wait(tasks, return_when=FIRST_COMPLETED).not_done)
        os.kill(victim, signal.SIGKILL)
        return (task.result() for task in tasks)


def test_a_worker_may_die_half_way(client: Client):
    executor = KillsAWorker(client)
    found = swept(40, executor=executor)
    assert executor.unfinished > 0
    assert found.tobytes() == swept(40).tobytes()


FLAT = settings("surface=himmelblau&ax=x&ay=y&steps=300&measure=best")


@pytest.fixture
def far(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Cluster]]:
    """Has every map made by the cluster at an address, if it can be; in NumPy."""
    monkeypatch.setattr(maps, "FAR", 0)
    monkeypatch.setattr(maps, "by_kernel", lambda flat: False)
    monkeypatch.setattr(clusters, "CONNECTING", 0.5)
    maps.known.clear()
    made: list[Cluster] = []

    def at(address: str) -> Cluster:
        monkeypatch.setenv(clusters.ADDRESS, address)
        found = clusters.cluster()
        assert found
        made.append(found)
        found.seek()
        eventually(lambda: not found.connecting, seconds=30)
        return found

    yield at
    for each in made:
        if each.client:
            each.client.close()
    clusters.clusters.clear()


def made() -> dict[str, Any]:
    while (message := maps.advance(EXPLORE.write(FLAT), FINE, 0)) is None:
        pass
    return unpacked(message)["map"]


def here() -> dict[str, Any]:
    return unpacked(mapped(FLAT, FINE, cells(map_of(FLAT, FINE))))["map"]


def test_a_map_is_made_by_the_cluster_although_a_worker_dies_half_way(client: Client, far: Any, monkeypatch: pytest.MonkeyPatch):
    client.wait_for_workers(2)
    executor = KillsAWorker(client)
    monkeypatch.setattr(clusters, "Patient", lambda _: executor)
    assert far(client.scheduler_info()["address"]).lost_at is None
    found = made()
    assert executor.unfinished > 0
    assert maps.so_far(FLAT, FINE).far
    np.testing.assert_array_equal(found["values"], here()["values"])
    assert found["note"] == ""


SWEEP = "show=rates&lanes=2&steps=60&2.rule=adam&sweep.low=0.001&sweep.high=1&sweep.per=2&sweep.seeds=6"


class Nobody:
    """In place of this machine's processes."""

    async def do(self, task: Any, *given: Any) -> Any:
        raise AssertionError("the cluster was to do this")


@pytest.fixture
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that has trained nothing and has nobody waiting."""
    monkeypatch.setattr(answers, "line", Line())
    for memory in (sweeping.done, sweeping.begun, sweeping.taken, sweeping.away, work.known):
        memory.clear()


def reached_here() -> list[Any]:
    lanes = sweep_of(read(dict(parse_qsl(SWEEP))))
    return [banded([[whole(key) for key in keys] for keys in lane], "test") for lane in lanes]


@pytest.mark.usefixtures("nothing_known")
def test_a_sweep_over_rates_is_made_by_the_cluster_although_a_worker_dies_half_way(client: Client, far: Any, monkeypatch: pytest.MonkeyPatch):
    client.wait_for_workers(2)
    executor, patient = KillsAWorker(client), clusters.Patient
    killers = iter([executor])
    monkeypatch.setattr(clusters, "Patient", lambda real: next(killers, None) or patient(real))
    monkeypatch.setattr(work, "pool", Nobody())
    assert far(client.scheduler_info()["address"]).lost_at is None
    last = asked(SWEEP)[-1]
    assert executor.unfinished > 0
    assert (last["over"], last["note"], last["done"]) == (True, "", 84)
    for lane, own in zip(last["lanes"], reached_here(), strict=True):
        np.testing.assert_allclose(lane["test"], own, rtol=1e-6)


@pytest.mark.usefixtures("nothing_known")
@pytest.mark.parametrize("trouble", ["unreachable", "lost"])
def test_without_the_cluster_the_sweep_is_made_here_and_says_so(trouble: str, client: Client, far: Any, monkeypatch: pytest.MonkeyPatch):
    class Gone(Executor):
        def map(self, *_: Any, **__: Any) -> Any:
            raise OSError("the scheduler has gone")

    monkeypatch.setattr(clusters, "Patient", lambda _: Gone())
    monkeypatch.setattr(work, "pool", Here())
    address = "tcp://127.0.0.1:1" if trouble == "unreachable" else client.scheduler_info()["address"]
    assert (far(address).lost_at is None) == (trouble == "lost")
    last = asked(SWEEP)[-1]
    assert last["note"] == f"The Dask cluster at {address} cannot be reached: these runs were made on this server."
    assert (last["over"], sweeping.away, sweeping.taken) == (True, [], set())


CURVES = "lanes=2&steps=60&2.rule=adam"


@pytest.mark.usefixtures("nothing_known")
@pytest.mark.parametrize("lost", [True, False])
def test_a_training_goes_on_where_the_cluster_is_and_here_where_it_is_lost(lost: bool, client: Client, far: Any, monkeypatch: pytest.MonkeyPatch):
    class Gone(Executor):
        def map(self, *_: Any, **__: Any) -> Any:
            raise OSError("the scheduler has gone")

    monkeypatch.setattr(work, "pool", Here() if lost else Nobody())
    if lost:
        monkeypatch.setattr(clusters, "Patient", lambda _: Gone())
    found = far(client.scheduler_info()["address"])
    last = trained(f"{CURVES}&who=me", times=40)
    assert (last["over"], last["error"], found.lost_at is not None) == (True, "", lost)
    for i, lane in enumerate(last["lanes"], start=1):
        wanted = training(what_is_trained(read(dict(parse_qsl(CURVES))), i)).run().curves
        np.testing.assert_allclose(np.array(lane["curves"])[:4], wanted[:4], rtol=1e-6)


@pytest.mark.parametrize("trouble", ["unreachable", "lost"])
def test_without_the_cluster_the_map_is_made_here_and_says_so(trouble: str, client: Client, far: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any):
    class Gone(Executor):
        def map(self, *_: Any, **__: Any) -> Any:
            raise OSError("the scheduler has gone")

    monkeypatch.setattr(clusters, "Patient", lambda _: Gone())
    address = "tcp://127.0.0.1:1" if trouble == "unreachable" else client.scheduler_info()["address"]
    assert (far(address).lost_at is None) == (trouble == "lost")
    found = made()
    np.testing.assert_array_equal(found["values"], here()["values"])
    assert found["note"] == f"The Dask cluster at {address} cannot be reached: these runs were made on this server."
    (said,) = (record.getMessage() for record in caplog.records if record.name == clusters.__name__)
    assert address in said
