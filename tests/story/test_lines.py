"""Lines of pages that hold more than letters."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from player.story.html.lines import write_lines
from player.story.html.raised import lowered, raised, write_raised
from player.story.html.tree import html_tree

RAISED = [
    ("it is πr", "2", ".", "²"),
    ("for the tide", "23", " all", ""),
    ("for the tide", "(23)", " all", ""),
    ("the 1", "st", " of May", "st"),
    ("le XX", "e", " siècle", "e"),
    ("M", "me", " Dupont", "me"),
    ("a word", "a", " next", ""),
    ("SO₄", "2-", " is", "²⁻"),
    ("the Na", "+", " ions", "⁺"),
    ("10 m s", "-1", ".", "⁻¹"),
    ("in 1995", "3", ". He", ""),
    ("(a+b)", "2", " =", "²"),
    ("(see above)", "2", " and", ""),
    ("vitamin C", "3", " is", ""),
    ("R", "2", " = 0.9", "²"),
    ("the ", "14", "C dating", "¹⁴"),
    ("", "1", "See Smith", ""),
    ("Acme", "TM", " is", ""),
    ("at 20", "o", "C", "°"),
    ("Google", "beta", " is", " beta"),
    ("2", "10", " = 1024", "¹⁰"),
    ("There are 2", "10", " bytes.", "¹⁰"),
    ("10", "100", " of them", "¹⁰⁰"),
    ("as in Table 2", "12", " above", ""),
    ("10", "6", " m", "⁶"),
    ("sin", "2", " x", "²"),
    ("a word", "1,2", ". ", ""),
    ("among men (5%)", "1-3", " it is", ""),
    ("a word", "[citation needed]", ". ", ""),
    ("x", "k", " =", " to the power of k"),
]


@pytest.mark.parametrize(("before", "mark", "after", "written"), RAISED)
def test_raised_signs_are_told_from_marks_of_notes(before: str, mark: str, after: str, written: str) -> None:
    assert raised(before, mark, after) == written


@pytest.mark.parametrize(
    ("before", "mark", "written"), [("H", "2", "₂"), ("v", "max", " max"), ("log", "10", "₁₀"), ("x", "-1", "₋₁")]
)
def test_lowered_signs(before: str, mark: str, written: str) -> None:
    assert lowered(before, mark) == written


LINES = [
    ("He said <q>I <q>know</q> it</q>.", "He said “I ‘know’ it”."),
    ("<span lang=de>Er sagte <q>ja</q>.</span>", "Er sagte „ja“."),
    ("<span lang=deu>Er sagte <q>ja</q>.</span>", "Er sagte „ja“."),
    ("<span lang=yue>佢話<q>好</q>。</span>", "佢話「好」。"),
    ("<span lang=frr>Hi sää <q>ja</q>.</span>", "Hi sää “ja”."),
    ("He said <q>“no”</q>.", "He said “no”."),
    ("She wrote <q lang=fr>je pars</q>.", "She wrote “je pars”."),
    ("Press the <img src=p.png alt=Pause> key.", "Press the Pause key."),
    ("It is <img class=emoji alt=😀>!", "It is 😀!"),
    ("It ended. <img src=a.jpg alt='A boat at sea' width=600> He left.", "It ended.  He left."),
    ("<img src=t.png alt=T>he boat", "The boat"),
    ("On <time>5 May</time> it rained.", "On 5 May it rained."),
    ("v<sub>1</sub> and SO<sub>4</sub><sup>2-</sup>", "v₁ and SO₄²⁻"),
    ("<i>x</i><sup>2</sup> + <i>A</i><sub><i>i</i></sub>", "x² + A i"),
]


@pytest.mark.parametrize(("html", "text"), LINES)
def test_what_a_line_has_for_eyes_becomes_words(html: str, text: str) -> None:
    tree = html_tree(f"<body><p>{html}</p></body>")
    write_lines(tree)
    assert tree.text_content() == text


def test_a_fragment_that_is_nothing_but_a_raised_sign_is_left_alone() -> None:
    tree = fragment_fromstring("<sup>2</sup>")
    write_raised(tree)
    assert tree.text_content() == "2"


def test_raised_signs_in_raised_signs_are_read_once() -> None:
    tree = fragment_fromstring("<p>πr<sup><sup>2</sup></sup> and <sub><sub>1</sub></sub></p>")
    write_raised(tree)
    assert tree.text_content() == "πr² and ₁"
