"""What is saved and printed of lessons: the file that plays by itself, the teacher's sheet and the handout, as HTML and as PDF."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from export import kinds
from export.command import main
from export.lesson_page import file
from export.lesson_pdf import pdf
from export.lesson_sheet import KINDS, html, inside
from lessons import LESSONS
from lessons.base import Choice
from locales import LANGUAGES
from tests.conftest import NewPage
from tests.test_browser_access import faults
from tests.test_export_page import opened, script_in

NAME = "zigzag"
HOME = "http://lab.example.edu/"
STEPS = LESSONS[NAME].steps
PLACE, SLIDE, _CHOICE = STEPS[:3]
MOST = 1_000_000  # bytes of a lesson's file


def plain(text: str) -> str:
    """A text as HTML has it."""
    return text.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def happened(number: int, language: str) -> str:
    step = STEPS[number]
    return plain(step.happened.said(language, step.written))


def test_a_lessons_file_has_the_same_bytes_each_time_and_loads_nothing():
    made = file(NAME, "ko").decode()
    assert made == file(NAME, "ko").decode()
    assert len(made.encode()) < MOST
    assert script_in(made)
    assert re.findall(r"blob:|\beval\(|\bFunction\(|\bimport\(|@import|url\(|<link (?!rel=\"icon\" href=\"data:)|\bsrc=", made) == []
    assert made.count("Content-Security-Policy") == 1


def test_a_lessons_file_plays_from_a_disk_in_both_languages(browser: Browser, tmp_path: Path):
    path = tmp_path / "lesson.html"
    path.write_bytes(file(NAME, "en"))
    with opened(browser, path) as page:
        expect(page.locator(".dl-lesson-text h2")).to_have_text(STEPS[0].title.en)
        page.goto(f"{path.as_uri()}#{SLIDE.name}")
        page.reload()
        expect(page.locator(".dl-lesson-text h2")).to_have_text(SLIDE.title.en)  # the address names the step
        page.locator(".dl-language").select_option("ko")
        expect(page.locator(".dl-lesson-text h2")).to_have_text(SLIDE.title.ko)
        page.locator(".dl-language").select_option("en")
        page.keyboard.press("PageUp")
        expect(page.locator(".dl-lesson-text h2")).to_have_text(PLACE.title.en)
        assert page.url.endswith(f"#{PLACE.name}")
        page.locator(".dl-lesson-run").click()
        page.keyboard.press("End")
        expect(page.locator(".dl-lesson-after")).to_contain_text(PLACE.happened.said("en", PLACE.written)[:40])
        expect(page.locator(".dl-lesson-account")).to_be_visible()  # what is said of the run stands in the file
        expect(page.locator(".dl-lesson-file")).to_have_text("In a file nothing is worked out anew: the sliders are in the program.")
        expect(page.locator(".dl-lesson-open")).to_have_count(0)


def test_a_lessons_file_leads_to_the_program_where_it_knows_it(browser: Browser, tmp_path: Path):
    path = tmp_path / "lesson.html"
    path.write_bytes(file(NAME, "en", HOME))
    with opened(browser, path) as page:
        page.locator(".dl-lesson-run").click()
        page.keyboard.press("End")
        link = page.locator(".dl-lesson-open").get_attribute("href") or ""
        assert link.startswith(f"{HOME}?")
        assert "surface=bowl" in link


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_has_every_answer_and_a_handout_none(language: str):
    sheet, handout = (html([NAME], language, kind, HOME, None) for kind in KINDS)
    for number, step in enumerate(STEPS):
        for made in (sheet, handout):
            assert f'id="{NAME}-{step.name}"' in made
            assert step.question is None or plain(step.question.text.said(language, step.written)) in made
        assert happened(number, language) in sheet
        assert happened(number, language) not in handout
        if step.say.en:
            said = plain(step.say.said(language, step.written).split("\n\n")[0])
            assert said in sheet
            assert said not in handout
        if isinstance(step.question, Choice):
            assert all(plain(option.text.said(language, step.written)) in handout for option in step.question.options)
    assert LESSONS[NAME].reference in handout
    assert HOME in handout  # beside its code


def test_a_rule_has_its_name_in_the_sheets_language():
    assert "경사 하강법: (" in html([NAME], "ko", "sheet", "", None)


def test_a_sheet_of_several_lessons_says_when_each_begins():
    names = list(LESSONS)[:2]
    made = html(names, "en", "sheet", "", None)
    minutes = LESSONS[names[0]].minutes
    assert f"<td>0:{minutes:02}</td>" in made
    assert all(f'<article id="{name}"' in made for name in names)


def streams(content: bytes) -> Iterator[bytes]:
    """What a PDF has in its compressed parts."""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        with suppress(zlib.error):
            yield zlib.decompress(stream)


def letters(content: bytes) -> str:
    """The letters for which a PDF has shapes, of its fonts' tables."""
    tables = [stream for stream in streams(content) if b"begincmap" in stream]
    return "".join(chr(int(code, 16)) for text in tables for code in re.findall(rb"<[0-9a-f]+> <([0-9a-f]{4})>", text))


