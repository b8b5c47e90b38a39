"""The route of the Export dialog's texts: what it answers for links of every page, and for those that are no good."""

from __future__ import annotations

import pytest

from views.export.texts import KINDS, MOST, made

RACE = "https://lab.example/?surface=rosenbrock&lanes=2&2.rule=adam&at=20"


def test_a_lane_comes_as_code_with_what_can_be_chosen():
    text, status = made(KINDS["code"], {"link": RACE, "lane": "2", "library": "optax"})
    assert status == 200
    assert "optax.adam(" in text["text"]
    assert text["file"] == "rosenbrock_adam_optax.py"
    assert text["menus"]["lane"] == ["2", [("1", "1 · Gradient descent"), ("2", "2 · Adam")]]
    assert text["menus"]["library"][0] == "optax"


@pytest.mark.parametrize("chosen", [{}, {"lane": "3", "library": "cobol"}, {"lane": "-1"}, {"lane": "x"}])
def test_what_cannot_be_chosen_is_the_first(chosen: dict[str, str]):
    text, status = made(KINDS["code"], {"link": RACE, **chosen})
    assert status == 200
    assert [menu[0] for menu in text["menus"].values()] == ["1", "numpy"]


@pytest.mark.parametrize("page", ["", "data", "explore", "train"])
@pytest.mark.parametrize("form", ["text", "latex", "markdown", "quarto", "bibtex"])
def test_every_page_has_words(page: str, form: str):
    text, status = made(KINDS["words"], {"link": f"https://lab.example/{page}?lang=ko", "form": form})
    assert status == 200
    assert text["menus"]["language"][0] == "ko"
    assert len(text["text"]) > 100


def test_words_come_in_the_other_language_too():
    for language, word in (("en", "Lane 2: Adam"), ("ko", "레인 2: Adam")):
        assert word in made(KINDS["words"], {"link": RACE, "language": language})[0]["text"]


@pytest.mark.parametrize(("language", "sentence"), [("en", "training of a network has no program"), ("ko", "신경망 학습은 코드로")])
def test_a_page_without_lanes_says_so_in_its_language(language: str, sentence: str):
    text, status = made(KINDS["code"], {"link": f"https://lab.example/train?lang={language}"})
    assert status == 200  # nothing is wrong with the link, and the browser's console stays silent
    assert sentence in text["said"]


@pytest.mark.parametrize("link", ["https://lab.example/catalogue?section=rules", f"?surface={'x' * MOST}"])
def test_a_link_that_is_no_good_is_answered_by_a_sentence(link: str):
    text, status = made(KINDS["words"], {"link": link})
    assert status == 400
    assert text["said"].endswith(".")


def test_without_a_link_it_is_the_page_that_opens():
    assert "Two wells" in made(KINDS["words"], {})[0]["text"]
