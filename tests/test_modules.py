"""The browser side's modules: their layers, and what none of them does."""

from __future__ import annotations

import json
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path
from typing import get_args

import pytest

from export.drawn import ENTRY
from export.lesson_index import ENTRY as INDEX
from export.lesson_page import ENTRY as LESSON
from export.lesson_page import SERVED
from export.lesson_sheet import ENTRY as PAPER
from export.page import HOSTS
from export.sheets import ENTRY as SHEET
from figures import LOOKS
from links import data, explore, train
from links.race import PARTS
from player import BROWSER, HTML
from player.assets import VENDOR
from player.opening import ENTRY as OPENING
from runs.stretch import Ending
from tests.conftest import ROOT
from tests.over_files import each_of
from tests.race_page import flat_of

LAYERS = ["base", "stage", "drawing", "charts", "export", "parts", "hosts"]  # each may import from its own folder and from those before it
MODULES = sorted(BROWSER.rglob("*.js"))
LINE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["line-length"]
STYLES = sorted(BROWSER.rglob("*.css"))
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def name_of(module: Path) -> str:
    return module.relative_to(BROWSER).as_posix()


def layer_of(module: Path) -> str:
    return module.relative_to(BROWSER).parts[0]


def path_of(module: Path, name: str) -> Path:
    """Where a module finds what it imports: in the folders beside its own, or, where these are served side by side, among what others wrote."""
    path = (module.parent / name).resolve()
    return path if path.is_relative_to(BROWSER) else VENDOR / path.relative_to(BROWSER.parent)


def imported(module: Path) -> set[Path]:
    return {path for name in IMPORT.findall(module.read_text("utf-8")) if (path := path_of(module, name)).is_relative_to(BROWSER)}


