"""Layers run one way, and the core needs NumPy alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.matrices import MATRIX_RULES
from optimizers.schedules import SCHEDULES
from problems import PROBLEMS
from tests.over_files import each_of

ROOT = Path(__file__).parent.parent
LAYERS = [
    "core",
    "landscapes",
    "optimizers",
    "problems",
    "runs",
    "locales",
    "links",
    "lessons",
    "rooms",
    "figures",
    "player",
    "export",
    "serving",
    "views",
    "app",
]
OUTSIDE: dict[str, set[str]] = {
    "plotly": set(),
    "streamlit": {"serving", "views", "app"},
    "prometheus_client": {"serving"},
    "py_mini_racer": {"export"},
    "cairosvg": {"export"},
    "weasyprint": {"export"},
}
FILES = sorted(path for layer in LAYERS for path in [*(ROOT / layer).rglob("*.py"), ROOT / f"{layer}.py"] if path.exists())

over_files = each_of(FILES, ROOT)


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The packages that a file imports anywhere in it, inside functions too; its own for a relative import."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0] if not node.level else layer_of(path))
    return names


def test_the_core_layers_have_files():
    assert {layer_of(path) for path in FILES} >= {"core", "landscapes", "optimizers", "runs"}


@over_files
def test_a_file_imports_its_own_layer_and_those_before_it(path: Path):
    later = LAYERS[LAYERS.index(layer_of(path)) + 1 :]
    assert imported(path).isdisjoint(later)


@over_files
def test_streamlit_stays_in_its_layers_and_plotly_in_the_browser(path: Path):
    assert {name for name in imported(path) & set(OUTSIDE) if layer_of(path) not in OUTSIDE[name]} == set()


@over_files
def test_nothing_in_the_program_imports_its_tests_or_benchmarks(path: Path):
    assert imported(path).isdisjoint({"tests", "benchmarks", "pytest"})


RUNS_TEXT = {"eval", "exec", "compile", "__import__", "import_module", "exec_module", "spec_from_file_location", "run_path", "SourceFileLoader"}


def test_generated_source_is_run_in_one_file_only():
    """By the name of what would run a text. The catalogue imports the files of its own folder; V8 runs the player's modules."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = {node.func.id} if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else set()
            of_a_module = {node.attr} - {"compile"} if isinstance(node, ast.Attribute) else set()  # re.compile
            imports = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if (called | of_a_module | imports) & RUNS_TEXT:
                found.add(str(path.relative_to(ROOT)))
    assert found == {"core/catalogue.py", "runs/compiled/cache.py", "export/drawn.py"}


@over_files
def test_numba_is_imported_by_what_compiles_and_no_other(path: Path):
    assert "numba" not in imported(path) or path.relative_to(ROOT).parts[:2] == ("runs", "compiled")


@over_files
def test_dask_is_imported_by_what_connects_and_no_other(path: Path):
    assert "distributed" not in imported(path) or path.relative_to(ROOT).as_posix() == "runs/cluster.py"


def loaded(script: str) -> set[str]:
    """The packages that are loaded for these lines, without Python's own."""
    around = f"import sys\nbefore = set(sys.modules)\n{script}\nprint(*{{name.split('.')[0] for name in set(sys.modules) - before}})"
    result = subprocess.run([sys.executable, "-c", around], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(result.stdout.split()) - sys.stdlib_module_names


def test_the_core_loads_numpy_and_nothing_else():
    script = 'import landscapes, optimizers, optimizers.schedules, runs\nlandscapes.LANDSCAPES["custom"]("x^2 + sin(y)").stationary()'
    assert loaded(script) == {"numpy", "core", "landscapes", "optimizers", "problems", "runs"}


def test_a_link_is_read_and_its_race_made_with_numpy_alone():
    script = """
from links.catalogue import CATALOGUE
from links.entries import race_of
from links.race import RACE
CATALOGUE.read_link("section=rules", "en")
race_of(RACE.read_link("surface=custom&lanes=2&zoom=3", "en")[0])"""
    assert loaded(script) == {"numpy", "core", "locales", "landscapes", "optimizers", "problems", "runs", "links"}


def test_what_the_browser_is_sent_is_made_without_streamlit():
    script = """
from links.display import display_of
from links.entries import race_of
from links.race import RACE
from player import messages
flat = RACE.read_link("lang=ko&lanes=2&inspect=1", "en")[0]
race, display = race_of(flat), display_of(flat)
messages.settings(display), messages.surface(race, display), messages.lane(race, 1, display), messages.curves(race, display)
messages.transport(race, display), messages.overlay(), messages.inspector(1)"""
    assert loaded(script).isdisjoint({"streamlit", "export", "views", "serving"})


@over_files
def test_a_file_that_translates_calls_nothing_else_by_that_name(path: Path):
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    translates = any(alias.name == "_" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names)
    stored = [node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)]
    assert not translates or stored == []


def test_class_names_are_unique_over_all_catalogues():
    names = Counter(cls.__name__ for table in (LANDSCAPES, OPTIMIZERS, MATRIX_RULES, SCHEDULES, PROBLEMS) for cls in table.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_a_catalogue_is_its_folder():
    tables = {"optimizers": OPTIMIZERS, "optimizers/matrices": MATRIX_RULES, "optimizers/schedules": SCHEDULES, "problems/losses": PROBLEMS}
    for folder, table in [("landscapes", LANDSCAPES), *tables.items()]:
        assert set(table) == {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__", "base"}
