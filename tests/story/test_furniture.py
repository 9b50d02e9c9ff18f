"""Page matter goes, sentences stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.story.furniture import LINES, beginnings, is_furniture

GOES = """Listen To Story Above|Listen to this article · 7 min|Advertisement|ADVERTISEMENT|Anzeige|Publicité
Story continues below advertisement|Read more: The lighthouse that would not die|Related: Six towns|READ MORE
Share this article|Share on Facebook|Share|Facebook Twitter WhatsApp|Share full article|Copy link|Print|Save
Sign up for our daily newsletter|Subscribe to our newsletter|Subscribe now|Subscribe to The Morning Post
Get the best stories delivered straight to your inbox|Follow us on X and Instagram|Follow Jane Doe on Twitter
5 min read|1,204 shares|23 Comments|Image credit: Jane Doe/AP|© 2024 The Daily. All rights reserved|Getty Images
More from BBC News|Most read|Recommended stories|Skip advertisement|Leave a comment|Click here to sign up
Play audio|Photo: A. Person|Back to top|Lesen Sie auch: Das Ende der Uhr|Lire aussi : La nuit
Listen 5 min|Comments (12)|Save this story|Print this page|Privacy policy|Tags: ferries, islands|0:00 / 5:23
Watch: Storm hits coast|Already a subscriber? Log in|Advertisement - scroll to continue|Next article|Tweet
Copy Link copied|Follow Norfolk news on BBC Sounds, Facebook, Instagram and X.|More Must-Reads From The Week|1.2K
You might also like: Ginger Loaf|Write to Jane Doe at jane.doe@example.org|jane@example.org (END)|Table of contents
Article réservé à nos abonnés Lire aussi : A Sein|If you enjoyed this story, please clap and follow me for more.
Foto: MDR/Bernd Cramer|(Bild: Dieter Stork)|Crédits photos : Bestimage|Beitragsbild: Stefan Mang
(Credit: C. Aldern / Grist)|© Oli Scarff/Getty Images|© DTB|Reklama|Реклама
Czytaj też: Wyścig zbrojeń ruszył z kopyta|Lue seuraavaksi:|(Symbolbild)
Diese Artikel könnten euch auch interessieren:|Le puede interesar: JEP abrirá tres nuevos macrocasos|TE PUEDE INTERESAR
Copyright Inexhibit 2019 - ISSN: 2283-5474|123 points by ann 3 hours ago · 45 comments|ann 2 days ago [–]
submitted 5 hours ago by ann to r/boats|Posted by u/ann · 3 hours ago
You are receiving this email because you signed up.|Unsubscribe · Preferences|このニュースをシェア|（编辑：严玉洁）"""
STAYS = """Listen to your mother.|Share your bread with the hungry.|More from the soup pot|Read more books, she said.
Watch your step!|Print money and prices rise.|Follow us, they cried.|Save the whales|Get the car, he said.
Subscribe to no creed, he told her, and trust nobody who does so for money.|More than 20 people came.
Related species live nearby.|The picture: a man on a horse.|The ad ran on Sunday.|Ads work.|Sign here, please.
No comment.|Email killed the letter.|Don't miss the point.|See also how the light falls.
Listen. Somebody is at the door.|Share prices fell by 4% on Monday.|The story continues in the village.|X|X.
Listen.|“Listen!”|"Share."|‘Save.’|Watch: I can do it myself, she said.|Related: nothing at all came of it.
Click here and the door opens, said the old man.|Find us at the gate, he said.|Ads.|Recommended: two pills a day.
Sponsored by the king, he went west.|Get me a pen, and put the letter in your inbox.|© 2020 was a joke year.
Follow me on my way, he said.|1|31|2.4|Key links in the chain|You may also like to know that he died.|5K
Foto und Film: was bleibt?|Bild: Wie sieht es aus?|Das könnte sein, sagte er.
Photographs fade: nobody knows why; not even he.
© is a sign. It is old.|Lire la suite des nombres.|Copyright law is old.|Auch interessant ist das Alter.
Three points by 1990, and it was over.|Died 3 hours ago|Posted 3 hours ago by the king, it stood on the gate.
On this page he wrote his name.|Follow the river on foot and then turn left.|Write to me at the old address, she said.
In this article we look at ducks.|More stories in which nobody dies.|If you enjoyed this, said the judge, I did not."""


@pytest.mark.parametrize("line", GOES.replace("\n", "|").split("|"))
def test_goes(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", STAYS.replace("\n", "|").split("|"))
def test_stays(line: str) -> None:
    assert not is_furniture(line)


def test_lines_with_bars_go() -> None:
    assert is_furniture("123 points by ann 3 hours ago | hide | 45 comments")
    assert is_furniture("ann 1 hour ago | prev | next [–]")
    assert not is_furniture("Ann came an hour ago | and left")


@settings(max_examples=40)
@given(st.data())
@pytest.mark.parametrize(("group", "pattern"), [(n, p) for n, group in enumerate(LINES) for p in group.patterns])
def test_whatever_is_looked_for_has_one_of_the_beginnings(group: int, pattern: str, data: st.DataObject) -> None:
    line = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assert not beginnings(line).isdisjoint(LINES[group].beginnings)
    assert not beginnings(line.upper()).isdisjoint(LINES[group].beginnings)
