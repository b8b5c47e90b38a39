"""Tries every program of tests/programs.py that asks for PyTorch or Optax: its path has to be the lane's.

`PYTHONPATH=. python tests/golden/make_programs.py` writes programs.json, a hash for each program that came out right; it needs torch, optax, jax and
numpy. The tests need only the file: code that no longer is what was tried here fails one.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import io
import json
import os
import platform
import runpy
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import jax
import numpy as np
import optax
import torch

from export.code.program import program
from runs.race import descent
from tests.programs import hashed, programs


def main() -> int:
    tried: dict[str, dict[str, str]] = {"torch": {}, "optax": {}}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        where = os.path.join(folder, "program.py")
        for name, race, lane in programs():
            path = descent(lane, race.descended(lane), race.start, race.steps).path
            for library, known in tried.items():
                text = program(race, lane, library, name)
                Path(where).write_text(text, "utf-8")
                with redirect_stdout(io.StringIO()):
                    found = np.array([np.asarray(p) for p in runpy.run_path(where)["path"]])
                if np.allclose(found, path, rtol=1e-10, atol=1e-13):
                    known[name] = hashed(text)
                else:
                    wrong += 1
                    print(f"{library}: {name} leaves the lane's path by {np.abs(found - path).max():.1e}")
    versions = {"torch": torch.__version__, "optax": optax.__version__, "jax": jax.__version__, "python": platform.python_version()}
    target = Path(__file__).with_name("programs.json")
    target.write_text(json.dumps({"made with": versions, **tried}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{sum(map(len, tried.values()))} programs took their lane's path, {wrong} did not.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
