"""A process beside this one that works for it: one task at a time, and with less right to the processor, so that who is asked goes on answering."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

ROOT = Path(__file__).parent.parent
GENTLE = 10  # of nice: whatever else wants the processor comes first
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}  # for a product of matrices
NICE = "DESCENT_LAB_NICE"  # environment variable: another number instead, for a machine that other programs keep busy


class Lost(Exception):
    """The process ended before its answer came."""


class Aside:
    """The process; it begins with its first task, and ends with the program, or with the pipe to it. `memory`: bytes that it may take, 0 for any."""

    def __init__(self, gentle: int = GENTLE, memory: int = 0) -> None:
        self.gentle = int(os.environ.get(NICE, gentle))
        self.memory = memory
        self.process: subprocess.Popen[bytes] | None = None
        self.turn = Lock()

    def do(self, task: Callable[..., Any], *given: Any) -> Any:
        """What `task`, a function of a module, makes of what it is given; raises what it raises. A process that was lost is begun anew, once."""
        try:
            return self.once(task, *given)
        except Lost:
            return self.once(task, *given)

    def once(self, task: Callable[..., Any], *given: Any) -> Any:
        """The same, and raises Lost where the process is lost; the next task begins another."""
        with self.turn:
            try:
                kind, result = self.asked(task, given)
            except (BrokenPipeError, EOFError, pickle.UnpicklingError) as problem:
                self.end()
                raise Lost from problem
        if kind == "raised":
            raise result
        return result

    def kill(self) -> None:
        """End the process whatever it does, from another thread: whoever waits for it hears that it is lost."""
        if (process := self.process) is not None:
            with contextlib.suppress(OSError):
                process.kill()

    def asked(self, task: Callable[..., Any], given: tuple[Any, ...]) -> tuple[str, Any]:
        if self.process is None:
            command = [sys.executable, "-c", f"from runs.aside import main; main({self.gentle}, {self.memory})"]
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD)
        assert self.process.stdin
        assert self.process.stdout
        pickle.dump((task, given), self.process.stdin, protocol=5)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)

    def end(self) -> None:
        """End the process; the next task begins another."""
        if self.process is None:
            return
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self.process = None


def serve(tasks: BinaryIO, results: BinaryIO) -> None:
    """Do one task after the other until there are no more."""
    while True:
        try:
            task, given = pickle.load(tasks)
        except EOFError:
            return
        try:
            answer = "done", task(*given)
        except Exception as error:
            answer = "raised", error
        pickle.dump(answer, results, protocol=5)
        results.flush()


def main(gentle: int, memory: int = 0) -> None:
    """Be the process."""
    if hasattr(os, "nice"):
        os.nice(max(gentle - os.nice(0), 0))
    if memory:
        with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limit, and some systems refuse it
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    own = os.fdopen(os.dup(1), "wb")  # what a task prints is no answer
    os.dup2(2, 1)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin.buffer, own)
