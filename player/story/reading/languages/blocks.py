"""Languages of a story and of its blocks: as the source marks them, else as detected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from player.story.language import alike, detect, guess, is_guessed, is_latin, letters_of
from player.story.language_tag import language_of, same_language
from player.story.model import Block, BlockKind
from player.story.reading.languages.passages import has_other_letters, named, with_passages
from player.story.reading.languages.usual_words import Own, is_clearly_english, is_english, own_language

_SAMPLE = 60
"""Blocks that tell the language of a story."""
_ENOUGH = 400
"""Letters that tell it better than the source, whose template or program may have another language than its text."""
_LONG, _LONG_IN_ANOTHER_SCRIPT = 40, 12
"""Letters of a block whose language is detected; a name or a title looks like any language."""
_SURE = 0.8
"""Share of one language in the guesses. Of 15,000 English paragraphs with 13 taken for another language, which were all
French or German for the most part, 1,875 of 2,179 in 40 other languages were found, and none was wrong."""
_IN_LATIN = frozenset(("en", "de", "es", "fr", "it", "nl", "pt"))
_GLANCED_AT, _LOOKED_AT = 160, 400
"""Characters of a block: the model takes 1.5 ms for 1,000."""


def story_language(blocks: Sequence[Block], declared: str) -> str:
    """Return the language of a story: as declared, unless its text is clearly in another one; "" when none is clear."""
    sample = " ".join(block.text for block in blocks[:_SAMPLE])
    if not declared:
        return "en" if letters_of(sample) >= _ENOUGH and is_clearly_english(sample) else detect(sample)
    if letters_of(sample) < _ENOUGH or (same_language(declared, "en") and is_english(sample)):
        return declared
    found = guess(sample[: 10 * _LOOKED_AT])
    wrong = found.share >= _SURE and is_guessed(declared) and not alike(found.language, declared)
    return found.language if wrong else declared


def with_languages(blocks: Sequence[Block], language: str) -> list[Block]:
    """Return the blocks of a story in `language`, each with its own where that is another one, and passages in others
    within it."""
    own = own_language(blocks, language) if language and is_guessed(language) else None
    marked = [_marked(named(block, own), language) for block in blocks]
    found = _as_beside([_detected(block, own) for block in marked], own) if own else marked
    latin = own.latin if own else is_latin(" ".join(block.text for block in blocks[:_SAMPLE]))
    return [_in_its_script(block, language or "en") for block in found] if latin else found


def _in_its_script(block: Block, language: str) -> Block:
    """Return a block of a story in Latin letters with its likeliest language if it is in others, however short it is:
    no voice of the story's `language` can read it. Passages in several languages stay as they are."""
    if block.language or not has_other_letters(block.text) or is_latin(block.text):
        return block
    known = {span.language for span in block.languages}
    if len(known) > 1 or (known and _says_more(block)):
        return block
    found = known.pop() if known else detect(block.text[:_LOOKED_AT])
    if not found or alike(found, language) or not _may_be(found, block.text):
        return block
    return replace(block, language=found, languages=())


def _as_beside(blocks: list[Block], own: Own) -> list[Block]:
    """Return the blocks, with headings and short ones in another script than the story's, which its voice cannot read,
    in the language of the block after or before them in that script: "第二章" above a Chinese paragraph."""
    found = list(blocks)
    for at in reversed(range(len(found))):  # of two headings the second one first
        block = found[at]
        if block.language or block.languages:
            continue
        for beside in (*found[at + 1 : at + 2], *found[max(at - 1, 0) : at]):
            if beside.language and is_latin(block.text) != own.latin and _scripts(block) & _scripts(beside):
                found[at] = replace(block, language=beside.language)
                break
    return found


def _scripts(block: Block) -> set[str]:
    """Return the scripts of a block's first letters, by the first word of their names: {"CJK", "HIRAGANA"}."""
    from unicodedata import name

    return {name(sign, "").partition(" ")[0] for sign in block.text[:_GLANCED_AT] if sign.isalpha()}


def _detected(block: Block, own: Own) -> Block:
    """Return a block with the languages that are clearly not the story's: its own, or those of passages in it."""
    found = with_passages(block, own)
    if block.language or block.languages or not (language := _whole(block, own)):
        return found
    around = _around(found) if found.languages else ""
    if any(map(str.isalnum, around)) and not alike(guess(around[:_LOOKED_AT]).language, language):
        return found  # "Je ne sais pas," answered the old man
    return replace(block, language=language)


def _whole(block: Block, own: Own) -> str:
    """Return the language of a block in which nothing is marked, if it is clearly not the story's; else empty."""
    if block.kind is BlockKind.HEADING or own.is_usual(block.text[:_GLANCED_AT]):
        return ""
    text = block.text[:_LOOKED_AT]
    letters = letters_of(text)
    if letters < _LONG and (letters < _LONG_IN_ANOTHER_SCRIPT or is_latin(text) == own.latin):
        return ""
    found = guess(text)
    return "" if found.share < _SURE or alike(found.language, own.language) else found.language


def _marked(block: Block, language: str) -> Block:
    """Return a block of a story in `language`: of the languages that are marked in it those that are another one.

    A block whose words are all marked as one language is in that language as a whole.
    """
    spans = tuple(span for span in block.languages if _may_be(span.language, block.text[span.start : span.end]))
    if not spans:
        return replace(block, languages=()) if block.languages else block
    one = all(same_language(span.language, spans[0].language) for span in spans)
    whole = spans[0].language if one and not _says_more(replace(block, languages=spans)) else language
    return replace(
        block,
        language=None if same_language(whole, language) else whole,
        languages=tuple(span for span in spans if not same_language(span.language, whole)),
    )


def _may_be(language: str, text: str) -> bool:
    """Return False for words in other letters than those of their language: word processors mark all that is pasted as
    English."""
    return language_of(language) not in _IN_LATIN or is_latin(text) or not any(map(str.isalpha, text))


def _says_more(block: Block) -> bool:
    """Return True if there are words outside the spans."""
    return any(map(str.isalnum, _around(block)))


def _around(block: Block) -> str:
    """Return the text outside the spans."""
    said, end = [], 0
    for span in block.languages:
        said.append(block.text[end : span.start])
        end = span.end
    return "".join([*said, block.text[end:]])
