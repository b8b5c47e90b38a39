"""The command line: one for all kinds of tables, a file of figures, and a sentence for whatever is wrong."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from export import kinds
from export.command import main
from export.options import KINDS
from export.settings import json_of, read_json
from export.table import read_csv, read_npz

ROOT = Path(__file__).parent.parent
LINK = "surface=rosenbrock&lanes=2&steps=20&2.rule=adam"
FILE = f"""
width = "12cm"

[valley]
link = "{LINK}"
kinds = ["csv", "json"]

[[figure]]
link = "explore?view=rates&steps=20"
kinds = ["npz"]
"""


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "export", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_command_makes_what_it_is_asked_for_and_the_same_bytes_again(tmp_path: Path):
    every = [f"--{kind}" for kind in KINDS]
    for folder in ("one", "other"):
        done = command(LINK, *every, "--code", "numpy", "--caption", "latex,bibtex", "--width", "9cm", "--step", 15, "--out", tmp_path / folder)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert "rosenbrock_gradient_descent-adam.csv" in done.stderr
    made = contents(tmp_path / "one")
    assert made == contents(tmp_path / "other")
    ends = [f".{kind}" for kind in KINDS]
    assert {name.removeprefix("rosenbrock_gradient_descent-adam") for name in made} == {*ends, "_1_numpy.py", "_2_numpy.py", ".tex", ".bib"}
    assert all(b"at=15" in made[f"rosenbrock_gradient_descent-adam{end}"] for end in (".svg", ".csv", ".json", ".tex", ".html"))
    csv, json, npz = (made[f"rosenbrock_gradient_descent-adam.{kind}"] for kind in ("csv", "json", "npz"))
    assert read_csv(csv.decode()).rows == read_npz(npz).rows == 42
    assert json_of(read_json(json.decode())) == json.decode()


def test_a_file_of_figures_makes_each_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "figures.toml").write_text(FILE)
    assert main([str(tmp_path / "figures.toml"), "--out", str(tmp_path / "out")]) == 0
    rates = "rates_bowl_momentum"
    assert set(contents(tmp_path / "out")) == {"valley.csv", "valley.json", f"{rates}.npz", f"{rates}.range_test.npz"}
    assert "[1/2] valley: csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lanes=2", "lanes=20", "figures.toml, line 5: lanes=20: allowed is 1, 2, … 8."),
        ("12cm", "12furlong", "figures.toml, line 2: width = '12furlong': allowed is 75pt to 7500pt"),
        ('kinds = ["npz"]', 'kinds = ["npz"]\nstep = 21', "figures.toml, line 9: step = 21: allowed is at most 20 with this link."),
        ('kinds = ["npz"]', 'theme = "prnt"', "figures.toml, line 10: theme = 'prnt': allowed is light, dark, print."),
        ('kinds = ["npz"]', 'colour = "red"', "figures.toml, line 10: colour = 'red': there is no such option"),
        ('link = "explore', 'lnk = "explore', "figures.toml, line 9: lnk = 'explore"),
        ("explore?view", "catalogue?view", "figures.toml, line 9: catalogue"),
        ("[[figure]]", "[[figure]", "line 8"),
        ("steps=20&2.rule", "nothing=20&2.rule", "figures.toml, line 5: nothing=20: this page has no such setting."),
        ("surface=rosenbrock", "surface=rosenbroc", "figures.toml, line 5: surface=rosenbroc: allowed is ackley"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line_and_nothing_is_made(
    old: str, new: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "figures.toml"
    file.write_text(FILE.replace(old, new, 1))
    assert main([str(file), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_wrong_link_ends_the_command_with_two(tmp_path: Path):
    done = command("lanes=9&1.lr=-1", "--csv", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (2, "lanes=9: allowed is 1, 2, … 8.\n1.lr=-1: allowed is (0, ∞).\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([LINK], "nothing is asked for"),
        ([LINK, "--csv", "--step", "21"], "step = 21: allowed is at most 20"),
        ([LINK, "--csv", "--lane", "3"], "lane = 3: allowed is at most 2"),
        ([LINK, "--csv", "--width", "nan cm"], "--width = 'nan cm': allowed is"),
        (["nowhere.toml", "--csv"], "nowhere.toml: No such file"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_said(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "taken").write_text("")
    assert main([LINK, "--json", "--out", str(tmp_path / "taken")]) == 2
    assert "taken" in capsys.readouterr().err


def test_two_figures_of_one_name_are_refused_and_two_without_are_numbered(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([LINK, LINK, "--json", "--out", str(tmp_path)]) == 0
    assert len(contents(tmp_path)) == 2
    (tmp_path / "two.toml").write_text(f'kinds = ["json"]\n[a]\nlink = "{LINK}"\n[b]\nlink = "{LINK}"\nname = "a"\n')
    assert main([str(tmp_path / "two.toml"), "--out", str(tmp_path)]) == 2
    assert "name = 'a': another figure has this name." in capsys.readouterr().err


@pytest.mark.parametrize(("link", "kind"), [("explore?", "gif"), ("explore?", "html"), ("train?", "html"), ("train?", "code=numpy")])
def test_what_there_is_of_a_race_alone_is_refused_of_other_pages(link: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([link, f"--{kind}", "--out", str(tmp_path / "out")]) == 2
    assert f"there is csv, npz, svg, pdf, png, json{', code' if link == 'explore?' else ''}; " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_explore_pages_lane_is_there_as_code(tmp_path: Path):
    assert main(["explore?1.rule=adam", "--code", "numpy", "--out", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["map_bowl_adam_1_numpy.py"]


@pytest.mark.parametrize(("kind", "missing"), [("svg", "py_mini_racer"), ("pdf", "cairosvg"), ("png", "cairosvg"), ("gif", "cairosvg")])
def test_a_library_that_is_missing_is_named(
    kind: str, missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kinds, "find_spec", lambda name: None if name == missing else find_spec(name))
    assert main([LINK, f"--{kind}", "--csv", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert f"{kind}: this needs {kinds.CALLED[missing]}" in said
    assert "pip install -r requirements-export.txt" in said
    assert not (tmp_path / "out").exists()
    assert main([LINK, "--csv", "--html", "--code", "numpy", "--out", str(tmp_path / "out")]) == 0


def test_what_needs_no_more_libraries_loads_none_of_them():
    lines = "import sys, export.command; print([name for name in ('py_mini_racer', 'cairosvg', 'PIL', 'streamlit') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=True).stdout == "[]\n"
