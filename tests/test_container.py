"""What of deploy/ starts a server: the container, built where there is an engine, its steps in a plain folder where there is none; systemd's unit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.healthy import main as health
from tests.conftest import ROOT, free_port
from tests.test_architecture import LAYERS
from tests.test_serving import asked

PORT = "8501"
UNIT = "descent-lab@.service"
Steps = list[tuple[str, str]]


def steps(text: str) -> Steps:
    """The instructions of a Containerfile, without comments, each on one line."""
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).replace("\\\n", " ")
    return [(name.upper(), rest.strip()) for name, _, rest in (line.partition(" ") for line in lines.splitlines() if line.strip())]


CONTAINER = steps((ROOT / "deploy" / "Containerfile").read_text("utf-8"))


def command(given: str) -> list[str]:
    """What CMD or HEALTHCHECK runs, in the form of a list."""
    return json.loads(given[given.index("[") :])


def test_every_room_of_the_program_is_in_the_container():
    copied = [word for name, rest in CONTAINER if name == "COPY" for word in rest.split()[:-1]]
    assert [layer for layer in LAYERS if layer not in copied and f"{layer}.py" not in copied] == []
    assert [path for path in copied if not (ROOT / path).exists()] == []


def test_it_runs_as_nobody_and_says_whether_it_is_well():
    given = dict(CONTAINER)
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", given["USER"])
    assert [name for name, _rest in CONTAINER].index("USER") > max(i for i, (name, _rest) in enumerate(CONTAINER) if name in ("RUN", "COPY"))
    assert command(given["HEALTHCHECK"])[1:] == ["deploy/healthy.py", f"http://127.0.0.1:{PORT}"]
    assert f"--server.port={PORT}" in command(given["CMD"])
    assert given["EXPOSE"] == PORT


class Plain:
    """The container's steps in a plain folder, with an environment of Python's in place of the image's."""

    def __init__(self, folder: Path) -> None:
        self.tmp, self.venv = folder / "tmp", folder / "venv"
        self.tmp.mkdir()
        subprocess.run([sys.executable, "-m", "venv", self.venv], check=True)
        self.root = self.place = folder / "root"
        self.environment = {"PATH": f"{self.venv / 'bin'}:{os.environ['PATH']}", "TMPDIR": str(self.tmp)}
        self.environment |= {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.lower().endswith("_proxy")}

    def run(self, steps: Steps) -> None:
        """Do them one after another; raises CalledProcessError."""
        for name, rest in steps:
            match name:
                case "WORKDIR":
                    self.place = self.root / rest.lstrip("/")
                    self.place.mkdir(parents=True, exist_ok=True)
                case "ENV":
                    key, _, value = rest.partition("=")
                    self.environment[key] = str(self.tmp) + value.removeprefix("/tmp") if value.startswith("/tmp") else value
                case "COPY":
                    *sources, target = rest.split()
                    for source in sources:
                        self.copy(ROOT / source, self.place / target)
                case "RUN":
                    subprocess.run(["sh", "-ec", rest], cwd=self.place, env=self.environment, check=True)

    def copy(self, source: Path, target: Path) -> None:
        """As COPY does: what is in a folder, or a file."""
        target.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)

    @contextmanager
    def started(self, given: Mapping[str, str]) -> Iterator[int]:
        """CMD at a free port, which stands for the container's."""
        port = free_port()
        words = [word.replace(PORT, str(port)).replace("0.0.0.0", "127.0.0.1") for word in command(given["CMD"])]
        words[0] = str(self.venv / "bin" / words[0])
        with subprocess.Popen(words, cwd=self.place, env=self.environment) as process:
            try:
                yield port
            finally:
                process.terminate()

    def files(self) -> set[str]:
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*")}


@pytest.mark.thorough
def test_its_steps_make_a_server_in_a_plain_folder(tmp_path: Path):
    plain, given = Plain(tmp_path), dict(CONTAINER)
    plain.run(CONTAINER)
    before = plain.files()
    assert "opt/descent-lab/app.py" in before
    with plain.started(given) as port:
        words = [word.replace(PORT, str(port)) for word in command(given["HEALTHCHECK"])]
        end = time.monotonic() + 180
        while subprocess.run(words, cwd=plain.place, env=plain.environment).returncode:
            assert time.monotonic() < end
    assert plain.files() == before  # it could have been read-only


def engine() -> str | None:
    """A podman or docker that answers, or None."""
    for path in map(shutil.which, ("podman", "docker")):
        if path and subprocess.run([path, "info"], capture_output=True, timeout=60).returncode == 0:
            return path
    return None


@pytest.mark.thorough
def test_an_engine_builds_it_and_it_runs_on_a_file_system_that_cannot_be_written_to():
    path = engine()
    if path is None:
        pytest.skip("No engine for containers (podman, docker) answers here: the test above goes through the same steps in a plain folder.")
    port, name = free_port(), f"descent-lab-test-{os.getpid()}"
    subprocess.run([path, "build", "-t", name, "-f", "deploy/Containerfile", "."], cwd=ROOT, check=True)
    run = [path, "run", "--detach", "--rm", "--read-only", "--tmpfs", "/tmp", "--name", name, "--publish", f"127.0.0.1:{port}:{PORT}", name]
    try:
        subprocess.run(run, check=True)
        assert health(f"http://127.0.0.1:{port}", "120") == 0
    finally:
        subprocess.run([path, "rm", "--force", name], check=False)
        subprocess.run([path, "rmi", name], check=False)


def test_systemd_can_read_the_unit(tmp_path: Path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("No systemd-analyze is here, which says whether systemd can read the unit: on Debian and Ubuntu it is in the package systemd.")
    text = (ROOT / "deploy" / UNIT).read_text("utf-8")
    (tmp_path / UNIT).write_text(text.replace("/opt/descent-lab/.venv/bin/python", sys.executable))
    unit = tmp_path / UNIT.replace("@", "@8601")
    done = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}, timeout=60)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "descent-lab" in line]) == (0, [])


def test_waiting_for_health_ends_where_nobody_answers():
    assert health(f"http://127.0.0.1:{free_port()}", "0.3") == 1


def test_a_healthy_server_is_found_with_and_without_a_slash(server: str):
    assert [health(server), health(f"{server}/")] == [0, 0]


def test_the_headers_of_a_pages_document_fit_into_haproxys_buffer(server: str):
    (bytes_,) = re.findall(r"^ +tune\.bufsize (\d+)", (ROOT / "deploy" / "haproxy.cfg").read_text("utf-8"), re.MULTILINE)
    headers = asked(server, "/")[0].getheaders()
    assert 8000 < sum(len(name) + len(value) + 4 for name, value in headers) < int(bytes_) / 2  # else the line can go, or must grow
