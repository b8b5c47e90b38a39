"""The player's modules as one script do what they do as modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

from player import BROWSER
from player.assets import VENDOR
from player.bundle import bundle, rewritten
from tests.over_files import each_of

MODULES = sorted(path for path in BROWSER.rglob("*.js") if path.relative_to(BROWSER).parts[:2] != ("hosts", "streamlit"))
WHOLE = [path for path in MODULES if " import(" not in path.read_text("utf-8")]  # what fetches a module when it is wanted needs a server


def told(files: dict[str, str], entry: str = "a/main.js") -> object:
    """What the entry exports as `answer`."""
    context = MiniRacer()
    context.eval(bundle(entry, "made", {name: text.encode() for name, text in files.items()}))
    return context.eval("made.answer")


@each_of(WHOLE, BROWSER)
def test_every_module_that_needs_no_server_can_be_part_of_one_script(module: Path):
    name = f"player/{module.relative_to(BROWSER).as_posix()}"
    numbers = {f"player/{path.relative_to(BROWSER).as_posix()}": "m" for path in MODULES}
    numbers |= {path.relative_to(VENDOR).as_posix(): "m" for path in VENDOR.rglob("*.js")}
    assert not re.search(r"^(import|export)\b|import\.meta", rewritten(name, files(), numbers), re.MULTILINE)


@each_of(MODULES, BROWSER)
def test_no_text_goes_over_the_end_of_a_line(module: Path):
    assert [line for line in module.read_text("utf-8").splitlines() if line.count("`") % 2] == []  # what is left out of lines would be missing in it


def files() -> dict[str, bytes]:
    return {f"player/{path.relative_to(BROWSER).as_posix()}": path.read_bytes() for path in MODULES}


def test_names_are_those_of_the_modules_that_export_them():
    assert (
        told(
            {
                "a/main.js": 'import { f, g as other,\n h } from "../b/x.js";\nimport "./side.js";\nexport const answer = `${f()} ${other} ${h}`;',
                "a/side.js": 'import { f } from "../b/x.js";\nf();',
                "b/x.js": "let count = 0;\nexport function f() {\n  return (count += 1);\n}\nexport const [g, h] = [10, 20];",
            }
        )
        == "2 10 20"  # x.js has run once, and side.js before main.js
    )


def test_two_modules_may_have_a_name_of_their_own_that_is_the_same():
    files = {
        "a/main.js": 'import { x } from "./x.js";\nconst own = 1;\nexport const answer = own + x;',
        "a/x.js": "const own = 2;\nexport const x = own;",
    }
    assert told(files) == 3


def test_a_list_of_exports_is_read_as_others_build_it():
    assert told({"a/main.js": 'import { big } from "./x.js";\nexport const answer = big;', "a/x.js": "var e=7;export{e as big};\n"}) == 7


def test_a_script_does_not_end_the_element_that_it_stands_in():
    files = {"a/main.js": 'export const answer = "</script><!--" + /<\\/SCRIPT/i.source;'}
    assert "</script" not in bundle("a/main.js", files={name: text.encode() for name, text in files.items()}).lower()
    assert told(files) == "</script><!--<\\/SCRIPT"


@pytest.mark.parametrize("line", ["export let x = 1;", "export default 1;", 'const x = import("./x.js");', 'import * as x from "./x.js";'])
def test_what_cannot_be_part_of_one_script_is_refused_with_its_name(line: str):
    with pytest.raises(ValueError, match=r"a/main\.js: .* cannot be part"):
        bundle("a/main.js", files={"a/main.js": line.encode()})
