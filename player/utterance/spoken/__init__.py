"""What is said for what is written: tokens, readings of them, the readings that are meant, and their words.

```
text ──► Tokens ──► Readings ──► chosen ──► said ──► Spoken (text, and the map back to what is written)
      tokens.py   recognisers/  choose.py  speakers/  composing.py
```

A sentence is read once (`tokens.py`). **Recognisers**, one file a class under `recognisers/` (`numbers/`,
`quantities/`, `mathematics/`, `calendar/`, `names/` of words written short, `marks/` of addresses, notes and markup,
`abroad/`), are shown the tokens that they ask for and propose readings: these characters may be money, this much of it,
and so sure am I. One place, `choose.py`, picks among proposals that overlap. A **speaker**, one package a language
under `speakers/`, puts the value of a reading into words, for an engine that reads in its manner (`manner.py`). `listen
script STORY` shows the readings chosen, `listen script STORY --why` those that lost as well.

To add a class of readings, scores of cricket, say:

1. A value in `values.py` if none fits: a subclass of `Value` without a word of any language, `Score(runs=245, out=6)`.
2. `recognisers/cricket.py` with a function that is given the tokens and the index of one of them, looks at its
   neighbours (a bounded number: no text may take more than linear time), and yields readings, and with a `Recogniser`
   that says which tokens it wants to see (every numeral, words in capitals, signs, words, words with a full stop) and
   gives an example:

       def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
           if tokens.is_sign(index + 1, "/") and tokens[index + 2].kind is Kind.NUMERAL and …:
               yield Reading(tokens[index].start, tokens[index + 2].end, "cricket: for", Score(…), 0.6)

       CRICKET = Recogniser("cricket", _propose, (("245/6", "245 for 6"),), numerals=True)

   A text without any of the signs and words asked for is not even tokenised. Where those are frequent in prose (an
   apostrophe, "x", a hyphen), `with_number=True` says that they mean something beside a figure only, and `needs` which
   pieces of text have to be there.

   The id is the class, a colon and what told it. The confidence is what a person would bet: .95 where nothing else
   fits, .9 with a clear sign, .8 with good reason, .6 for the likelier of two, under .5 for what then stays as it is
   written. What argues against a reading makes it less sure; nothing is forbidden by a list of what else might be
   meant. Numbers with what belongs to them (fractions, magnitudes, ranges) are read by `amounts.py`, what stands
   around them by `grammar.py`.
3. One line in `recognisers/__init__.py`, and in each speaker that can say the value a function and a line in the table
   of its module (`SAYS` of `speakers/english/numbers.py`). What it returns is what an engine is given: figures stay
   figures where engines read those right.
4. Words as data: `data/<language>/<file>.toml`, asked for by `tokens.vocabulary.table(file, name)` or `.words(file,
   name)`. No list of words stands in code.
5. Pairs of written and spoken in `tests/utterance/spoken/spoken.tsv`, also of what must stay as it is.

Another language has a folder in `data/`, a package in `speakers/` registered in `speakers/__init__.py`, and its code in
`languages` of the recognisers that its data serves. Those in `recognisers/abroad/` and `speakers/continental.py` serve
German, French, Spanish, Italian, Portuguese and Dutch; abbreviations come from `sentences/data`.

What the listener said of a word (`player/utterance/lexicon/`) is a reading like the others, and certain: whatever
overlaps it loses. An address, a path or a hashtag is one word to it.

`mistakes.py` is the last, thin layer: plain words that some engines take for something else. `cleaning.py` leaves out
what no engine may see.
"""
