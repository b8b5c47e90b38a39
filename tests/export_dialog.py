"""The Export dialog as a person opens and closes it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.race_page import eventually, idle


def open_export(page: Page, tab: str) -> Locator:
    """The dialog's tab of this name in the program ("picture", "page", …), opened by E once the page is drawn: before, nothing hears the key."""
    idle(page)
    dialog = page.locator(".dl-export-dialog[open]")

    def pressed() -> int:
        page.keyboard.press("e")
        return dialog.count()

    eventually(pressed)
    page.locator(f"#dl-export-{tab}-tab").click()
    return page.locator(f"#dl-export-{tab}")


def close_export(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(".dl-export-dialog")).to_be_hidden()
