"""The Export dialog's page that plays by itself: what is chosen is in the file, the preview plays, and the lines for a frame show it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import RaceAt
from tests.export_dialog import close_export, open_export
from tests.race_page import go
from tests.test_export_page import told_in


def opened(page: Page) -> Page:
    """The dialog at its page, once that is made."""
    open_export(page, "page")
    return page


def test_what_is_chosen_is_in_the_file(race_at: RaceAt, tmp_path: Path):
    page = opened(race_at("at=60&lanes=2&steps=60&hide=noise", lanes=2).page)
    own = page.locator(".dl-export-page")
    save = own.locator(".dl-export-save")
    expect(save).to_be_enabled()
    expect(own.locator("iframe").content_frame.locator(".dl-lane .dl-levels")).to_have_count(2)
    before = page.evaluate("location.search")
    own.get_by_label("Title").fill("Two rules & a valley")
    own.get_by_label("View").select_option("3d")
    own.get_by_label("The curves").check()
    expect(own.locator("iframe").content_frame.locator("h1")).to_have_text("Two rules & a valley")
    expect(own.locator("iframe").content_frame.locator(".dl-scene")).to_have_count(2)
    expect(save).to_be_enabled()
    expect(own.locator(".dl-export-size")).to_contain_text("kB: one file")
    with page.expect_download() as download:
        save.click()
    download.value.save_as(tmp_path / "page.html")
    told = told_in((tmp_path / "page.html").read_text("utf-8"))["languages"][0]
    assert (told["title"], told["settings"]["view"]) == ("Two rules & a valley", "3d")
    assert (told["transport"]["mode"]["hide"], told["transport"]["play"], told["transport"]["at"]) == (["noise", "curves"], 1, 0)
    assert page.evaluate("location.search") == before  # the dialog changes nothing of the page
    close_export(page)


def test_the_lines_for_a_frame_name_the_file_or_this_page(race_at: RaceAt):
    page = opened(race_at("at=60&lanes=1&steps=60", lanes=1).page)
    own = page.locator(".dl-export-page")
    expect(own.locator(".dl-export-save")).to_be_enabled()
    own.locator("summary").click()
    own.get_by_label("Width").fill("800")
    own.get_by_label("Width").press("Tab")
    lines = own.locator("textarea")
    end = 'title="Descent Lab" style="border: 0" allowfullscreen></iframe>'
    expect(lines).to_have_value(f'<iframe src="two_wells_gradient_descent.html" width="800" height="600" {end}')
    own.get_by_label("What is in the frame").select_option("live")
    address = page.evaluate("location.href").replace("&", "&amp;")
    expect(lines).to_have_value(f'<iframe src="{address}" width="800" height="600" {end}')
    own.get_by_label("Width").fill("960")
    own.get_by_label("Width").press("Tab")
    close_export(page)


def test_a_page_without_a_race_says_that_it_has_none(race_at: RaceAt):
    page = race_at("lanes=1&at=0", lanes=1).page
    go(page, "/explore")
    expect(page.locator(".dl-sweep .dl-summary")).not_to_be_empty()
    opened(page)
    own = page.locator(".dl-export-page")
    expect(own.locator(".dl-export-size")).to_contain_text("Only a race plays without a server")
    expect(own.locator(".dl-export-save")).to_be_hidden()
    close_export(page)
