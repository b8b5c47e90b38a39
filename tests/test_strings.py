"""Every sentence of the program is there in both languages, and what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core import parameters, texts
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from runs import Noisy

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locales/ko/LC_MESSAGES/descent.po"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What `make strings` would collect now."""
    template = tmp_path_factory.mktemp("strings") / "descent.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "--mapping-file", "pyproject.toml"]
    subprocess.run([*babel, "--output-file", template, "."], cwd=ROOT, check=True)
    with template.open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


@pytest.fixture(scope="module")
def korean():
    """The Korean catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ko", domain="descent", abort_invalid=True)


def placeholders(text: str | tuple[str, ...]) -> set[str]:
    """The names in braces; singular and plural together."""
    return {name for part in ([text] if isinstance(text, str) else text) for _, name, _, _ in Formatter().parse(part) if name is not None}


def test_every_string_is_collected_and_none_is_left_over(extracted, korean):
    written = {str(message.id) for message in korean if message.id}
    assert {"missing": extracted - written, "left over": written - extracted, "obsolete": set(korean.obsolete)} == {
        "missing": set(),
        "left over": set(),
        "obsolete": set(),
    }, "run `make strings`"


def test_every_marked_string_is_one_that_the_collector_sees(extracted):
    """Babel does not look into f-strings."""
    names = {"_", "N_"}
    folders = ("core", "locales", "landscapes", "optimizers", "runs", "links", "figures", "player", "export", "serving", "views")
    nodes = (node for folder in folders for path in (ROOT / folder).rglob("*.py") for node in ast.walk(ast.parse(path.read_text())))
    calls = (node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names)
    marked = {argument.value for call in calls for argument in call.args if isinstance(argument, ast.Constant)}
    assert marked - extracted == set()


@pytest.mark.parametrize("entry", [*LANDSCAPES.values(), *OPTIMIZERS.values(), *SCHEDULES.values(), Noisy], ids=lambda entry: entry.__name__)
def test_every_word_about_a_parameter_is_marked(entry: type, extracted: set[str]):
    said = [text for field in (*parameters(entry).values(), *texts(entry).values()) for text in (field.label, field.help)]
    assert [text for text in said if re.search("[A-Za-z]{2,}", text) and text not in extracted] == []


def test_every_string_is_translated(korean):
    assert [message.id for message in korean if message.id and (message.fuzzy or not message.string)] == []


def test_placeholders_survive_translation(korean):
    assert [message.id for message in korean if message.id and message.string and placeholders(message.id) != placeholders(message.string)] == []


def test_the_compiled_catalogue_is_the_written_one(korean, tmp_path):
    with (tmp_path / "descent.mo").open("wb") as file:
        write_mo(file, korean)
    fresh, kept = (messages(path) for path in (tmp_path / "descent.mo", CATALOGUE.with_suffix(".mo")))
    assert fresh == kept, "run `make strings`"


def messages(path: Path) -> dict[str, str]:
    """What a compiled catalogue says, without its header."""
    with path.open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    return {key: text for key, text in catalogue.items() if key}


ABANDONED = {  # what Korean once said here, and what it says now
    "극솟점|최솟점": "극소점, 최소점",
    "최솟값(까지|에서|에 머)|최솟값 [(]|(좁은|넓은) (최솟값|극소점)": "최소점 (the point; 최솟값 is the value), 뾰족한 or 평탄한",
    r"예열(?!\))": "웜업, 웜업(예열)",
    "일정(?!하|한|할|했)": "스케줄 (일정 is constant)",
    "(?<!지수 )이동 평균": "지수 이동 평균",
    "규칙": "기법",
    "조율": "자동 맞춤",
    "점선": "파선",
    "[일이]차 (최적화 )?기법": "1차, 2차 최적화 기법",
    "글이 아닙니다": "텍스트가 아닙니다",
    "그래프의 양": "그래프에 표시할 값",
    "빼기": "숨기기",
    "한 걸음 (뒤|앞)": "한 단계 뒤, 앞",
    r"[은을이과]\([는를가와]\)": "another order of words: a particle hangs on the value before it",
    "십시오": "하세요",
}


@pytest.mark.parametrize("words", ABANDONED)
def test_korean_does_not_go_back_to_words_that_were_given_up(korean, words: str):
    assert [message.string for message in korean if message.id and re.search(words, str(message.string))] == [], f"write {ABANDONED[words]}"
