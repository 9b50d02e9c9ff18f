"""Pronunciations that the listener chose: files of entries, and the lexicon in which a text's words are looked up.

```
lexicon.toml, a story's own file, PLS ──► Entry ──► Lexicon ──► Readings (surer than all others)
        toml_file.py, pls.py           entry.py   matching.py    spoken/choose.py
```
"""
