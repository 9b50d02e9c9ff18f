"""Texts in the encodings of many languages, which do not say which one it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.story.reading.encodings.encoded_twice import repaired
from tests.story.reading import read

ARTICLES = {  # of the Universal Declaration of Human Rights
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Źdźbło, żółć, łąka.",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím.",
    "hu": "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Őszi fűz.",
    "ro": "Toate fiinţele umane se nasc libere şi egale în demnitate şi în drepturi. Ele sunt înzestrate cu raţiune.",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.",
    "hr": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima. Ona su obdarena sviješću.",
    "lt": "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir sąžinė.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité ; l’œuvre coûte cinq francs. Çà et là.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Über die Straße gehört schön.",
    "es": "Todos los seres humanos nacen libres, dotados como están de razón y conciencia. ¿Señor? ¡Sí!",
    "sv": "Alla människor äro födda fria och lika i värde och rättigheter. Å andra sidan.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "ja": "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
}
ENCODINGS = {
    "pl": "cp1250 iso-8859-2 cp852", "cs": "cp1250 iso-8859-2 cp852", "hu": "cp1250 iso-8859-2", "ro": "iso-8859-2",
    "tr": "cp1254 iso-8859-9", "hr": "cp1250 iso-8859-2", "lt": "cp1257 iso-8859-13", "fr": "cp1252 mac_roman",
    "de": "cp1252 mac_roman cp850 utf-16-le", "es": "cp1252 mac_roman cp850", "sv": "cp1252 mac_roman cp850",
    "ru": "cp1251 koi8-r cp866 iso-8859-5 utf-16-le utf-16-be", "el": "cp1253 iso-8859-7 utf-16-le",
    "ja": "cp932 euc-jp iso2022_jp utf-16-le utf-16-be", "zh": "gb18030 big5 utf-16-le utf-32-le",
}  # fmt: skip
CASES = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names.split()]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_the_right_letters(tmp_path: Path, language: str, encoding: str) -> None:
    data = ARTICLES[language].encode(encoding, "replace")
    assert read(tmp_path, data).blocks[0].text == data.decode(encoding)


def test_stray_bytes_do_not_change_the_letters(tmp_path: Path) -> None:
    utf8 = "The café was “naïve”".encode() + b", and \xff it closed."
    assert read(tmp_path, utf8).blocks[0].text.startswith("The café was “naïve”")
    assert read(tmp_path, b"It was caf\xe9 na\xefve \x8d and it isn\x92t here.").blocks[0].text == (
        "It was café naïve and it isn’t here."
    )
    data = "“The quay” isn’t here – said Ann, who’d waited. ".encode("cp1252") + b"\x81 It\x92s caf\xe9."
    assert read(tmp_path, data).blocks[0].text == "“The quay” isn’t here – said Ann, who’d waited. It’s café."


@pytest.mark.parametrize("encoding", ["cp1253", "iso-8859-7"])
def test_greek_is_not_taken_for_russian(tmp_path: Path, encoding: str) -> None:
    text = "Κανείς δεν είπε λέξη όταν το καράβι ήρθε στο λιμάνι, και η βροχή έπεφτε όλη μέρα στις στέγες των σπιτιών."
    assert read(tmp_path, text.encode(encoding)).blocks[0].text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Туман стоял над рекой, и рыбаки молча ждали первых лодок. Никто не говорил о буре."),
        ("cp932", "霧が川の上にかかっていた。漁師たちは最初の船を待っていた。"),
        ("euc-jp", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
        ("cp949", "강 위에 안개가 끼어 있었고 어부들은 첫 배를 기다리고 있었다."),
    ],
)
def test_a_short_text_in_another_script(tmp_path: Path, encoding: str, text: str) -> None:
    assert read(tmp_path, text.encode(encoding)).blocks[0].text == text


@pytest.mark.parametrize("stray", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_windows_leaves_free_are_dropped(tmp_path: Path, stray: int) -> None:
    text = "The café isn’t open — said Ann, “who’d” waited for years and years."
    data = text.encode("cp1252").replace(b"Ann,", b"Ann, " + bytes([stray]))
    assert read(tmp_path, data).blocks[0].text == text


def test_zeros_that_a_program_has_left_are_dropped(tmp_path: Path) -> None:
    prose = ARTICLES["fr"] * 3
    page = f"<!DOCTYPE html><html><body><h1>Droits</h1><img alt=''>{{}}<p>{prose}</p></body></html>"
    story = read(tmp_path, page.encode().replace(b"{}", bytes(3)), "a.html")
    assert [block.text for block in story.blocks] == ["Droits", prose]
    assert read(tmp_path, f"{prose}\0\0").blocks[-1].text == prose


TWICE = "“It’s a café,” she said – naïve über Österreich… à côté of ‘x’ 😀 and the ñandú at 5 °C for £5."


def _as_cp1252(data: bytes) -> str:
    """A text as browsers read it in that code page: five bytes have no letter, and stand for themselves."""
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)


def test_a_text_that_was_encoded_twice_is_repaired(tmp_path: Path) -> None:
    story = read(tmp_path, f"The Quay\n\n{_as_cp1252(TWICE.encode())}\n")
    assert story.blocks[1].text == TWICE
    lost = _as_cp1252(TWICE.encode()).replace("\x9d", "")  # as programs drop it that know no such letter
    assert read(tmp_path, f"The Quay\n\n{lost}\n").blocks[1].text == TWICE


def test_words_encoded_twice_within_a_right_text_are_repaired(tmp_path: Path) -> None:
    text = f"{ARTICLES['de']} Das ist fÃ¼r alle schÃ¶n und gefÃ¤hrlich."
    assert read(tmp_path, f"The Quay\n\n{text}\n").blocks[1].text.endswith("Das ist für alle schön und gefährlich.")


@pytest.mark.parametrize(
    "text", [*ARTICLES.values(), "AMANHÃ… e “NÃO” «É» à IRMÃ” ÇA VÂ»", "It says cafÃ© and donâ€™t, not café and don’t."]
)
def test_what_was_encoded_once_stays(text: str) -> None:
    assert repaired(text) == text
