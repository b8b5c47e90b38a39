"""requirements.lock is what requirements.txt allows, and LICENCES.md names all of it."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

PINNED = re.compile(r"^([\w.-]+)==([^ ;\\]+)\s*(;[^\\]*)?\\?$", re.MULTILINE)


@pytest.fixture(scope="module")
def locked() -> dict[str, list[tuple[Version, str]]]:
    """The versions of each package, with the systems that they are for; "" for all."""
    found: dict[str, list[tuple[Version, str]]] = {}  # by canonical names
    for name, version, marker in PINNED.findall((ROOT / "requirements.lock").read_text("utf-8")):
        found.setdefault(canonicalize_name(name), []).append((Version(version), marker))
    return found


def test_the_lock_has_every_requirement_within_its_bounds(locked: dict[str, list[tuple[Version, str]]]):
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()]
    wanted = [Requirement(line) for line in lines if line]
    assert len(wanted) >= 5
    for each in wanted:
        assert all(each.specifier.contains(version) for version, _marker in locked[canonicalize_name(each.name)]), each


def test_every_locked_version_has_hashes():
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(blocks) > 20
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_list_of_licences_has_what_is_locked(locked: dict[str, list[tuple[Version, str]]]):
    rows = re.findall(r"^\| ([\w.-]+) +\| (\S+) +\| ([^|]+?) +\|$", (ROOT / "LICENCES.md").read_text("utf-8"), re.MULTILINE)
    listed: dict[str, Version] = {canonicalize_name(name): Version(version) for name, version, _licence in rows if re.match(r"\d", version)}
    everywhere = {name: versions[0][0] for name, versions in locked.items() if len(versions) == 1 and not versions[0][1]}
    assert {name: listed.get(name) for name in everywhere} == everywhere
    assert [name for name, _version, licence in rows if licence in ("", "UNKNOWN")] == []


def test_the_list_of_licences_has_what_browsers_are_served():
    text = (ROOT / "LICENCES.md").read_text("utf-8")
    folders = [path.name for path in (ROOT / "player" / "vendor").iterdir() if path.is_dir()]
    assert [name for name in folders if f"{name}/" not in text] == []