def test_a_pdf_has_its_korean_letters_in_it_and_the_same_bytes_each_time():
    made = html([NAME], "ko", "handout", HOME, inside("ko", "handout"))
    assert made.count("data:image/svg+xml") == len(STEPS)
    content = pdf(made)
    assert content.startswith(b"%PDF-1.")
    assert set(LESSONS[NAME].title.ko) - {" "} <= set(letters(content))
    assert any(b"/FontFile" in stream for stream in streams(content))
    assert content == pdf(made)


def test_the_command_makes_a_lessons_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    asked = ["--html", "--sheet", "--handout"]
    for folder in ("one", "other"):
        assert main([f"lessons?lesson={NAME}", *asked, "--out", str(tmp_path / folder)]) == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert sorted(made) == [f"{NAME}.handout.html", f"{NAME}.html", f"{NAME}.sheet.html"]
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert main(["lessons?lesson=zgzag", "--html", "--out", str(tmp_path / "none")]) == 2
    assert f"lesson=zgzag: allowed is {next(iter(LESSONS))}" in capsys.readouterr().err
    assert main(["lessons", "--html", "--out", str(tmp_path / "none")]) == 2
    assert "lesson= names it" in capsys.readouterr().err
    assert main([f"lessons?lesson={NAME}", "--csv", "--out", str(tmp_path / "none")]) == 2
    assert "of the page lessons there is html, sheet, handout" in capsys.readouterr().err
    assert main(["surface=bowl", "--sheet", "--out", str(tmp_path / "none")]) == 2
    assert "sheet is there of lessons." in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_the_command_says_what_a_pdf_of_a_sheet_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kinds, "find_spec", lambda name: None if name == "weasyprint" else True)
    assert main([f"lessons?lesson={NAME}", "--sheet-pdf", "--out", str(tmp_path / "none")]) == 2
    assert "this needs weasyprint; pip install -r requirements-export.txt" in capsys.readouterr().err


def test_the_server_gives_the_file_the_sheet_its_pictures_and_its_pdf(server: str):
    with urlopen(f"{server}/lessons/file?lesson={NAME}&lang=en") as answer:
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}.html"'
        assert b"Content-Security-Policy" in answer.read()
    with urlopen(f"{server}/lessons/picture?lesson={NAME}&number=0&kind=sheet&lang=ko") as answer:
        assert answer.headers.get_content_type() == "image/svg+xml"
    name, number = next((name, k) for name, it in LESSONS.items() for k, step in enumerate(it.steps) if step.scene.startswith("explore"))
    with pytest.raises(HTTPError) as missing:
        urlopen(f"{server}/lessons/picture?lesson={name}&number={number}&kind=sheet&lang=en")
    assert (missing.value.code, missing.value.read()) == (404, b"There is no such picture.")
    with urlopen(f"{server}/lessons/handout?lesson={NAME}&lang=ko&form=pdf") as answer:
        assert answer.read(5) == b"%PDF-"
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server}/lessons/sheet?lesson=zgzag&lang=en")
    assert refused.value.code == 404
    assert refused.value.read().decode().startswith("lesson=zgzag: allowed is ")


def test_the_sheet_in_another_window_follows_the_lesson_and_turns_its_steps(new_page: NewPage):
    page = new_page()
    page.goto(f"/lessons?lesson={NAME}&lang=en")
    expect(page.locator(".dl-lesson-text h2")).to_have_text(STEPS[0].title.en)
    page.get_by_text("Print, save").click()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Teacher's sheet").click()
    sheet = opening.value
    shown = sheet.locator("section[aria-current=step]")
    expect(shown).to_have_id(f"{NAME}-{STEPS[0].name}")
    page.keyboard.press("PageDown")
    expect(shown).to_have_id(f"{NAME}-{STEPS[1].name}")
    expect(shown).to_be_in_viewport()
    sheet.get_by_role("button", name="Next").click()
    expect(page.locator(".dl-lesson-text h2")).to_have_text(STEPS[2].title.en)
    expect(shown).to_have_id(f"{NAME}-{STEPS[2].name}")
    sheet.keyboard.press("PageUp")
    expect(page.locator(".dl-lesson-text h2")).to_have_text(STEPS[1].title.en)
    assert faults(sheet, "html") == []
    sheet.close()
