"""The script: pauses, places, and that every word said is found in its block."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.speech.choosing.registry import profile
from player.story.model import Block, BlockKind, LanguageSpan, Note, Story
from player.utterance.lexicon.entry import Entry
from player.utterance.lexicon.matching import Lexicon
from player.utterance.pauses import Pause
from player.utterance.roles import Roles, parts
from player.utterance.script import Script
from player.utterance.script_listing import as_json, listing

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ARTICLE = Path(__file__).parents[1] / "data" / "stories" / "peace-talks.txt"


def story(*blocks: tuple[BlockKind, str]) -> Story:
    return Story("Title", tuple(Block(kind, text, 1 if kind is HEADING else 0) for kind, text in blocks))


def test_pauses_follow_what_comes_next() -> None:
    script = Script(
        story(
            (HEADING, "One"),
            (PARAGRAPH, "First. Second."),
            (PARAGRAPH, "Third."),
            (HEADING, "Two"),
            (ITEM, "a"),
            (ITEM, "b"),
            (PARAGRAPH, "End."),
        )
    ).spoken_by()
    pauses = [[u.pause for u in script.utterances(i)] for i in range(len(script))]
    assert pauses == [
        [Pause.HEADING],
        [Pause.SENTENCE, Pause.PARAGRAPH],
        [Pause.HEADING],
        [Pause.HEADING],
        [Pause.LIST_ITEM],
        [Pause.PARAGRAPH],
        [Pause.PARAGRAPH],
    ]


def test_a_sentence_that_our_rules_fail_on_is_said_as_it_is_written(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(readings: object) -> object:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr("player.utterance.spoken.speakable.choose", fails)
    monkeypatch.setattr(logging.getLogger("player.utterance.script"), "handlers", [])
    script = Script(story((PARAGRAPH, "Dr. Lee paid\x07 $3."), (PARAGRAPH, "He left."))).spoken_by()
    assert [u.spoken for block in range(2) for u in script.utterances(block)] == ["Dr. Lee paid $3.", "He left."]
    assert "a mistake of ours" in caplog.text


def test_what_says_nothing_has_no_utterances() -> None:
    script = Script(story((PARAGRAPH, "* * *"), (PARAGRAPH, "He left. 😀 — !"), (HEADING, "End"))).spoken_by()
    assert script.utterances(0) == ()
    assert script.utterances(1)[0].spoken.startswith("He left")
    assert script.utterances(1)[-1].pause is Pause.HEADING


def test_a_long_sentence_is_said_in_clauses_and_shown_as_one() -> None:
    text = "The minister said that it was so, and " * 12 + "so it was."
    script = Script(story((PARAGRAPH, text))).spoken_by()
    (sentence,) = script.sentences(0)
    assert sentence.span == (0, len(text))
    *utterances, _ = script.utterances(0)
    assert utterances and [u.pause for u in utterances] == [Pause.CLAUSE] * len(utterances)


def test_no_utterance_is_endless() -> None:
    script = Script(story((PARAGRAPH, "x" * 5000))).spoken_by()
    assert max(u.span.end - u.span.start for u in script.utterances(0)) <= 400


def test_places_are_in_the_block_not_in_the_sentence() -> None:
    text = "He left. Dr. Smith paid $5."
    utterance = Script(story((PARAGRAPH, text))).spoken(0)[1]
    at = utterance.spoken.index("dollars")
    span = utterance.alignment.written(at, at + len("dollars"))
    assert span is not None
    assert text[slice(*span)] == "$5"


def test_language_is_the_storys_unless_given() -> None:
    german = Story("Titel", (Block(PARAGRAPH, "Am 3. Oktober kam er."),), language="de")
    assert len(Script(german).sentences(0)) == 1
    assert Script(german).spoken(0)[0].language == "de"
    assert Script(german, language="en").language == "en"


def test_a_block_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        Script(story((PARAGRAPH, "One."))).sentences(1)


def test_many_threads_get_the_same_sentences() -> None:
    script = Script(story(*[(PARAGRAPH, f"Dr. Smith paid ${i}. He left.") for i in range(50)]))
    with ThreadPoolExecutor(4) as pool:
        everyone = list(
            pool.map(
                lambda _: [(script.sentences(i), script.spoken(i)) for i in range(50)],
                range(4),
            )
        )
    assert all(one == everyone[0] for one in everyone)


@pytest.mark.quick
def test_the_article() -> None:
    lines = [line for line in ARTICLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    script = Script(story((HEADING, lines[0]), *[(PARAGRAPH, line) for line in lines[2:]]))
    written = [lines[2:][i - 1][slice(*s.span)] for i in range(1, len(script)) for s in script.sentences(i)]
    assert len(written) == 17
    assert written[0].startswith("Defense Secretary Hegseth defended")
    assert sum(s.startswith("The U.S. administration") for s in written) == 1


def test_json_has_written_and_spoken() -> None:
    listed = as_json(Script(story((HEADING, "Prices"), (PARAGRAPH, "It cost $5. He paid."))).spoken_by())
    assert list(listed) == ["title", "byline", "published", "language", "source", "chapters", "blocks", "notes"]
    assert listed["blocks"][1]["sentences"] == [
        {"start": 0, "end": 11, "text": "It cost $5.", "spoken": "It cost 5 dollars."},
        {"start": 12, "end": 20, "text": "He paid.", "spoken": "He paid."},
    ]


def test_notes_and_other_languages_are_listed() -> None:
    blocks = (Block(PARAGRAPH, "It rained."), Block(PARAGRAPH, "Il pleuvait.", language="fr"))
    script = Script(Story("Rain", blocks, language="en", notes=(Note(0, 9, "Nine days."),))).spoken_by()
    lines = list(listing(script))
    assert lines == [
        "[1] paragraph",
        "    It rained.",
        "  note at 9: Nine days.",
        "[2] paragraph (fr)",
        "    Il pleuvait.",
    ]
    assert as_json(script)["notes"] == [{"block": 0, "place": 9, "text": "Nine days."}]
    assert [block["language"] for block in as_json(script)["blocks"]] == ["en", "fr"]


def test_listing_shows_what_is_said_and_why() -> None:
    lines = list(listing(Script(story((PARAGRAPH, "It cost $5. He paid."))).spoken_by()))
    assert "    It cost $5." in lines
    assert "  → It cost 5 dollars.  (money: sign before .90)" in lines
    assert sum("He paid." in line for line in lines) == 1


def test_phonemes_are_shown_between_slashes() -> None:
    written = Script(story((PARAGRAPH, "Isaac paid.")), lexicon=Lexicon(("", [Entry("paid", ipa="peɪd")])))
    script = written.spoken_by(profile("hibari").manner)
    assert "  → Isaac /peɪd/.  (lexicon: paid 1.00)" in list(listing(script))
    assert as_json(script)["blocks"][0]["sentences"][0]["spoken"] == "Isaac /peɪd/."


def test_listing_shows_which_readings_lost() -> None:
    script = Script(story((PARAGRAPH, "They ran 5m."))).spoken_by()
    assert not any("not" in line for line in listing(script))
    lines = list(listing(script, why=True))
    assert "  → They ran 5 meters.  (measure: glued .75)" in lines
    assert "    not  '5m'  magnitude .40" in lines


@given(st.text(max_size=700).map(lambda text: " ".join(text.split())).filter(bool))
def test_utterances_tile_their_sentence(text: str) -> None:
    script = Script(story((PARAGRAPH, text))).spoken_by()
    for n, sentence in enumerate(script.sentences(0)):
        at = sentence.span.start
        utterances = [utterance for utterance in script.utterances(0) if utterance.sentence == n]
        for utterance in utterances:
            assert not text[at : utterance.span.start].strip()
            at = utterance.span.end
            assert any(c.isalnum() for c in utterance.spoken)
            for piece in utterance.alignment.pieces:
                assert utterance.span.start <= piece.start < piece.end <= utterance.span.end
        assert not utterances or at == sentence.span.end


def test_what_is_forgotten_is_worked_out_again_to_the_same() -> None:
    texts = [f"Number {n} is here. It is 1{n} km away." for n in range(12)]
    whole, forgetful = (Script(story(*((PARAGRAPH, text) for text in texts))) for _ in range(2))
    forgetful.keep = 3
    for block in [*range(12), 5, 11, 0, 5]:
        assert forgetful.sentences(block) == whole.sentences(block)
        assert forgetful.spoken(block) == whole.spoken(block)


def test_what_is_written_is_split_once_and_spoken_in_the_manner_of_each_voice() -> None:
    script = Script(story((PARAGRAPH, "He was King Louis XIV. It was 5 km away."), (BlockKind.QUOTATION, "In 1999.")))
    manner = profile("hibari").manner
    plain, other = script.spoken_by(), script.spoken_by(manner)
    assert [u.spoken for u in plain.utterances(1)] != [u.spoken for u in other.utterances(1)]
    assert [u.span for u in plain.utterances(0)] == [u.span for u in other.utterances(0)]
    assert plain.sentences(0) is other.sentences(0)
    both = script.spoken_by(roles=Roles(others=(manner,), quotations=1))
    assert both.utterances(0) == plain.utterances(0)
    assert both.utterances(1) == tuple(replace(said, role=1) for said in other.utterances(1))


def test_each_block_is_split_and_said_in_its_own_language() -> None:
    blocks = (
        Block(BlockKind.PARAGRAPH, "It cost $5. He paid."),
        Block(BlockKind.PARAGRAPH, "Es kostete z. B. 5 Euro. Er zahlte.", language="de"),
        Block(BlockKind.PARAGRAPH, "He said it. Il monte. So.", languages=(LanguageSpan(12, 20, "fr"),)),
    )
    script = Script(Story("A story", blocks, language="en"))
    assert [[u.language for u in script.spoken(n)] for n in range(3)] == [["en"] * 2, ["de"] * 2, ["en", "fr", "en"]]


FRENCH = Roles(others=(profile("pyttsx3").manner,), languages=(("fr", 1),))


def _voiced(text: str, *marked: str, roles: Roles = FRENCH) -> list[str]:
    """What each voice says of a paragraph whose words in French are `marked`."""
    spans = tuple(LanguageSpan(text.index(m), text.index(m) + len(m), "fr") for m in marked)
    block = Block(PARAGRAPH, text, languages=spans)
    script = Script(Story("A story", (block,), language="en")).spoken_by(roles=roles)
    said = script.utterances(0)
    assert "".join(text.split()) == "".join("".join(text[slice(*u.span)].split()) for u in said)
    return [("fr: " if u.role else "") + text[slice(*u.span)] for u in said]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        (
            "He said “je ne sais pas,” and left.",
            ["je ne sais pas"],
            ["He said", "fr: “je ne sais pas,”", "and left."],
        ),
        (
            "He said « Je ne sais pas. Il pleut. » Then he left.",
            ["Je ne sais pas. Il pleut."],
            ["He said", "fr: « Je ne sais pas.", "fr: Il pleut. »", "Then he left."],
        ),
        ("It had a certain je ne sais.", ["je ne sais"], ["It had a certain", "fr: je ne sais."]),
        ("A mere coup d’état it was.", ["coup d’état"], ["A mere coup d’état it was."]),
        (
            "Bonjour, mon ami Pierre! He waved.",
            ["Bonjour", "mon ami Pierre"],
            ["fr: Bonjour, mon ami Pierre!", "He waved."],
        ),
        (
            "“Oui, bien sûr”—she smiled—“mais non”.",
            ["Oui, bien sûr", "mais non"],
            ["fr: “Oui, bien sûr”", "—she smiled—“mais non”."],
        ),
    ],
)
def test_three_words_in_another_language_are_said_by_its_voice(
    text: str, marked: list[str], expected: list[str]
) -> None:
    assert _voiced(text, *marked) == expected
    by_one = _voiced(text, *marked, roles=Roles())
    assert by_one == [text[slice(*s.span)] for s in Script(story((PARAGRAPH, text)), language="en").sentences(0)]


def test_a_sentence_in_two_voices_is_one_sentence_with_each_part_in_its_own_form() -> None:
    text = "He paid $5, il a payé 5 € en tout, and left. Rain."
    at = text.index("il")
    block = Block(PARAGRAPH, text, languages=(LanguageSpan(at, text.index(", and"), "fr"),))
    said = Script(Story("A story", (block,), language="en")).spoken_by(roles=FRENCH).utterances(0)
    assert [u.sentence for u in said] == [0, 0, 0, 1]
    assert [u.language for u in said] == ["en", "fr", "en", "en"]
    assert "5 dollars" in said[0].spoken and "euros" in said[1].spoken
    assert [u.pause for u in said[:3]] == [Pause.CLAUSE, Pause.CLAUSE, Pause.SENTENCE]


def test_a_block_has_the_voice_of_its_language_before_that_of_quotations() -> None:
    roles = replace(FRENCH, others=FRENCH.others * 2, quotations=2)
    quotation = Block(BlockKind.QUOTATION, "Never.")
    blocks = (quotation, replace(quotation, language="fr"), Block(PARAGRAPH, "Non.", language="fr"))
    script = Script(Story("A story", blocks, language="en")).spoken_by(roles=roles)
    assert [script.utterances(n)[0].role for n in range(3)] == [2, 1, 1]
    assert list(script.written_for(1)) == ["Never.", "Non."]


def test_parts_of_a_block_are_found_in_linear_time() -> None:
    text = " ".join(["one two three"] * 20_000)
    spans = tuple(LanguageSpan(n * 28, n * 28 + 13, "fr") for n in range(10_000))
    found = parts(Block(PARAGRAPH, text, languages=spans), "en", FRENCH)
    assert len(found) == 20_000 and found[-1].end == len(text)


def test_people_speak_in_their_own_voice_and_in_another_language_in_that_ones() -> None:
    manner = profile("pyttsx3").manner
    roles = Roles(others=(manner,) * 2, languages=(("fr", 1),), speakers=(("Anna", 2),))
    text = "“Come. Il est très tard, Tom,” said Anna. “Now.” He came."
    at = text.index("Il")
    block = Block(PARAGRAPH, text, languages=(LanguageSpan(at, at + len("Il est très tard"), "fr"),))
    said = Script(Story("A story", (block,), language="en")).spoken_by(roles=roles).utterances(0)
    assert [(u.role, u.speaker, text[slice(*u.span)]) for u in said] == [
        (2, "Anna", "“Come."),
        (1, "", "Il est très tard,"),
        (2, "Anna", "Tom,”"),
        (0, "", "said Anna."),
        (2, "Anna", "“Now.”"),
        (0, "", "He came."),
    ]
