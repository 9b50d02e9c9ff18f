"""Lexicons in files: TOML that a person writes, and the W3C's PLS."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from player.errors import PlayerError, UsageError
from player.utterance.lexicon import pls, toml_file
from player.utterance.lexicon.entry import Entry, checked, entered

BY_HAND = """\
# Names in my book

[[entry]]   # the hero
written = "Nguyen"
say = "Win"        # as he says it himself

[[entry]]
written = "read"
say = "red"
match-case = true
language = "en"
"""


def test_adding_and_removing_keeps_comments_and_order(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text(BY_HAND)
    toml_file.add(file, [Entry("nguyen", "Ngwin"), Entry("Siobhan", "Shivawn")])
    text = file.read_text()
    assert text.startswith(BY_HAND.replace('"Nguyen"', '"nguyen"').replace('"Win"', '"Ngwin"'))
    assert [entry.written for entry in toml_file.read(file)] == ["nguyen", "read", "Siobhan"]
    toml_file.remove(file, lambda entry: entry.written == "Siobhan")
    assert file.read_text().strip() == BY_HAND.replace('"Nguyen"', '"nguyen"').replace('"Win"', '"Ngwin"').strip()


def test_the_last_entry_can_be_removed(tmp_path: Path) -> None:
    file = tmp_path / "new" / "lexicon.toml"
    toml_file.add(file, [Entry("a", "b")], heading="Mine")
    assert [entry.written for entry in toml_file.remove(file, lambda entry: True)] == ["a"]
    assert toml_file.read(file) == []
    assert file.read_text().startswith("# Mine")
    toml_file.add(file, [Entry("a", "")])
    assert toml_file.read(file) == [Entry("a", "")]


def test_entries_written_in_one_line_can_be_changed(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text('entry = [{written = "a", say = "b"}, {written = "c", say = "d"}]\n')
    toml_file.add(file, [Entry("c", "e")])
    assert toml_file.read(file) == [Entry("a", "b"), Entry("c", "e")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[[entry]]\nwritten = 'x'\nsay = 'y'\n\n[[entry]]\nwritten = 'z'\nsey = 'x'\n",
            "line 7: entries have no 'sey'",
        ),
        ("[[entry]]\nwritten = 'x'\nsay = 3\n", "line 3: say must be a text in quotes"),
        ("\n[[entry]]\nwritten = 'x'\n", "line 2: it is not said how x is pronounced"),
        ("[[entry]]\nsay = 'x'\n", "line 1: an entry needs the written word"),
        ("[[entry]]\nwritten = 'x'\nsay = 'y'\nlanguage = '!!'\n", "line 4: '!!' is no language"),
        ("[[entry]]\nwritten = 'x'\nsay = 'y'\nmatch-case = 'yes'\n", "line 4: match-case must be true or false"),
        ("# first\nwords = 3\n", "line 2: there is no 'words'"),
        ("[[entry]]\nwritten = 'x'\n[words]\n", "line 3: there is no 'words'"),
        ("[entry]\nwritten = 'x'\n", "line 1: entries are a list"),
        ("[[entry]]\nwritten = x\n", "line 2"),
    ],
)
def test_an_error_names_the_file_and_the_line(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as wrong:
        toml_file.read(file)
    assert str(file) in wrong.value.message
    assert says in wrong.value.message
    with pytest.raises(UsageError):
        toml_file.add(file, [Entry("a", "b")])
    assert file.read_text() == text  # never lost


def test_text_from_outside_is_cleaned() -> None:
    entry = checked(Entry("Ngu\u00adyen\x1b[31m", "W\x07in\n\nner", ipa=" /wɪn/ ", language="EN_gb"))
    assert entry == Entry("Nguyen", "Win ner", ipa="wɪn", language="en-GB")


@pytest.mark.parametrize("ipa", ["ˈnjuːtən", "ma˥˩", "ni²¹⁴", "t͡ʃɔ̃", "ǃʰa", "ʃaˌto|li‿a", "kʰɔ.tə ˈwɪn", "p'a", "ŋ̍"])
def test_what_phonemes_are_written_with_is_taken(ipa: str) -> None:
    assert entered(Entry("x", ipa=f"[{ipa}]")).ipa == ipa


@pytest.mark.parametrize("ipa", ["###", "w1n", "wɪn!", 'r"Ed', "w@n", "{k}"])
def test_what_is_no_ipa_is_refused_when_it_is_new_and_read_where_it_is_kept(ipa: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no sign of the IPA"):
        entered(Entry("x", ipa=ipa))
    kept = tmp_path / "lexicon.toml"
    kept.write_text(f"[[entry]]\nwritten = 'x'\nipa = '{ipa}'\n")
    assert [entry.ipa for entry in toml_file.read(kept)] == [ipa]


PLS = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE lexicon [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">
  <lexeme><grapheme>Newton</grapheme><grapheme>Isaac</grapheme><phoneme>\xcb\x88nut\xc9\x99n</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web <!-- ! -->Consortium</alias></lexeme>
  <lexeme><grapheme>read</grapheme><phoneme>ri\xcb\x90d</phoneme><phoneme prefer="true">r\xc9\x9bd</phoneme></lexeme>
  <lexeme><grapheme>arc</grapheme><phoneme alphabet="x-sampa">Ark</phoneme></lexeme>
  <lexeme><grapheme>x</grapheme><alias>&secret;</alias></lexeme>
</lexicon>
"""