def exported(module: Path) -> set[str]:
    """What a module gives a name to and exports: functions, classes, constants, and each part of a list."""
    text = module.read_text("utf-8")
    single = re.findall(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", text, re.MULTILINE)
    several = re.findall(r"^export (?:const|let) [\[{]([^\]}]*)[\]}] =", text, re.MULTILINE) + re.findall(
        r"\bexport ?\{([^}]*)\}", text, re.MULTILINE
    )
    return {*single, *(name.split(" as ")[-1].strip() for names in several for name in names.split(","))}


USERS = {other for module in MODULES for other in imported(module)}  # what some module imports
over_modules = each_of(MODULES, BROWSER)


@over_modules
def test_a_module_imports_only_modules_that_exist(module: Path):
    names = IMPORT.findall(module.read_text("utf-8"))
    assert [name for name in names if not name.startswith(("./", "../")) or not path_of(module, name).is_file()] == []


@over_modules
def test_a_module_imports_only_names_that_are_exported(module: Path):
    asked = [
        (path_of(module, path), name.split(" as ")[0].strip())
        for names, path in re.findall(r"""import\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']""", module.read_text("utf-8"))
        for name in names.split(",")
        if name.strip()
    ]
    assert [(path.name, name) for path, name in asked if name not in exported(path)] == []


@over_modules
def test_a_module_imports_its_own_folder_and_those_before_it(module: Path):
    own = LAYERS.index(layer_of(module))
    later = [other for other in imported(module) if LAYERS.index(layer_of(other)) > own]
    assert later == []


def test_no_module_imports_itself_by_way_of_others():
    TopologicalSorter({module: imported(module) for module in MODULES}).prepare()  # a CycleError names the circle


def test_every_module_lies_in_a_layer():
    assert {layer_of(module) for module in MODULES} == set(LAYERS)


@over_modules
def test_every_module_is_used(module: Path):
    """By another one, as the host's part of a component, whose stub names it, or as the first of a page that plays alone, or of none."""
    stubs = {BROWSER / "hosts" / "streamlit" / f"{name}.js" for name in HTML}
    assert module in USERS | stubs | {
        BROWSER / host.removeprefix("player/") for host in [*HOSTS.values(), ENTRY, INDEX, LESSON, OPENING, PAPER, SERVED, SHEET]
    }


@each_of([*MODULES, *STYLES], BROWSER)
def test_a_line_is_no_longer_than_in_python(file: Path):
    assert [line for line in file.read_text("utf-8").splitlines() if len(line) > LINE] == []


def test_prettier_breaks_lines_where_ruff_does():
    assert json.loads((ROOT / "package.json").read_text("utf-8"))["prettier"]["printWidth"] == LINE


def test_imports_are_found_in_every_form():
    text = """import { a } from "./a.js";\nimport "./b.js";\nawait import('./c.js');\nexport * from "./d.js";"""
    assert IMPORT.findall(text) == ["./a.js", "./b.js", "./c.js", "./d.js"]


@over_modules
def test_a_module_makes_no_code_out_of_text_and_names_no_other_host(module: Path):
    text = module.read_text("utf-8")  # what the W3C calls its languages is no host
    assert re.findall(r"\beval\s*\(|\bFunction\s*\(|https?://(?!www\.w3\.org/)|[\"'`]//|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]", text) == []


@over_modules
def test_a_module_puts_no_text_into_the_page_as_markup(module: Path):
    assert re.findall(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b", module.read_text("utf-8")) == []


@each_of(STYLES, BROWSER)
def test_a_style_sheet_names_no_address(sheet: Path):
    assert re.findall(r"@import|url\(|https?:", sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", [*STYLES, ROOT / "views" / "styles.py"], ids=lambda path: path.name)
def test_a_style_asks_only_for_what_holds_a_certain_part(sheet: Path):
    """Anything else in :has(), such as :not(), [class*=…] or :focus-visible alone, styles the whole page anew for each label that Plotly measures."""
    inner = re.findall(r":has\(([^()]*\(?)", sheet.read_text("utf-8"))
    assert [asked for asked in inner if not re.fullmatch(r"(> )?(\.[\w-]+|[a-z]+(:[a-z-]+)?)", asked)] == []


@pytest.mark.parametrize(("data", "owner"), [("stage", "stage/store.js"), ("clock", "stage/clock.js"), ("mode", "stage/mode.js")])
def test_only_its_own_module_changes_what_all_modules_read(data: str, owner: str):
    """By functions that tell who listens."""
    assigned = rf"\b{data}\.[\w.]+\s*(?:[-+*/|&?]{{0,2}}=(?![=>])|\+\+|--)"
    changed = rf"{assigned}|\b{data}\.\w+\.(?:set|delete|clear|push)\(|Object\.assign\({data}\b"
    assert {name_of(module) for module in MODULES if re.search(changed, module.read_text("utf-8"))} <= {owner}


def named(pattern: str) -> set[str]:
    """What this pattern finds in modules and style sheets."""
    return {found for file in [*MODULES, *STYLES] for found in re.findall(pattern, file.read_text("utf-8"))}


def test_the_parts_that_can_be_left_out_have_one_name_in_python_and_in_the_browser():
    assert named(r'\bhides\("(\w+)"\)') | named(r'\[data-hide~="(\w+)"\]') <= {*PARTS, *explore.PARTS, *train.PARTS, *data.PARTS}


def test_what_is_said_of_a_run_has_one_name_in_python_and_in_the_style_sheets():
    assert named(r'\[data-kind="([\w ,]+)"\]') <= set(get_args(Ending))


def test_the_settings_that_modules_look_at_are_in_every_link():
    looked_at = named(r"\bstage\.link\.(\w+)") | set(*(names.split(", ") for names in named(r"\{ ([\w, ]+) \} = stage\.link;")))
    assert {"view", "field", "seed"} <= looked_at <= set(flat_of({})) | set(data.DATA.read({}, "en")[0])


def test_a_window_is_narrow_from_one_width_on():
    """Style sheets cannot be told it."""
    (narrow,) = named(r"\bNARROW = (\d+);")
    assert named(r"\(max-width: (\d+)px\)") == {narrow}
    page = (ROOT / "views" / "styles.py").read_text("utf-8")
    assert f"(max-width: {narrow}px)" in page
    assert f"(min-width: {int(narrow) + 1}px)" in page


def test_the_sentence_about_a_crowded_link_has_the_number_that_is_looked_for():
    (most,) = named(r"\bMOST_SETTINGS = (\d+);")
    assert f"it has more than {most} settings." in (ROOT / "locales" / "ko" / "LC_MESSAGES" / "descent.po").read_text("utf-8")


def test_what_is_private_of_streamlit_and_of_plotly_is_named_in_one_file_a_side():
    own = {"base/plotly.js", "hosts/streamlit/page.js", "style/plotly.css", "style/streamlit.css"}
    own |= {"hosts/document/streamlit.js", "hosts/document/streamlit.css"}  # which stand in the document
    private = re.compile(r"\b_full\w+|\b_scene\b|\bglplot\b|nsewdrag|js-plotly|\bst-key-|\.st[A-Z]\w+|data-testid|data-test-")
    assert {name_of(file) for file in [*MODULES, *STYLES] if private.search(file.read_text("utf-8"))} == own


def test_every_lanes_marker_has_its_shape():
    shapes = re.search(r"const SHAPES = \{(.*?)\n\};", (BROWSER / "base" / "marker.js").read_text("utf-8"), re.DOTALL)
    assert shapes
    assert {look.marker for look in LOOKS} - set(re.findall(r"(\w+):", shapes[1])) == {"circle"}
