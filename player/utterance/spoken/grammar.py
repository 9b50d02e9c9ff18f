"""What stands around an amount: an article before it, a noun after it, a plural."""

from __future__ import annotations

from functools import partial

from player.utterance.spoken.tokens import Kind, Tokens


def is_ordinal_ending(tokens: Tokens, index: int) -> bool:
    """Return True if the ending of an ordinal in figures is here: the "th" of "5th"."""
    return tokens.word(index) in tokens.vocabulary.words("numbers", "ordinal_endings")


def has_determiner(tokens: Tokens, first: int) -> bool:
    """Return True if an article, or what stands for one, is before this token: "a", "the", "its", "the film's"."""
    before = tokens.before(first)
    word = tokens.word(before)
    if word == "s" and tokens.is_sign(before - 1, "'’"):
        return True
    return word in tokens.vocabulary.words("grammar", "determiners")


def begins_noun(tokens: Tokens, index: int) -> bool:
    """Return True if a noun, or an adjective that leads to one, may be here: no "from", "was", "slowly" or full
    stop."""
    token = tokens[index]
    if len(token.text) == 1 and token.text.isupper() and tokens.is_sign(index + 1, "-"):  # "a 180° U-turn"
        return tokens[index + 2].kind is Kind.WORD
    if token.text.isupper() and token.text in tokens.vocabulary.table("names", "compass"):  # "12 km NW of town"
        return False
    if token.kind is not Kind.WORD or len(token.text) < 3:
        return token.kind is Kind.WORD and token.text.isupper() and len(token.text) > 1
    word = token.text.lower()
    adverb = word.endswith("ly") and word not in tokens.vocabulary.words("grammar", "nouns_in_ly")
    return not (adverb or word in tokens.vocabulary.words("grammar", "no_nouns"))


def is_changing(tokens: Tokens, index: int) -> bool:
    """Return True for a number that something rose or fell from or to: "increased from 1061 to 1128"."""
    known, before = tokens.vocabulary.table("joints", "changes"), tokens.before(index)
    earlier, changed = tokens.before(before), tokens.vocabulary.words("grammar", "changed")
    joint, behind = known.get(tokens.word(before)), known.get(tokens.word(tokens.after(index)))
    if joint == "to" and behind == "from":  # "rose to 2004 from 1987"
        return tokens.word(earlier) in changed
    if joint == "from" and tokens[earlier].kind is Kind.NUMERAL:
        target = tokens.before(earlier)
        return known.get(tokens.word(target)) == "to" and tokens.word(tokens.before(target)) in changed
    if known.get(tokens.word(before)) == "to" and tokens[tokens.before(before)].kind is Kind.NUMERAL:
        before = tokens.before(tokens.before(before))
    return tokens.word(tokens.before(before)) in changed and known.get(tokens.word(before)) == "from"


def is_plural(tokens: Tokens, index: int) -> bool:
    """Return True if a noun in the plural is here: "households", "people"."""
    word = tokens.word(index)
    if len(word) < 3 or not tokens[index].text[1:].islower():
        return False
    if word in tokens.vocabulary.words("grammar", "plurals"):
        return True
    grammar = partial(tokens.vocabulary.words, "grammar")
    endings = tuple(grammar("endings_of_no_plurals"))
    return word.endswith("s") and not word.endswith(endings) and word not in grammar("no_plurals")


def stands_apart(tokens: Tokens, index: int) -> bool:
    """Return True if nothing before this token is glued to it but an opening bracket or quotation mark."""
    return tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, '(“"')


def ends_clause(tokens: Tokens, index: int) -> bool:
    """Return True if nothing goes on behind this token: "in 1999 chairs." has no verb to come."""
    after = tokens[index + 1]
    return after.kind is Kind.EDGE or (after.kind is Kind.SIGN and after.text in '.;:!?)”"')


def is_before_noun(tokens: Tokens, first: int, after: int, *, sure: bool = False) -> bool:
    """Return True if an amount belongs to a noun, and so stands in the singular: "a 5 km run", "a $5-a-day plan".

    `first` is its first token, `after` the first behind it; `sure` when no article is needed, as in "35mm film".
    """
    if tokens.is_sign(after, "-"):
        return (tokens[after + 1].kind is Kind.WORD and tokens.word(after + 1) != "plus") or _is_joined(tokens, after)
    at = after + 1
    if tokens.is_sign(after, ",") and has_determiner(tokens, first):  # "a $5 million, five-year contract"
        return tokens.is_sign(after + 3, "-") and tokens[after + 4].kind is Kind.WORD
    if tokens[after].kind is not Kind.SPACE:
        return False
    determined = has_determiner(tokens, first)
    if not begins_noun(tokens, at):
        return determined and (_may_be_noun(tokens, at) or _is_lettered(tokens, at))
    described = is_described(tokens, first)
    sure = sure and tokens.word(at) not in tokens.vocabulary.words("calendar", "weekdays")  # "winds of 90 mph Monday"
    shouted = tokens[at].text.isupper() and len(tokens[at].text) > 1
    return sure or described or is_plural(tokens, at) or shouted


def is_described(tokens: Tokens, first: int) -> bool:
    """Return True if an article is before an amount, or one and an adjective: "a 5 km run", "a free $10 card"."""
    if has_determiner(tokens, first):
        return True
    word, known = tokens.before(first), tokens.vocabulary
    article = tokens.word(tokens.before(word)) in known.words("grammar", "articles")
    return article and tokens.word(word) in known.words("grammar", "before_amounts")


def _may_be_noun(tokens: Tokens, index: int) -> bool:
    """Return True if a word behind an amount is a noun, or says how large one is: "a 50 m² flat", "a 5 m high wall"."""
    known, word = tokens.vocabulary, tokens.word(index)
    if word in known.words("grammar", "also_nouns"):
        return True
    thing = tokens[index + 1].kind is Kind.SPACE and begins_noun(tokens, index + 2)
    return thing and word in known.words("grammar", "dimensions")


def _is_lettered(tokens: Tokens, index: int) -> bool:
    """ "a 27-inch 5K iMac", "a 5 L V8", "a 50 mm f/1.8 lens": a name of letters and figures."""
    joint = index + 2 if tokens.is_sign(index + 1, "/") else index + 1
    kinds = {tokens[index].kind, tokens[joint].kind}
    return kinds == {Kind.WORD, Kind.NUMERAL} and tokens[joint].kind is not Kind.SPACE


def _is_joined(tokens: Tokens, dash: int) -> bool:
    """ "-plus deal": what is joined by a hyphen, and a noun after that."""
    return begins_noun(tokens, dash + 3)
