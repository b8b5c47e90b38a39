"""Several processes that serve the program at one port: `python -m serving.workers --workers 2`, with the options of `streamlit run`."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
import streamlit as st
from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.config import STARTUP_FAILURE
from uvicorn.importer import import_from_string
from uvicorn.supervisors import Multiprocess

from rooms import RoomsProcess
from serving import private
from serving.room import make_room
from serving.together import counting_together

LOG = logging.getLogger("uvicorn.error")
SCRIPT = Path("app.py").absolute()  # as `streamlit run app.py` takes it
MOST = 64  # processes, each with the program in its memory
PORTS = 65535
PATIENCE = 30  # seconds that a process may say nothing before it counts as dead; by default 5, less than one takes to begin on a busy machine


@click.command(context_settings={"auto_envvar_prefix": "STREAMLIT"})
@click.option("--workers", required=True, help=f"Processes, from 1 to {MOST}.")
@private.with_options
def main(workers: str, **given: Any) -> None:
    """Serve the program from several processes, with Streamlit's settings."""
    number = int(workers) if workers.isascii() and workers.isdecimal() else 0
    if not 1 <= number <= MOST:
        sys.exit(f"WORKERS is {workers!r}: it takes a whole number from 1 to {MOST}.")
    private.configure(SCRIPT, given)
    settings = Config(partial(program, given), factory=True, workers=number, timeout_worker_healthcheck=PATIENCE, **private.uvicorn_settings())
    try:
        listening = private.bound(settings.backlog)
    except (OverflowError, OSError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else f"a port is a whole number from 0 to {PORTS}"
        sys.exit(f"Nothing can listen at port {st.get_option('server.port')}: {why}. PORT=8600 sets another.")
    given["server_port"] = listening.getsockname()[1]
    private.configure(SCRIPT, given)
    private.print_address()
    print(f"  Processes: {number}. What follows holds for each.\n  {make_room()}\n", flush=True)
    server = Workers(settings, [listening])
    server.run()
    sys.exit(STARTUP_FAILURE if STARTUP_FAILURE in [each.exitcode for each in server.processes] else 0)


class Workers(Multiprocess):
    """uvicorn's processes, each begun again where it dies, and beside them the one that holds their rooms."""

    def run(self) -> None:
        self.rooms = RoomsProcess()
        try:
            with counting_together():
                super().run()
        finally:
            self.rooms.end()

    def init_processes(self) -> None:
        LOG.info("Started rooms process [%d]", self.rooms.pid)
        super().init_processes()

    def keep_subprocess_alive(self) -> None:
        if not self.rooms.alive():
            LOG.warning("The rooms process [%d] died, and its rooms are gone.", self.rooms.pid)
            self.rooms.begin()
            LOG.info("Started rooms process [%d]", self.rooms.pid)
        super().keep_subprocess_alive()


def program(given: dict[str, Any]) -> ASGIApp:
    """The program, in one of the processes."""
    private.configure(SCRIPT, given)
    return import_from_string(f"{SCRIPT.stem}:app")


if __name__ == "__main__":
    main()
