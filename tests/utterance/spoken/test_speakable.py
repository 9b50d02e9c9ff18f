"""What is said: a table of pairs, every recogniser's own examples, and that the map back to the text is right."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.speech.choosing.registry import profile
from player.utterance.manner import ANY, Manner
from player.utterance.model import Alignment
from player.utterance.spoken.choose import choose
from player.utterance.spoken.proposing import audience
from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers import RECOGNISERS
from player.utterance.spoken.recognisers.abroad import ABROAD
from player.utterance.spoken.speakable import speakable, understood
from player.utterance.spoken.tokens import Tokens

ESPEAK = profile("pyttsx3").manner
NEURAL = profile("hibari").manner
MANNERS = (ANY, ESPEAK, NEURAL)
WORD_JOINER = "\u2060"
"""Silent: keeps an engine from seeing a numeral where there is none."""
TABLE = Path(__file__).parent / "spoken.tsv"
PAIRS = [
    line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}: {pair[1]}")
def test_pair(pair: list[str]) -> None:
    _, written, spoken, *hibari = pair
    assert speakable(written, "en", ESPEAK).text == spoken
    said = speakable(written, "en", NEURAL).text.replace(" .", ".").replace(WORD_JOINER, "")
    assert said == (hibari[0] if hibari else spoken)


@pytest.mark.parametrize(
    ("recogniser", "example"),
    [(recogniser, example) for recogniser in (*RECOGNISERS, *ABROAD) for example in recogniser.examples],
    ids=lambda one: one.name if isinstance(one, Recogniser) else one[0],
)
def test_every_recogniser_does_what_its_examples_say(recogniser: Recogniser, example: tuple[str, str]) -> None:
    written, spoken = example
    language = next(iter(recogniser.languages), "en")
    assert speakable(written, language, ANY).text == spoken
    assert recogniser.name in [reading.name for reading in understood(written, language).chosen]


def test_british_dates_have_the_day_first() -> None:
    assert speakable("on 3/4/2025", "en-GB").text == "on April third, twenty twenty-five"
    assert speakable("on 3/4/2025", "en-US").text == "on March fourth, twenty twenty-five"


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("de", "Das kostet 5 € [1] und ist gut 😀.", "Das kostet 5 Euro und ist gut."),
        ("de", "Siehe https://beispiel.de/a.", "Siehe beispiel Punkt de."),
        ("fr", "Écris à a@exemple.fr.", "Écris à a arobase exemple point fr."),
        ("es", "El Sr. García pagó $5.", "El señor García pagó 5 dólares."),
        ("fi", "Katso [tästä](/x/) – heti.", "Katso tästä, heti."),
    ],
)
def test_addresses_notes_and_emoji_of_other_languages(language: str, written: str, spoken: str) -> None:
    assert speakable(written, language).text == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        (
            "George Lucas and Mark Cuban met King Charles III.",
            "George @Lucas and Mark @Cuban met King @Charles @the third.",
        ),
        ("Peter C. Smith wrote Part I of it.", "Peter @C. Smith wrote Part @1 of it."),
        ("He said no.", "He said no ."),
        ("Is it lot no. 6? No.", "Is it lot number 6? No."),
    ],
)
def test_the_neural_voice_is_kept_from_seeing_numerals_and_numbers(written: str, spoken: str) -> None:
    assert speakable(written, "en", NEURAL).text.replace(WORD_JOINER, "@") == spoken
    assert WORD_JOINER not in speakable(written, "en", ESPEAK).text


def test_an_engine_of_which_nothing_is_known_gets_all_rewrites() -> None:
    assert speakable("In 1999, IT won.", "en", ANY).text == "In nineteen ninety-nine, I T won."


def word_behind(written: str, word: str, manner: Manner = ESPEAK) -> str:
    spoken = speakable(written, "en", manner)
    at = spoken.text.index(word)
    span = Alignment(spoken.pieces).written(at, at + len(word))
    assert span is not None
    return written[slice(*span)]


@pytest.mark.parametrize(
    ("written", "word", "behind"),
    [
        ("Dr. Smith paid $3.5bn on Feb. 13.", "Doctor", "Dr."),
        ("Dr. Smith paid $3.5bn on Feb. 13.", "Smith", "Smith"),
        ("Dr. Smith paid $3.5bn on Feb. 13.", "billion", "$3.5bn"),
        ("Dr. Smith paid $3.5bn on Feb. 13.", "thirteenth", "Feb. 13"),
        ("It ended.[1] He left.", "left", "left"),
        ("😀 Louis XIV ruled.", "fourteenth", "XIV"),
        ("😀 Louis XIV ruled.", "ruled", "ruled"),
        ("See [the text](/x/) now.", "text", "text"),
        ("Is the UAE’s oil pro-EPA?", "E's", "UAE’s"),
        ("Is the UAE’s oil pro-EPA?", "oil", "oil"),
        ("Is the UAE’s oil pro-EPA?", "E.P.A", "EPA"),
        ("King James VI and I spoke.", "first", "I"),
        ("👨‍👩‍👧 on 42nd St, in 2025-02-13T10:30", "Street", "St"),
        ("👨‍👩‍👧 on 42nd St, in 2025-02-13T10:30", "twenty", "2025-02-13T"),
        ("👨‍👩‍👧 on 42nd St, in 2025-02-13T10:30", "10:30", "10:30"),
        ("open Mon–Fri for €1.234,56 a year", "Friday", "Mon–Fri"),
        ("open Mon–Fri for €1.234,56 a year", "cents", "€1.234,56"),
    ],
)
def test_a_spoken_word_is_found_again_in_the_text(written: str, word: str, behind: str) -> None:
    assert word_behind(written, word) == behind


@pytest.mark.parametrize("manner", MANNERS)
def test_links_never_reach_an_engine(manner: Manner) -> None:
    for written in ("[text](/tɛkst/)", "a [b](/c/) d [e] (f)", "[[x](/y/)](/z/)", "![image](/a/b.png) end"):
        assert not re.search(r"[\[\]]|\(/", speakable(written, "en", manner).text)


@pytest.mark.parametrize(
    "written",
    ["a" + "-" * 5000 + " b", "a" + "." * 5000, "/" * 5000, "1,1" * 1500, "1" * 5000, "A." * 2500, "[" * 5000,
     "http://" + "a." * 2000, "@" * 3000, "$" * 3000, "1-" * 2000, " " * 4000,
     "1'" * 2000, '1"' * 2000, "[1, 2" * 900, "$a^" * 1500, "(212) " * 800,
     "5m " * 1500, "1s. " * 1200, "km/" * 1500, "=" * 5000, "^" * 5000, "H₂" * 2000, "αβ" * 2000, "1e" * 2000,
     "{x | " * 900, "f(n " * 1200, "1'000" * 900, "dy/" * 1600, "x^(" * 1600, "5st 4 " * 900, "Ann, CA" * 700],
    ids=lambda written: written[:8],
)  # fmt: skip
def test_odd_text_is_said_without_trouble(written: str) -> None:
    assert len(speakable(written).text) <= 4 * len(written)


SNIPPETS = [written for _, written, *_ in PAIRS]
ODD = st.text(max_size=60)
FIGURES = st.lists(st.sampled_from([*"0123456789²³¹₄①Ⅳ½٣-–/⁄.,:'×± %$€", " km", "nd", "siècle "]), max_size=9).map(
    "".join
)
"""Figures of every kind, with what may join them."""
TEXTS = st.one_of(ODD, FIGURES, st.lists(st.one_of(st.sampled_from(SNIPPETS), ODD, FIGURES), max_size=4).map(" ".join))


FAMILIAR = st.text(st.characters(exclude_categories=("Nd", "Cs")) | st.sampled_from("0123456789"), max_size=60)


@given(text=st.lists(st.one_of(st.sampled_from(SNIPPETS), FAMILIAR), max_size=4).map(" ".join))
@pytest.mark.parametrize("code", ["en", "de"])
def test_a_text_is_read_wherever_something_is_to_be_said(code: str, text: str) -> None:
    listeners = audience(code)
    if not listeners.is_interested(text):
        assert not choose(listeners.readings(Tokens(text, code)))


@given(text=TEXTS, language=st.sampled_from(["en", "en-GB", "de", "fr", "xx"]), manner=st.sampled_from(MANNERS))
def test_pieces_are_in_order_and_within_bounds(text: str, language: str, manner: Manner) -> None:
    spoken = speakable(text, language, manner)
    at = said = 0
    for piece in spoken.pieces:
        assert said == piece.spoken_start < piece.spoken_end <= len(spoken.text)
        assert at <= piece.start < piece.end <= len(text)
        at, said = piece.end, piece.spoken_end
    assert said == len(spoken.text)


@given(text=TEXTS, language=st.sampled_from(["en", "de", "xx"]), manner=st.sampled_from(MANNERS))
def test_what_is_said_is_one_clean_line(text: str, language: str, manner: Manner) -> None:
    said = speakable(text, language, manner).text
    assert said == said.strip(" ")
    assert "  " not in said
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in said)


@pytest.mark.parametrize("language", ["en", "de", "fr", "nl", "pt"])
@pytest.mark.parametrize("text", ["1/2-3/₄", "0⁄³", "2/¹", "§ 20-³", "9–¹", "4'²", "② – 4", "1 st ³"])
def test_figures_that_are_no_digits_are_said_all_the_same(text: str, language: str) -> None:
    assert all(speakable(text, language, manner).text for manner in MANNERS)


@given(words=st.lists(st.text(alphabet="abcdefgh XY-'", min_size=1, max_size=12), max_size=8))
def test_plain_words_are_said_as_they_are(words: list[str]) -> None:
    text = " ".join(" ".join(words).split())
    kept = {i for p in speakable(text, "xx").pieces for i in range(p.start, p.end)}
    assert all(i in kept for i, c in enumerate(text) if c.isalnum())


DROPPING = ("footnote mark", "formula", "tag", "link", "emoji", "control character", "web address")


@given(text=TEXTS)
def test_no_letter_or_digit_gets_lost(text: str) -> None:
    spoken = speakable(text)
    if {name.partition(":")[0] for name in spoken.fired}.isdisjoint(DROPPING):
        kept = {i for p in spoken.pieces for i in range(p.start, p.end)}
        assert all(i in kept for i, c in enumerate(text) if c.isalnum())