def test_pls_is_read_with_preferred_pronunciations_and_no_entities() -> None:
    entries, left_out = pls.read(PLS, "a.pls")
    assert entries[:4] == [
        Entry("Newton", ipa="ˈnutən", language="en-US"),
        Entry("Isaac", ipa="ˈnutən", language="en-US"),
        Entry("W3C", "World Wide Web Consortium", language="en-US"),
        Entry("read", ipa="rɛd", language="en-US"),
    ]
    assert not any("root" in (entry.say or "") for entry in entries)
    assert left_out == ["line 7: it is not said how arc is pronounced"]


def test_a_file_that_the_system_keeps_from_us_is_a_failure_and_no_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    for path, says in ((tmp_path / "folder", "cannot be read"), (tmp_path / "file" / "lexicon.toml", "cannot be ")):
        with pytest.raises(PlayerError, match=says) as caught:
            toml_file.add(path, [Entry("Nguyen", "Win")])
        assert caught.value.exit_code == 1
    (tmp_path / "wrong").write_text("[[entry]")
    with pytest.raises(UsageError, match="cannot be read"):
        toml_file.read(tmp_path / "wrong")


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"<lexicon>", b"\xff\xfe", b"<!DOCTYPE x [<!ENTITY a 'b'>]><y>&a;</y>"]
)
def test_what_is_no_pls_file_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"a\.pls"):
        pls.read(data, "a.pls")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=10)
ENTRIES = st.builds(
    Entry,
    TEXTS,
    st.none() | TEXTS,
    TEXTS,
    st.booleans(),
    st.sampled_from(["", "en", "de-AT"]),
    st.sampled_from(["", "x"]),
)


@given(st.lists(ENTRIES, max_size=5))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, given_entries: list[Entry]) -> None:
    entries: dict[object, Entry] = {}
    for one in given_entries:
        try:
            made = entered(one)
        except UsageError:
            continue
        entries[made.key] = made
    file = tmp_path_factory.mktemp("lexicon") / "lexicon.toml"
    toml_file.add(file, entries.values())
    assert toml_file.read(file) == list(entries.values())
    data = pls.write(entries.values(), "en")
    assert pls.read(data, "a.pls") == (list(entries.values()), [])
    assert etree.fromstring(data).tag == "{http://www.w3.org/2005/01/pronunciation-lexicon}lexicon"
