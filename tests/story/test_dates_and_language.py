"""Dates as people write them; the languages of texts, paragraphs and tags."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from player.story.dates import is_date_line, iso_date
from player.story.language import detect
from player.story.language_tag import valid
from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from player.story.reading.building import build
from player.story.reading.draft import Draft
from player.story.reading.languages.blocks import with_languages
from player.story.reading.naming import Naming

_TABLE = Path(__file__).parent / "languages.tsv"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-02-13T10:00:00Z", "2025-02-13"),
        ("Thu, 13 Feb 2025 10:00:00 GMT", "2025-02-13"),
        ("Published Feb. 13, 2025", "2025-02-13"),
        ("May 4th, 2021", "2021-05-04"),
        ("31. Mai 2024", "2024-05-31"),
        ("14 juillet 2020", "2020-07-14"),
        ("3 juin 2020", "2020-06-03"),
        ("1er août 2023", "2023-08-01"),
        ("13 de marzo de 2024", "2024-03-13"),
        ("12 maart 2021", "2021-03-12"),
        ("3/4/2025", ""),
        ("Feb 30, 2025", ""),
        ("March 2025", ""),
        ("no date at all", ""),
    ],
)
def test_iso_date(written: str, iso: str) -> None:
    assert iso_date(written) == iso


def test_a_date_line_says_nothing_else() -> None:
    assert is_date_line("Published Thursday, 13 Feb 2025 at 10:30 GMT")
    assert not is_date_line("On Feb. 13, 2025 the bridge fell")
    assert not is_date_line("Soon")


_SENTENCES = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("language", "sentence"), _SENTENCES)
def test_detect(language: str, sentence: str) -> None:
    assert detect(sentence) == language


@pytest.mark.parametrize("text", ["", "12 34 56", "Xyzzy plugh", "ab", "* * *", "Natasha", "Chapter 1"])
def test_what_could_be_any_language_is_none(text: str) -> None:
    assert detect(text) in ("", "en")


def test_a_few_signs_of_chinese_are_no_other_script() -> None:
    assert detect("复制选中内容") == "zh"


@pytest.mark.parametrize(
    ("written", "tag"),
    [("en_US", "en-US"), ("eng", "en"), (" ger ", "de"), ("fre-CA", "fr-CA"), ("grc", "grc"), ("und", ""), ("", "")],
)
def test_tags_of_languages(written: str, tag: str) -> None:
    assert valid(written) == tag


def _story(*texts: str, language: str) -> Story:
    draft = Draft([(BlockKind.PARAGRAPH, text, 0) for text in texts], language=language)
    return build(draft, Naming("here", "here", "id", "Here"))


_LONG = [(language, sentence) for language, sentence in _SENTENCES if len(sentence) > 60]
_ENGLISH = [sentence for language, sentence in _SENTENCES if language == "en"]


def test_a_paragraph_in_another_language_is_known_as_such() -> None:
    foreign = [(language, sentence) for language, sentence in _LONG if language != "en"]
    story = _story(*_ENGLISH, *(sentence for _, sentence in foreign), language="en")
    assert {block.language for block in story.blocks[: len(_ENGLISH)]} == {None}
    found = [block.language for block in story.blocks[len(_ENGLISH) :]]
    assert set(found) <= {language for language, _ in foreign} | {None}
    wrong = [(said, right) for said, (right, _) in zip(found, foreign, strict=True) if said not in (right, None)]
    assert not wrong
    assert sum(said is not None for said in found) >= 0.9 * len(foreign)


@pytest.mark.parametrize("language", sorted({language for language, _ in _SENTENCES}))
def test_a_story_in_one_language_has_no_other(language: str) -> None:
    own = [sentence for code, sentence in _SENTENCES if code == language]
    for declared in (language, ""):
        story = _story(*own, language=declared)
        assert (story.language, {block.language for block in story.blocks}) == (language, {None})


@pytest.mark.parametrize(
    "text",
    [
        "Natásha, Sónya, Pétya and Count Ilyá Rostóv",
        "Jean-Luc Picard, Château d’If, Saint-Germain-en-Laye",
        "Oh là là! Mon Dieu!",
        "São Paulo, Rio de Janeiro, Belo Horizonte, Porto Alegre",
        "Ha ha ha ha ha! La la la la la la la la la la la la la!",
        "Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about a little.",
        "“Nein,” said Otto, and “Jawohl,” said Karl; it was the only German that Miss Prism ever learnt.",
    ],
)
def test_names_and_exclamations_make_no_other_language(text: str) -> None:
    assert [block.language for block in _story(*_ENGLISH, text, language="en").blocks] == [None] * 4


_PROSE = "The bridge was closed for two years, and nobody in the town was sure that it would open again."


@pytest.mark.parametrize(
    ("text", "passage", "language"),
    [
        ("She turned. “Je ne sais pas où il est,” she said.", "Je ne sais pas où il est,", "fr"),
        ('"Wer zuletzt lacht, lacht am besten," he said. They laughed.', "Wer zuletzt lacht, lacht am besten,", "de"),
        ("“No lo sé, pero voy a preguntarlo mañana,” answered Ana.", "No lo sé, pero voy a preguntarlo mañana,", "es"),
        (
            "They sang. Nel mezzo del cammin di nostra vita. Then they went home.",
            "Nel mezzo del cammin di nostra vita.",
            "it",
        ),
        ("The sign said Добро пожаловать в город and nothing else.", "Добро пожаловать в город", "ru"),
    ],
)
def test_a_passage_in_another_language_is_known_as_such(text: str, passage: str, language: str) -> None:
    block = _story(_PROSE, text, language="en").blocks[-1]
    assert block.language is None
    assert [(block.text[span.start : span.end], span.language) for span in block.languages] == [(passage, language)]


@pytest.mark.parametrize(
    ("heading", "text", "language"),
    [
        ("第二章 中文", "今天天气很好。我们去公园散步吧！他说：“好的，我们走。”", "zh"),
        ("第二章 海", "今日はとても天気がいいです。公園を散歩しましょう。", "ja"),
        ("פרק שלישי", "שלום עולם, זה משפט בעברית, והוא ארוך מספיק.", "he"),
        ("Chapter two", "今天天气很好。我们去公园散步吧！他说：“好的，我们走。”", None),
        ("פרק שלישי", "今天天气很好。我们去公园散步吧！他说：“好的，我们走。”", "he"),
        ("* * *", "今天天气很好。我们去公园散步吧！他说：“好的，我们走。”", None),
    ],
)
def test_a_short_block_in_another_script_has_the_language_of_the_one_beside_it(
    heading: str, text: str, language: str | None
) -> None:
    blocks = [Block(BlockKind.HEADING, heading, 2), Block(BlockKind.PARAGRAPH, text)]
    for order in (blocks, blocks[::-1]):
        english = [Block(BlockKind.PARAGRAPH, _PROSE)]
        found = with_languages([*english, *order, *english], "en")
        assert next(block for block in found if block.text == heading).language == language


@pytest.mark.parametrize("story", ["en", ""])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مرحبا بالعالم.", "ar"),
        ("سلام دنیا.", "fa"),
        ("Привет, мир.", "ru"),
        ("κόσμος", "el"),
        ("你好", "zh"),
        ("はい。", "ja"),
        ("α + β = γ", None),
        ("ΔG = ΔH", None),
        ("𝐻𝐸𝐿𝐿𝑂 𝑥𝑦", None),
        ("ɪʃɵ ʃɪθ", None),
        ("ＨＥＬＬＯ", None),
        ("Привет, he said to me, and left the room.", None),
    ],
)
def test_a_short_paragraph_that_no_voice_of_the_story_can_read_has_its_own_language(
    story: str, text: str, language: str | None
) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, one) for one in (_PROSE, text, _PROSE)]
    assert [block.language for block in with_languages(blocks, story)] == [None, language, None]


def test_a_paragraph_in_another_script_is_in_the_language_of_its_sentences() -> None:
    texts = (_PROSE, "В 1961 г. Гагарин полетел в космос.")  # as a whole it looks Bulgarian
    blocks = with_languages([Block(BlockKind.PARAGRAPH, one) for one in texts], "en")
    assert [(block.language, block.languages) for block in blocks] == [(None, ()), ("ru", ())]


@pytest.mark.parametrize("name", ["visit.md", "visit.txt", "visit.html"])
def test_emphasised_words_in_another_language_are_known_as_such(name: str, tmp_path: Path) -> None:
    said = "il faut cultiver notre jardin"
    if not name.endswith("html"):
        text = f"# A visit\n\n{_PROSE}\n\nThe cook says *{said}* all day, and *never ever stops* to say it.\n"
    else:
        text = (
            f"<h1>A visit</h1><p>{_PROSE}</p><p>The cook says <i>{said}</i> all day, and <em>never ever</em> stops.</p>"
        )
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    block = load(str(file)).blocks[-1]
    assert [(block.text[span.start : span.end], span.language) for span in block.languages] == [(said, "fr")]


@pytest.mark.parametrize(
    "text",
    [
        "“Well, Mr. Shotbolt,” said Jonathan Wild, “I will die first, sir.”",
        "He read Der Spiegel, Le Monde and El País in the Café de la Paix. Gets busy, so come early.",
        "“Ay, ay, yer hon'r,” said Quilt Arnold. “Oh! oh! oh! Ha, ha, ha!”",
        "VISAKHA INDUSTRIAL GASES PVT. LTD. See http://news.bbc.co.uk/go/em/fr/-/1/hi/technology for more.",
        "“Rosa and Juan Martínez de la Torre!” cried Mrs. Long.",
        "It was the wind that “tore your house apart”, as she had said.",
    ],
)
def test_names_dialect_and_addresses_make_no_passage_in_another_language(text: str) -> None:
    assert _story(_PROSE, text, language="en").blocks[-1].languages == ()


def test_a_declared_language_that_the_text_contradicts_is_not_believed() -> None:
    german = [sentence for language, sentence in _SENTENCES if language == "de"] * 3
    story = _story(*german, language="en-US")
    assert (story.language, {block.language for block in story.blocks}) == ("de", {None})
    norwegian = [sentence for language, sentence in _SENTENCES if language == "nb"] * 6
    assert _story(*norwegian, language="nn").language == "nn"  # too much alike
    assert _story(*german, language="goh").language == "goh"  # unknown to the model


def test_an_english_story_that_says_so_needs_no_model() -> None:
    program = """
import sys
from player.story.model import BlockKind
from player.story.reading.building import build
from player.story.reading.draft import Draft
from player.story.reading.naming import Naming
text = "The bridge was closed for two years, and nobody in the town was sure that it would open again."
build(Draft([(BlockKind.PARAGRAPH, text, 0)] * 9, language="en-GB"), Naming("", "", "", "A story"))
assert "fasttext" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("text", "language"), [("Привет, мир. café", "ru"), ("Привіт, світе", "uk"), ("مرحبا", "ar"), ("Good day", "")]
)
def test_a_few_words_of_another_script_have_its_usual_language(text: str, language: str) -> None:
    assert detect(text) == language
