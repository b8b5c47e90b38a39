"""Which rule is best: how soon the table and the profile are there, for one and for twenty at once, and how long a map waits beside them."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks._report import machine, p95
from benchmarks._server import server
from benchmarks.classroom import row
from links.best import SURFACES
from optimizers import OPTIMIZERS

CLASS = 20
PAUSE = 0.4  # seconds until a server that is busy is asked again, as a browser does
LONG = 1000  # steps


def got(address: str) -> float:
    """Seconds until an answer has come."""
    begun = time.perf_counter()
    while True:
        with urlopen(address) as answer:
            answer.read()
            if answer.status == 200:
                return time.perf_counter() - begun
        time.sleep(PAUSE)


def table(host: str, **link: object) -> tuple[float, float]:
    """Seconds to the first row and to the last, asked for as a browser does."""
    waits = [got(f"{host}/best/{rule}?{urlencode(link)}") for rule in OPTIMIZERS]
    return waits[0], sum(waits)


def profile(host: str, steps: int) -> float:
    """Seconds to the whole profile."""
    return sum(got(f"{host}/profile/{n}?steps={steps}") for n in range(1, len(SURFACES) + 1))


def alone(host: str) -> None:
    print("| on Rosenbrock | first row | whole table | again | profile | again |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for steps in (200, LONG):
        first, last = table(host, surface="rosenbrock", steps=steps)
        again = table(host, surface="rosenbrock", steps=steps)[1]
        row(f"{steps} steps", *(f"{seconds:.2f} s" for seconds in (first, last, again, profile(host, steps), profile(host, steps))))


def together(host: str) -> None:
    print(f"\n| {CLASS} at once, 200 steps on Himmelblau: p95 | first row | whole table |\n| --- | ---: | ---: |")
    with ThreadPoolExecutor(CLASS + 1) as people:
        for name, starts in (("all the same", [1.0] * CLASS), ("each from a start of their own", [k / 10 for k in range(CLASS)])):
            waits = list(people.map(lambda x: table(host, surface="himmelblau", x=x), starts))
            row(name, *(f"{p95(each):.2f} s" for each in zip(*waits, strict=True)))
        busy = [people.submit(partial(table, host, surface="himmelblau", steps=LONG, x=3 + k / 10)) for k in range(CLASS)]
        got(f"{host}/best/newton?surface=himmelblau&steps={LONG}&x=3")
        maps = [got(f"{host}/map/first?surface=booth&x={k}") for k in range(8)]
        still = sum(not each.done() for each in busy)
    print(f"\nA map beside {CLASS} tables of {LONG} steps ({still} still under way after the last): p95 {p95(maps):.2f} s.")


def main() -> None:
    before = os.getloadavg()[0]
    with server() as host:
        got(f"{host.address}/best/newton?steps=20")  # the process aside begins
        alone(host.address)
        together(host.address)
    print(f"\n{machine()}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
