"""The words of a figure: captions that tell every setting, the markup of notes, and BibTeX of every entry's works."""

from __future__ import annotations

import re

import bibtexparser
import pytest

from core import Citation, Entry, InputError
from core.citation import PLACES
from export.address import asked
from export.words import FORMS, file, words
from export.words.bibtex import ascii_of, bibtex, of
from export.words.caption import entries
from export.words.markup import latex
from links.entries import RATES_MOVED, RULES, SURFACES
from problems.networks.perceptron import Perceptron

ENTRIES: dict[str, type[Entry]] = {**SURFACES, **RULES, **{f"schedule {name}": cls for name, cls in RATES_MOVED.items()}, "perceptron": Perceptron}
WORKS = list(dict.fromkeys(work for entry in ENTRIES.values() for work in entry.citations))
RACE = (
    "https://lab.example/?surface=rosenbrock&surface.b=50&lanes=2&2.rule=adam&2.lr=0.05&2.schedule=cosine&2.warmup=7&at=60&noise=0.1&seed=3&1.quiet=1"
)
PAGES = (RACE, "https://lab.example/data?lanes=2&surface=one_weight", "https://lab.example/explore?", "https://lab.example/train?lanes=2&2.rule=adam")


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_names_its_works_or_says_why_there_are_none(entry: type[Entry]):
    assert bool(entry.citations) != bool(entry.uncited)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_a_work_is_told_in_full(work: Citation):
    assert work.kind in PLACES
    assert re.fullmatch(r"[a-z]+\d{4}[a-z]+", work.key)
    assert str(work.year) in work.key
    assert 1700 < work.year < 2030
    assert work.where or work.arxiv or work.url
    assert all(", " in author or author == "others" for author in work.authors.split(" and "))
    assert re.fullmatch(r"(10\.\d{4,}/\S+)?", work.doi)
    assert re.fullmatch(r"(\d{4}\.\d{4,5})?", work.arxiv)
    assert re.fullmatch(r"(https://\S+)?", work.url)
    assert re.fullmatch(r"(\d+(--\d+)?)?", work.pages)


def parsed(text: str) -> dict[str, dict[str, str]]:
    """The entries of a BibTeX file by their keys: a field's braces are counted, so that one too few takes the next field along."""
    found: dict[str, dict[str, str]] = {}
    for kind, key, body in re.findall(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}$", text, re.MULTILINE | re.DOTALL):
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE))
        assert len(fields) == body.count("\n")
        assert key not in found
        found[key] = {"kind": kind, **fields}
    return found


def test_all_bibtex_is_well_formed_and_in_ascii():
    text = bibtex(WORKS)
    found = parsed(text)
    assert text.isascii()
    assert list(found) == [work.key for work in WORKS]  # so no key stands for two works
    assert len(found) > 45
    for fields in found.values():
        for value in fields.values():
            depths = [value[: i + 1].count("{") - value[: i + 1].count("}") for i in range(len(value))]
            assert min(depths) >= 0
            assert depths[-1] == 0


def test_a_library_reads_the_same_bibtex():
    library = bibtexparser.parse_string(bibtex(WORKS))  # pyright: ignore[reportPrivateImportUsage]
    assert library.failed_blocks == []
    assert {entry.key: entry.fields_dict["year"].value for entry in library.entries} == {work.key: str(work.year) for work in WORKS}


@pytest.mark.parametrize(
    ("text", "written"), [("Hüsken", r"H{\"u}sken"), ("Méthode", r"M{\'e}thode"), ("Łukasz", r"{\L}ukasz"), ("Dollár", r"Doll{\'a}r")]
)
def test_letters_with_accents_are_latexs(text: str, written: str):
    assert ascii_of(text) == written


def test_a_works_names_and_abbreviations_keep_their_capitals():
    titles = {key: fields["title"] for key, fields in parsed(bibtex(WORKS)).items()}
    assert titles["kingma2015adam"] == "{Adam}: A Method for Stochastic Optimization"
    assert titles["loshchilov2017sgdr"].startswith("{SGDR}: ")
    assert "{AdaBelief}" in titles["zhuang2020adabelief"]


def test_a_collection_has_editors():
    collection = parsed(bibtex(SURFACES["six_hump_camel"].citations))["dixon1978towards"]
    assert collection["editor"] == r"Dixon, L. C. W. and Szeg{\"o}, G. P."
    assert "author" not in collection


def test_what_nobody_wrote_a_paper_on_is_named_in_a_comment():
    page, _ignored = asked("https://lab.example/?surface=two_wells&lanes=1")
    assert "% Two wells: It was made for this program.\n" in of(entries(page))
    assert list(parsed(of(entries(page)))) == ["cauchy1847methode"]


def test_a_caption_tells_every_setting():
    said = words(asked(RACE)[0], "text").split("\n")
    assert said[0].startswith("Rosenbrock, b = 50. Start (−1.2, 1), 200 steps, shown at step 60. Noise of σ = 0.1 in each coordinate")
    assert "seed 3." in said[0]
    assert re.search("Lane 1: Gradient descent, η = [^;]*; Constant; without noise.", said[0])
    assert "Lane 2: Adam, η = 0.05, β₁ = 0.9, β₂ = 0.999, ε = 1e−8, λ = 0; Cosine, φ = 0, warm-up 7." in said[0]
    assert "from −2 to 2 across" in said[0]
    assert said[1] == asked(RACE)[0].link
    korean = words(asked(RACE)[0], "text", language="ko")
    assert "레인 2: Adam, η = 0.05" in korean
    assert not re.search(r"\b(Lane|Start|seed|Drawn|Charts)\b", korean.split("\n")[0])


@pytest.mark.parametrize("link", PAGES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_latex_is_balanced_and_cites_what_the_bibtex_has(link: str, language: str):
    page, _ignored = asked(link)
    text = words(page, "latex", "valley", language)
    body = text.partition("\n")[2]
    assert body.count("{") == body.count("}")
    assert body.count("$") % 2 == 0
    assert "\\includegraphics[width=\\linewidth]{valley}" in text
    assert "\\label{fig:valley}" in text
    assert not re.search("[−β₁ηλ∇×≈κ\ue000-\uf8ff]", body)
    cited = {key for keys in re.findall(r"\\cite\{([^}]*)\}", text) for key in keys.split(",")}
    assert cited == set(parsed(words(page, "bibtex")))
    quarto = words(page, "quarto", "valley", language)
    assert set(re.findall(r"@([a-z]+\d{4}[a-z]+)", quarto)) == cited
    assert "{#fig-valley " in quarto
    assert "](valley.svg)" in words(page, "markdown", "valley", language)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("100 % & #1_a", r"100 \% \& \#1\_a"),
        ("η = 1e−8", r"$\eta$ = $10^{-8}$"),
        ("−2.5e3 to 7", r"$-2.5 \cdot 10^{3}$ to 7"),
        ("β₁ ‖∇f‖", r"$\beta_{1}$ $\|\nabla$f$\|$"),
        ("a^b ~ {c} \\", r"a\textasciicircum{}b \textasciitilde{} \{c\} \textbackslash{}"),
    ],
)
def test_latex_means_what_the_text_says(text: str, written: str):
    assert latex(text) == written


def test_a_form_that_there_is_not_is_refused():
    with pytest.raises(InputError):
        words(asked(RACE)[0], "word")


def test_files_are_named_by_what_they_show():
    assert file(asked(RACE)[0]) == "rosenbrock_gradient_descent-adam_step60"
    assert set(FORMS) == {"text", "latex", "markdown", "quarto", "bibtex"}
