"""The Export dialog's texts: a lane as code, and how a text is copied where there is no clipboard."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import RaceAt
from tests.export_dialog import close_export, open_export


@contextmanager
def without_clipboard(page: Page) -> Iterator[None]:
    """As a page is over plain http; `window.copied` is what the old way has copied."""
    page.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
        addEventListener("copy", () => { window.copied = document.activeElement.value }, { once: true });
    }""")
    try:
        yield
    finally:
        page.evaluate("delete navigator.clipboard")


def opened(page: Page, tab: str) -> None:
    """Open the dialog at a tab, and wait for its text."""
    text = open_export(page, tab).locator("pre")
    expect(text).not_to_be_empty()
    share = text.evaluate("text => text.clientWidth / text.closest('dialog').clientWidth")
    assert share > 0.85  # it has the room that there is


def test_a_lane_is_shown_as_code_which_is_copied_and_saved(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    opened(page, "code")
    shown = page.locator("#dl-export-code pre")
    page.locator("#dl-export-code").get_by_label("Lane").select_option("2")
    expect(shown).to_contain_text("Momentum on Two wells")
    page.locator("#dl-export-code").get_by_label("Library").select_option("torch")
    expect(shown).to_contain_text("torch.optim.SGD([p]")
    with page.expect_download() as download:
        page.locator("#dl-export-code").get_by_role("button", name="Save").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "two_wells_momentum_torch.py"
    ast.parse(text)
    with without_clipboard(page):
        page.locator("#dl-export-code").get_by_role("button", name="Copy").click()
        expect(page.locator(".dl-export-said")).to_have_text("Copied.")
        assert page.evaluate("window.copied") == text
    close_export(page)
    opened(page, "code")
    expect(page.locator("#dl-export-code").get_by_label("Library")).to_have_value("torch")
    close_export(page)


def test_words_are_shown_in_the_form_and_the_language_chosen(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    opened(page, "words")
    shown = page.locator("#dl-export-words pre")
    page.locator("#dl-export-words").get_by_label("Form").select_option("latex")
    expect(shown).to_contain_text("\\begin{figure}")
    expect(shown).to_contain_text("shown at step 60")
    page.locator("#dl-export-words").get_by_label("Language").select_option("ko")
    expect(shown).to_contain_text("레인 2")
    page.locator("#dl-export-words").get_by_label("Form").select_option("bibtex")
    expect(shown).to_contain_text("@article{polyak1964methods,")
    close_export(page)


def test_links_are_copied_without_a_clipboard_and_shown_on_the_wall(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    open_export(page, "link")
    short = page.locator("#dl-export-link").get_by_label("Short")
    expect(short).to_have_value(re.compile(r"/\?v=1&lanes=2&at=60$"))
    with without_clipboard(page):
        page.locator("#dl-export-link").get_by_role("button", name="Copy").first.click()
        expect(page.locator(".dl-export-said")).to_have_text("Copied.")
        assert page.evaluate("window.copied") == short.input_value()
    code = page.locator("#dl-export-link .dl-export-qr")
    if code.count():  # a computer without a network has no address for others
        code.click()
        expect(page.locator(".dl-export-dialog .dl-wall")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-export-dialog .dl-wall")).to_have_count(0)
        expect(page.locator(".dl-export-dialog")).to_be_visible()
    close_export(page)
