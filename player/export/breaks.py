"""Where a text may be broken for subtitles, and how much a reader minds.

The costs put into numbers what broadcasters ask of subtitlers (BBC Subtitle Guidelines, "Line breaks"; Karamitroglou
1998): end at a sentence, else at a clause, else before a conjunction or a preposition; keep together an article
and its noun, a name, a number and what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from player.story.model import Span

SENTENCE, STRONG, COMMA, LINK, PREPOSITION, WORD, BOUND, GROUP, HYPHEN, INSIDE = (0, 3, 6, 9, 13, 20, 40, 45, 50, 100)
"""What a break costs: after a sentence, a strong mark or a comma, before a linking word or a preposition, between
any words, after a word that belongs to the next, inside a name or a number, after a hyphen, and inside a word."""


class Unit(NamedTuple):
    """What is never broken: a word with its marks, a character of Chinese, a part of a very long word."""

    start: int
    end: int
    """[start, end) in the text, without the blank after it."""
    cells: int
    """How wide it is: letters of Latin have 1, characters of Chinese 2."""
    blank: bool
    """Whether a blank follows."""
    cost: int
    """Of a break after it."""


_LINKS = {
    "en": "and but or nor so yet while whereas although though because since unless until after before when where "
    "which who whose that if than whether as how what why",
    "de": "und aber oder denn sondern doch weil dass wenn als ob während obwohl damit nachdem bevor sodass "
    "welche welcher welches wo wie",
    "fr": "et mais ou car donc que qui dont où lorsque quand puisque parce si comme tandis afin",
    "es": "y e o u pero sino que quien cuyo donde cuando porque si aunque mientras como",
    "it": "e ed o ma che cui dove quando perché se mentre anche come oppure",
    "nl": "en maar of want dat die omdat als wanneer terwijl hoewel zodat waar wie",
    "pt": "e ou mas que quem cujo onde quando porque se embora enquanto como",
}
"""Language -> words before which a clause may begin."""

_PREPOSITIONS = {
    "en": "with without including in on at by for from into onto over under between among through during against "
    "about across around behind beside despite toward towards upon within like per via to",
    "de": "mit ohne in im auf an am bei für von vom aus nach vor über unter zwischen durch gegen um zu zum zur seit "
    "wegen trotz",
    "fr": "avec sans dans sur à au aux par pour de du des en entre sous vers chez contre depuis pendant",
    "es": "con sin en sobre a al por para de del desde entre hacia hasta contra durante",
    "it": "con senza in nel nella nei sul sulla a al alla per da dal dalla di del della tra fra verso",
    "nl": "met zonder in op aan bij voor van uit naar over onder tussen door tegen om te sinds",
    "pt": "com sem em no na nos nas sobre a ao à por para de do da dos das entre até contra desde",
}

_BINDERS = {
    "en": "of a an the my your his her its our their this these those not no very is are was were be been being am "
    "has have had do does did will would can could may might shall should must i you he she it we they there "
    "more most less such each every any some both all",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine mein sein ihr unser dieser diese "
    "dieses nicht sehr ist sind war waren hat haben wird werden ich du er sie es wir",
    "fr": "le la les l un une mon ma mes ton ta tes son sa ses notre votre leur leurs ce cet cette ces ne est sont a "
    "ont je tu il elle on nous vous ils elles se très",
    "es": "el la los las un una unos unas mi tu su sus este esta estos estas no es son ha han muy se lo",
    "it": "il lo la i gli le un uno una l mio tuo suo loro questo questa non è sono ha hanno molto si",
    "nl": "de het een mijn jouw zijn haar ons onze hun deze dit niet is was waren heeft hebben zeer ik je hij ze we",
    "pt": "o a os as um uma meu seu sua este esta não é são foi há muito se",
}
"""Words that lean on the next one, beside all links and prepositions."""

_EDGES = re.compile(r"^\W+|\W+$")
_CLOSING = re.compile(r"[”»›)\]}」』）】〉》]+$|(?<=[^\w\s])[\"'’]+$")
"""An apostrophe closes nothing: "the leaders’ agreement"."""
_ENDING = re.compile(r"[;:…?!；：？！。—–]$")
_PAUSING = re.compile(r"[,，、]$")
_OPENING = re.compile(r"[“„«‹(\[]")
_DASH = re.compile(r"[-—–]+$")
_GLUED = re.compile(r"(?<=\w\w)[-‐](?=[^\W\d_]{2})|(?<=[\w”’\")])[—–](?=[^\W\d_]|[“‘\"(])")
"""A hyphen or a dash after which a word may be broken."""
_ADDRESS = re.compile(r"(?<=[/?&=.,_~%#:+@-])(?=\w)")
"""Where a URL may be."""

_EAST_ASIAN = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff]"
)
"""Chinese and Japanese, which are broken without blanks; Korean has them."""
_NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】〕〉》”’…‥～〜ーゝゞ々％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ.,!?:;)]}%"
)
_NOT_LAST = frozenset("（「『【〔〈《“‘￥＄([{$€£¥")
"""What may not begin or end a line (JIS X 4051, GB/T 15834)."""
_HIRAGANA = re.compile("[\u3041-\u309f]")


def units(text: str, language: str, sentences: Iterable[Span], limit: int) -> list[Unit]:
    """A block's text in pieces of at most `limit` cells, in order, with nothing left out but blanks.

    `language` is BCP 47; `sentences` are spans of the text.
    """
    judge = _Judge(text, language, sentences)
    words = [Span(*match.span()) for match in re.finditer(r"\S+", text)]
    found: list[Unit] = []
    for word, following in zip_longest(words, words[1:]):
        cuts = _cuts(text[slice(*word)], limit, judge.code)
        cuts[word.end - word.start] = judge.cost(word, following) if following else SENTENCE
        for first, last in pairwise((0, *sorted(cuts))):
            start, end = word.start + first, word.start + last
            blank = end == word.end and following is not None
            cost = SENTENCE if end in judge.ends else cuts[last]
            found.append(Unit(start, end, cells(text[start:end]), blank, cost))
    return found


def cells(text: str) -> int:
    """How wide a text is, in letters of Latin; a character of Chinese or an emoji is two."""
    if text.isascii():
        return len(text)
    import wcwidth  # 0.05 s

    return wcwidth.width(text)


class _Judge:
    """Says what breaks between the words of one text cost."""

    def __init__(self, text: str, language: str, sentences: Iterable[Span]) -> None:
        spans = tuple(sentences)
        self.text = text
        self.starts = frozenset(span.start for span in spans)
        self.ends = frozenset(span.end for span in spans)
        self.code = language.partition("-")[0].lower()
        self.links = frozenset(_LINKS.get(self.code, "").split())
        self.prepositions = frozenset(_PREPOSITIONS.get(self.code, "").split())
        self.binders = self.links | self.prepositions | frozenset(_BINDERS.get(self.code, "").split())

    def cost(self, left: Span, right: Span) -> int:
        """Of a break between two neighbouring words."""
        if left.end in self.ends:
            return SENTENCE
        before, after = self.text[slice(*left)], self.text[slice(*right)]
        word, following = _EDGES.sub("", before), _EDGES.sub("", after)
        if not following and not _DASH.fullmatch(after):
            return INSIDE  # "Bonjour| !", "3| €"
        if not word and (left.start in self.starts or not _DASH.fullmatch(before)):
            return INSIDE  # "«| Bonjour", "—| Bonjour"
        bare = _CLOSING.sub("", before)
        if _ENDING.search(bare):
            return STRONG
        in_date = word[-1:].isdigit() and following[:1].isdigit()
        if bare != before or _OPENING.match(after) or (_PAUSING.search(bare) and not in_date):
            return COMMA
        return self._between(word, following, abbreviated=before.endswith("."))

    def _between(self, word: str, following: str, abbreviated: bool) -> int:
        """With no mark between them but that of an abbreviation."""
        small = following.lower()
        linked = small in self.links or small in self.prepositions
        if word[-1:].isdigit():
            counts = following[:1].isdigit() or (following[:1].islower() and not linked)  # "90| minutes"
        else:
            counts = following[:1].isdigit() and (abbreviated or word[:1].isupper())  # "Apollo| 11"
        names = word[:1].isupper() and following[:1].isupper() and self.code != "de"  # where all nouns have capitals
        if counts or names:
            return GROUP
        if word.lower() in self.binders:
            return BOUND
        if linked:
            return LINK if small in self.links else PREPOSITION
        return WORD


def _cuts(word: str, limit: int, code: str) -> dict[int, int]:
    """Where a word may be broken inside, and at what cost: at hyphens, between East Asian characters, and, when it
    is too long for a line, as URLs are or anywhere."""
    cuts = {match.end(): HYPHEN if match.group() in "-‐" else STRONG for match in _GLUED.finditer(word)}
    if _EAST_ASIAN.search(word):
        cuts |= _east_asian(word, code)
    if cells(word) > limit:
        cuts = {match.start(): INSIDE for match in _ADDRESS.finditer(word)} | cuts
        for first, last in pairwise((0, *sorted(cuts), len(word))):
            if cells(word[first:last]) > limit:
                cuts |= {first + end: 2 * INSIDE for _, end in _graphemes(word[first:last])}
    cuts.pop(len(word), None)
    return cuts


def _graphemes(text: str) -> Iterator[tuple[str, int]]:
    """What a reader takes for one character, and where it ends."""
    import wcwidth

    end = 0
    for grapheme in wcwidth.iter_graphemes(text):
        end += len(grapheme)
        yield grapheme, end


def _east_asian(word: str, code: str) -> dict[int, int]:
    """Where a line of Chinese or Japanese may be broken, and at what cost."""
    return {
        end: _between_characters(left[-1], right[0], code)
        for (left, end), (right, _) in pairwise(_graphemes(word))
        if (_EAST_ASIAN.match(left) or _EAST_ASIAN.match(right))
        and right[0] not in _NOT_FIRST
        and left[0] not in _NOT_LAST
    }


def _between_characters(left: str, right: str, code: str) -> int:
    """Japanese writes a phrase as Chinese characters or katakana and then hiragana; Chinese shows no words at all."""
    if left in "。！？；：…":
        return STRONG
    if left in "，、」』）】〕〉》" or right in _NOT_LAST:
        return COMMA
    if code == "zh" or not (left.isalnum() and right.isalnum()):
        return WORD
    if _HIRAGANA.match(left):
        return BOUND if _HIRAGANA.match(right) else LINK
    return GROUP
