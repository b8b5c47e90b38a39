"""What others wrote and browsers are served is what its list says."""

from __future__ import annotations

import json
import re
from hashlib import sha256

import pytest
from plotly.offline import get_plotlyjs_version

from player import BROWSER
from tests.conftest import ROOT

VENDOR = BROWSER.parent / "vendor"
ROWS = re.findall(r"^\| `(.+?)` \| (\S+) \| (\S+) \| (\S+) \| `(\w+)` \|$", (VENDOR / "README.md").read_text("utf-8"), re.MULTILINE)


def test_every_file_is_on_the_list_with_its_licence():
    scripts = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*.js")}
    assert scripts == {file for file, *_rest in ROWS} != set()
    assert [file for file, *_rest in ROWS if not (VENDOR / file).parent.joinpath("LICENSE").exists()] == []


@pytest.mark.parametrize(("file", "package", "version", "licence", "digest"), ROWS, ids=[file for file, *_rest in ROWS])
def test_a_file_is_the_one_that_npm_brings(file: str, package: str, version: str, licence: str, digest: str):
    assert sha256((VENDOR / file).read_bytes()).hexdigest() == digest
    assert json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"][package] == version
    assert json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][f"node_modules/{package}"]["license"] == licence


def test_plotlys_script_has_the_version_of_the_wheel_whose_figures_it_draws():
    [version] = [version for file, _package, version, *_rest in ROWS if file == "plotly/plotly.min.js"]
    assert version == get_plotlyjs_version()
    assert f"v{version}" in (VENDOR / "plotly" / "plotly.min.js").read_text("utf-8")[:200]
