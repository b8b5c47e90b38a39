"""The copied link: the step shown, whether it plays, and what stands beside it for others in the room."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno
from playwright.sync_api import Page, expect

import figures
from locales import translations
from serving.network import answers_others, is_local, own_address
from tests.conftest import NewPage, RaceAt, Serving, free_port
from tests.race_page import RacePage, eventually
from tests.test_browser_address import copied_link
from tests.test_serving import asked


def said(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query, keep_blank_values=True))


def test_a_link_keeps_the_step_shown_at_the_end_too(race_at: RaceAt, page: Page):
    race = race_at("at=37&lanes=1")
    assert {key: said(copied_link(race)).get(key) for key in ("at", "play")} == {"at": "37", "play": None}
    race.page.keyboard.press("End")
    link = copied_link(race)
    assert {key: said(link).get(key) for key in ("at", "play")} == {"at": "200", "play": None}
    again = RacePage(page, urlsplit(link).query)
    assert again.steps() == race.steps()
    assert not again.playing()
    assert not {"at", "play"} & again.query().keys()


def test_a_link_copied_while_it_plays_plays_on_from_there(race_at: RaceAt, page: Page):
    race = race_at("at=60&lanes=1&steps=1000&speed=0.25")
    race.play.click()
    eventually(race.step, lambda step: step > 60)
    link = copied_link(race)
    assert said(link)["play"] == "1"
    assert 60 < int(said(link)["at"]) <= race.step()
    again = RacePage(page, urlsplit(link).query)
    eventually(again.step, lambda step: step > int(said(link)["at"]))
    assert again.playing()
    assert not {"at", "play"} & again.query().keys()


@pytest.mark.parametrize(("link", "plays"), [("play=0", False), ("", True)])
def test_without_a_step_a_link_plays_unless_it_says_otherwise(page: Page, link: str, plays: bool):
    race = RacePage(page, f"lanes=1&steps=1000&{link}")
    if plays:
        eventually(race.step, lambda step: step > 0)
    assert race.playing() == plays
    assert plays or race.step() == 0
    assert "play" not in race.query()


def test_those_who_want_no_motion_see_the_step_of_a_link_that_plays(new_page: NewPage):
    page = new_page()
    page.emulate_media(reduced_motion="reduce")
    race = RacePage(page, "lanes=1&at=60&play=1", lanes=1)
    assert not race.playing()
    assert race.step() == 60


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_server_for_this_computer_alone_says_so(race_at: RaceAt, language: str):
    race = race_at(f"lanes=1&at=60&lang={language}")
    link = copied_link(race)
    share = race.page.locator(".dl-share")
    text = translations(language).gettext
    expect(share.locator("p")).to_have_text(
        text("This server answers this computer only. Started with --server.address=0.0.0.0 it answers the others in the room too.")
    )
    expect(share.locator(".dl-code")).to_have_count(0)
    shorter = eventually(share.locator("input").input_value, lambda text: said(text).get("at") == "60")  # until then it may be the last copied link's
    assert len(shorter) < len(link)
    assert race.query().items() <= said(shorter).items()


def test_the_room_gets_a_link_and_its_qr_code(new_page: NewPage, serving: Serving, tmp_path: Path):
    address = own_address()
    with serving(free_port(), tmp_path / "log", "--server.address=0.0.0.0") as server:
        page = new_page(at=server)
        race = RacePage(page, "lanes=1&at=60")
        share = page.locator(".dl-share")
        copied_link(race)
        expect(share).to_be_visible()
        if address is None:
            expect(share.locator("p")).to_contain_text("no address in a network")
            return
        link = share.locator("input").nth(1).input_value()
        assert urlsplit(link).hostname == address
        assert urlsplit(link).port == urlsplit(server).port
        assert said(link) == said(share.locator("input").first.input_value())
        share.locator("button", has_text="Copy").nth(1).click()
        eventually(lambda: page.evaluate("navigator.clipboard.readText()"), lambda text: text == link)
        picture = share.locator(".dl-code img")
        assert eventually(lambda: picture.evaluate("(image) => image.naturalWidth"))
        assert asked(server, urlsplit(picture.get_attribute("src") or "").path + "?" + urlsplit(picture.get_attribute("src") or "").query)[
            1
        ].decode() == (figures.code(link))
        before = race.query()
        page.locator(".dl-code").click()
        box = page.locator(".dl-wall img").bounding_box()
        assert box
        assert min(box["width"], box["height"]) > 0.9 * page.evaluate("innerHeight")
        page.keyboard.press("Escape")
        expect(page.locator(".dl-wall")).to_be_hidden()
        expect(share).to_be_visible()
        page.keyboard.press("Escape")
        expect(share).to_be_hidden()
        assert race.query() == before


def test_the_player_has_its_keys_and_a_click_closes_what_stands_by_the_link(race_at: RaceAt):
    race = race_at("lanes=1&at=60")
    copied_link(race)
    share = race.page.locator(".dl-share")
    expect(share).to_be_visible()
    race.page.keyboard.press("ArrowRight")
    eventually(race.step, lambda step: step == 61)
    race.page.locator(".dl-back").click()
    expect(share).to_be_hidden()
    eventually(race.step, lambda step: step == 60)


def test_a_code_is_the_link_and_no_longer_than_a_class_can_scan():
    for link in ("http://192.168.0.7:8501/?v=1&at=60", "http://192.168.0.7:8501/" + "x" * (figures.MOST - 24)):
        drawn = figures.code(link)
        assert drawn.startswith("<svg")
        assert int(segno.make(link, error="l", mode="byte", micro=False).version) <= 20
    with pytest.raises(ValueError, match="859 bytes"):
        figures.code("x" * (figures.MOST + 1))


def test_codes_are_of_links_alone_and_the_network_is_told_to_this_computer_alone(server: str):
    answer, body = asked(server, "/code?link=http://a.b/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert body.decode() == figures.code("http://a.b/")
    assert [asked(server, f"/code?link={link}")[0].status for link in ("", "javascript:1", "http://" + "x" * figures.MOST)] == [400] * 3
    assert asked(server, "/network")[1] == b'{"open":false,"address":null}'
    assert asked(server, "/network", Host="lab.example.edu")[0].status == 404


def test_which_addresses_are_this_computers_alone():
    alone = ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "::ffff:127.0.0.1", "a.localhost"]
    assert [is_local(host) for host in alone] == [True] * len(alone)
    others = ["192.168.0.7", "lab.example.edu", "0.0.0.0", "::", "fe80::1%eth0", ""]
    assert not any(is_local(host) for host in others)
    assert [answers_others(host) for host in (None, "", "0.0.0.0", "::", "192.168.0.7", "127.0.0.1", "localhost")] == [True] * 5 + [False] * 2
