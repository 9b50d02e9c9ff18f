"""Sentences: where they end, and that nothing of the text is lost."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.utterance.sentences.splitting import spans


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in spans(text, language)]


ENGLISH = [
    "The U.S. administration has already outlined several positions.|It will act soon.",
    "He grew up in the U.S.|His brother did not.",
    "A U.S. Army spokesman said the U.S. Navy was informed.",
    "Dr. Smith left.|Maj. Gen. Burns and Sen. Sanders stayed.",
    "It closed at $3.5 bn.|The firm was glad.",
    "At 5 a.m. Mr. Smith went to the bank.|He left the bank at 6 P.M.|Mr. Smith then went home.",
    "It opens at 10:30 a.m. Tuesday.|Doors close at 6 p.m. Eastern time.",
    "J. K. Rowling wrote it.|J.R.R. Tolkien did not.",
    "She got an A.|They celebrated.",
    "See No. 5 on page 12.|No. 6 is missing.",
    "She said no.|He said yes.",
    "The office is on Main St.|It is open.",
    "St. Michael's Church is on 5th st. near the light.",
    "He likes dogs, e.g. Poodles, and cats vs. mice.|She does not.",
    "Apple Inc. reported profits.|He founded Acme Inc.|It failed.",
    "The other (Dell, etc.) did not.|It fell.",
    "The quake measured 6.1.|No one was hurt.",
    "Read it at bit.ly/3xYz.|Thanks!",
    "Go to https://example.com/a.b/c?x=1.2&y=3.|Then log in.",
    "I wonder…|Perhaps not.",
    "“Well… I suppose so,” she said.|He nodded.",
    "“No!” he said.|“Why now?” Scholz said in Berlin.|The minister agreed.",
    "Hegseth stated, “There is no betrayal there.|There is a recognition.”|He added that it was so.",
    "He left.|(He was tired.)|She stayed.",
    "1. Wash the rice.|2. Boil the water.|3. Add the rice.",
    "1.1. Terms",
    "2.3.1. The gate is closed.|It opens at 9.|It rose to 1.1.|Nobody saw it.",
    "• First point.|• Second point.",
    "The options are: (1) wait, (2) act, (3) leave.|None is good.",
    "That is true.1|This is also true.",
    "It is true. [2]|He left.",
    "It ended.|“Good,” he said.",
    "On Feb. 13 it fell.|He came on Mon.|She did not.",
    "He is 5 ft. 10 in. tall.|She came in.|He left.",
]

OTHERS = [
    ("de", "Wir trafen Dr. Müller am 3. Oktober.|Im 19. Jahrhundert war das z. B. anders.|Ludwig XIV. starb."),
    ("de", "„Komm her.“|Er kam.|„Nein!“, sagte sie.|Das kostet ca. 5 Mio. Euro."),
    ("de", "Das geschah am 24.12.2019 in Köln.|Dann kam Prof. Meier usw. dazu."),
    ("fr", "« Bonjour. »|Il sortit.|« Viens ! » dit-elle.|Voir p. 5.|M. Dupont et Mme. Durand sont là."),
    ("es", "¿Qué pasa?|¡Nada!|El Sr. García vive aquí desde 2019.|Véase pág. 5."),
    ("it", "Il sig. Rossi e il dott. Bianchi sono qui.|Cfr. pag. 3.|Fine."),
    ("pt", "O Sr. Silva e a Dra. Souza chegaram.|Ver pág. 3.|Fim."),
    ("nl", "Dhr. Jansen en mevr. De Vries, o.a. in Utrecht.|Zie blz. 3."),
    ("zh", "今天下雨。|我们回家吧！|“你好。”他说。|好的？"),
    ("ja", "「行く。」と言った。|彼は帰った。"),
    ("hi", "यह सच है।|वह आया।"),
    ("ru", "Он пришёл.|Она ушла!"),
]  # fmt: skip


TABLE = [
    line.split("\t")
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def restore(marked: str, language: str) -> str:
    return marked.replace("|", "" if language in ("zh", "ja") else " ")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}, {row[1]}: {row[2]}")
def test_table(row: list[str]) -> None:
    language, _, marked = row
    assert split(restore(marked, language), language) == marked.split("|")


@pytest.mark.parametrize("marked", ENGLISH)
def test_english(marked: str) -> None:
    text = restore(marked.replace("ended.|“", "ended.\0“"), "en").replace("\0", "")
    assert split(text) == marked.split("|")


@pytest.mark.parametrize(("language", "marked"), OTHERS)
def test_other_languages(language: str, marked: str) -> None:
    assert split(restore(marked, language), language) == marked.split("|")


def test_regional_tags_use_their_language() -> None:
    assert split("Am 3. Oktober kam er.", "de-AT") == ["Am 3. Oktober kam er."]


def test_unknown_language_still_splits() -> None:
    assert split("Yksi. Kaksi! Kolme?", "fi") == ["Yksi.", "Kaksi!", "Kolme?"]


def test_no_sentence_in_blanks() -> None:
    assert spans("") == spans(" \n\t ") == []


LINES = [
    ["So excited for tonight", "Going to see the band!!!", "See you all there.", "It will be the best night for sure"],
    ["It was the best of times, said Mr.\nDarcy, who had never seen London.", "Elizabeth agreed."],
    ["He met John\nand Mary at the\ncorner of\nMain Street.", "It was a very fine day for it."],
]


@pytest.mark.parametrize("sentences", LINES)
def test_a_line_goes_on_only_where_it_was_full(sentences: list[str]) -> None:
    assert split("\n".join(sentences)) == sentences


MARKS = st.sampled_from([".", "!", "?", "…", "...", ". . .", '"', "”", "“", "’", "»", "(", ")", "[1]", "—", "。", "1."])
WORDS = st.sampled_from(["Dr", "U.S", "He", "a", "no", "No", "5", "St", "etc", "said", "I", "p.m", "Louis", "é", "今"])
PROSE = st.lists(st.one_of(MARKS, WORDS, st.sampled_from([" ", " ", "\n", "\n\n"])), max_size=40).map("".join)


@given(text=st.one_of(st.text(max_size=200), PROSE), language=st.sampled_from(["en", "de", "fr", "zh", "xx", ""]))
def test_spans_tile_the_text_but_for_blanks(text: str, language: str) -> None:
    found = spans(text, language)
    at = 0
    for start, end in found:
        assert start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("sign", [".", "?", "😀", "。", "a!b", "A. ", "1. ", '." ', "“a” ", "• ", "α; ", "a\n"])
def test_a_paragraph_of_one_sign_again_and_again_takes_no_time(sign: str) -> None:
    text = (sign * 60_000)[:60_000]
    began = process_time()
    spans(text)
    assert process_time() - began < 10, "the shortest that took quadratic time took a minute"


@given(text=PROSE)
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    assert spans(text) == spans(text)
