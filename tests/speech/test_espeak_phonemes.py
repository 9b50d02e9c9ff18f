"""Phonemes with their places, from the real library."""

from __future__ import annotations

import pytest

from player.errors import EngineError
from player.speech.espeak.phonemes import Clause, Phonemizer

CASES = {
    "en-us|The talks, which were long, ended.": [
        (["ðə", "tˈɔːks"], ","),
        (["wˌɪtʃ", "wɜː", "lˈɔŋ"], ","),
        (["ˈɛndᵻd"], "."),
    ],
    "en-US|Really? No!": [(["ɹˈiəli"], "?"), (["nˈoʊ"], "!")],
    "fr|Le week-end, oui": [(["lə-", "wˈiːkˈɛnd"], ","), (["wˈi"], ".")],
    "pt-BR|Não há pães; põe.": [(["nˌɐ̃ʊ̃", "a", "pˈɐ̃ys"], ";"), (["pˈõj"], ".")],
    "cmn|你好。": [(["ni2χˈɑu2"], ".")],
    "de_DE|Wer kommt?": [(["vˈeːɾ", "kˈɔmt"], "?")],
}


def plain(clauses: list[Clause]) -> list[tuple[list[str], str]]:
    return [([word.phonemes for word in clause.words], clause.sign) for clause in clauses]


@pytest.mark.quick
@pytest.mark.parametrize(("case", "expected"), CASES.items())
def test_each_clause_has_its_words_and_its_end(case: str, expected: list[tuple[list[str], str]]) -> None:
    language, _, text = case.partition("|")
    assert plain(Phonemizer(language).clauses(text)) == expected


def test_every_word_has_its_place() -> None:
    text = "Zoë met (in Kyiv) an F-16 pilot of the U.S. army—twice, at 3.5 °C 😀."
    words = [word for clause in Phonemizer("en-us").clauses(text) for word in clause.words]
    starts = [word.start for word in words]
    assert starts == sorted(starts)
    said = {text[word.start : word.end] for word in words}
    assert {"Zoë", "met", "in", "Kyiv", "an", "pilot", "twice"} <= said


def test_what_was_said_before_changes_nothing() -> None:
    phonemizer = Phonemizer("en-gb")
    text = "Le “garçon”, he said: 25, 3.5, 你好 and Москва."
    before = phonemizer.clauses(text)
    phonemizer.clauses("Something else, in another language: ¿qué?")
    assert phonemizer.clauses(text) == before


@pytest.mark.parametrize("text", ["", "...", "—", "\ud800", "a\0b", "<b>[[x]]", "word " * 500])
def test_any_text_has_phonemes_in_order(text: str) -> None:
    words = [word for clause in Phonemizer("en-us").clauses(text) for word in clause.words]
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(0 <= word.start <= word.end <= len(text) + 1 for word in words)


def test_letters_of_one_phoneme_can_be_tied() -> None:
    [clause] = Phonemizer("en-us", tie="͡").clauses("cheese")
    assert clause.words[0].phonemes == "t͡ʃˈiːz"


def test_a_language_that_it_lacks_is_an_error() -> None:
    with pytest.raises(EngineError, match="does not know the language 'xx'"):
        Phonemizer("xx")
