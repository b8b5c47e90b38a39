"""The Export dialog's numbers: what is in a table, its size, and that the lines of Python beside it read what was saved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from export.table import read_csv
from tests.conftest import RaceAt
from tests.export_dialog import close_export, open_export

LENGTHS = {"csv": "len(data)", "npz": "len(data['lane'])", "json": "settings['steps'] + 1"}


def opened(race_at: RaceAt) -> Page:
    """The dialog at its numbers, once they have come."""
    page = race_at("at=60&lanes=1&steps=60", lanes=1).page
    open_export(page, "data")
    expect(page.locator(".dl-export-data .dl-export-save")).to_be_enabled()
    return page


@pytest.mark.parametrize("kind", LENGTHS)
def test_python_reads_what_is_saved_by_the_lines_that_stand_there(race_at: RaceAt, kind: str, tmp_path: Path):
    page = opened(race_at)
    page.locator("#dl-export-data").get_by_label("Format").select_option(kind)
    python = page.locator(".dl-export-python")
    expect(python).to_contain_text(f".{kind}")
    expect(page.locator(".dl-export-data .dl-export-save")).to_be_enabled()
    size = page.locator(".dl-export-data .dl-export-size").inner_text()
    with page.expect_download() as download:
        page.locator(".dl-export-data .dl-export-save").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    lines = f"{python.inner_text()}\nprint({LENGTHS[kind]})"
    assert subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=True).stdout == "61\n"
    kilobytes = (tmp_path / download.value.suggested_filename).stat().st_size / 1000
    assert float(size.split()[0]) == pytest.approx(kilobytes, rel=0.005)
    if kind == "csv":
        table = read_csv((tmp_path / download.value.suggested_filename).read_text("utf-8"))
        assert page.locator(".dl-export-columns dt").all_inner_texts() == list(table.columns)
        assert table.link.startswith("http")
        assert "at=60" in table.link
    close_export(page)
