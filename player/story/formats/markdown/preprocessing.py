"""Markdown outside of code, before it is parsed: template tags, comments and bars before lines of verse go.

>>> without_extensions("{{< toc >}}A \\(x^2\\) %%not read%% is said.")
'A $x^2$  is said.'
"""

from __future__ import annotations

import re
from itertools import count

from player.patterns import later

_TEMPLATE = later(r"\{\{[<%].{0,500}?[>%]\}\}|\{%.{0,500}?%\}|^[ \t]*\{\{[^{}\n]*\}\}[ \t]*$", re.MULTILINE | re.DOTALL)
"""Template tags of Hugo, Jekyll and similar programs."""
_SHOWN = later(r"""\b(text|term_id|caption)\s*=\s*["']([^"'<>]{1,200})["']""")
"""Words that a tag of Hugo shows, or the name of a term."""
_TITLED = later(r"""(?:\{\{[<%]-?\s*figure|\{%-?\s*tab)\s[^{}]{0,300}?\btitle\s*=\s*["']([^"'<>{}]{1,200})["']""")
"""The title of a picture or of a tab, which stands alone."""
_MACRO = later(
    r"""\{\{\s*\w+\(\s*(?:"([^"{}]*)"|'([^'{}]*)')(?:\s*,\s*(?:"([^"{}]*)"|'([^'{}]*)'))?[^{}]{0,200}\)\s*\}\}"""
)
"""A macro of MDN within a line: {{Glossary("Cache", "caches")}}."""
_HIGHLIGHT = later(
    r"""\{%-?\s*highlight\b[^%]{0,80}%\}\n?((?:(?!\{%-?\s*highlight).){0,20000}?)\{%-?\s*endhighlight\s*-?%\}
      | \{\{[<%]\s*(highlight|code[\w-]*)\b[^>%]{0,80}[>%]\}\}\n?
        ((?:(?!\{\{[<%]\s*(?:highlight|code)).){0,20000}?)\{\{[<%]\s*/\s*\2\s*[>%]\}\}""",
    re.DOTALL | re.VERBOSE,
)
"""Code of Jekyll and Hugo."""
_FENCED = later(r"(^ {0,3}(?:```|~~~)[^\n]*\n(?:(?! {0,3}(?:```|~~~)).*\n)*+ {0,3}(?:```|~~~))", re.MULTILINE)
_TEX = later(r"(?<!\\)\\\(([^\n]{1,300}?)\\\)|(?<!\\)\\\[((?:[^\\]|\\(?!\[)){1,1000}?)\\\]")
"""Formulas as chat programs write them: \\(a^2\\), \\[a^2\\]."""
_DISPLAYED = later(
    r"""(?<!\$)(?<!\$\n)[ \t]*\\begin\{(equation|align|gather|multline|eqnarray|displaymath|flalign)(\*?)\}
        ((?:(?!\\begin\{\1|\n[ \t]*\n).){1,2000}?)\\end\{\1\2\}""",
    re.DOTALL | re.VERBOSE,
)
"""Formulas as LaTeX has them, which MathJax shows in notebooks and on pages."""
_IS_TEX = later(r"\\[a-zA-Z]{2,}|[\^={}]|(?<!\\)_")
_COMMENT = later(r"%%.*?%%", re.DOTALL)
_INSERTED = later(r"\^\^(?=\S)([^\n^]{1,500}?)(?<=\S)\^\^")
_COUNTED = later(r"^ {0,3}(?:#\.|\(@[\w-]*\))(?=\s)", re.MULTILINE)
"""Items that pandoc counts: "#. One", "(@) An example"."""
_VERSE = later(r"^\|[ \t]+([^|\n]*)$", re.MULTILINE)


def without_extensions(text: str) -> str:
    """Return text without extensions of CommonMark between the lines: template tags, comments, bars before lines of
    verse."""
    if "highlight" in text or "{{< code" in text:
        text = _HIGHLIGHT.sub(lambda found: f"\n~~~\n{found[1] or found[3]}\n~~~\n", text)
    parts = _FENCED.split(text)
    return "".join(part if n % 2 else _plain(part) for n, part in enumerate(parts))


def outside_code(text: str) -> str:
    """Return text without its blocks of code between fences."""
    return "\n".join(_FENCED.split(text)[::2])


def _plain(text: str) -> str:
    """Return text outside of code without template tags, comments and bars."""
    if "{{" in text or "{%" in text:
        text = _MACRO.sub(_shown_by, _TEMPLATE.sub(_shown_by_tag, text))
    if "\\(" in text or "\\[" in text:
        text = _TEX.sub(_in_dollars, text)
    if "\\begin{" in text:
        text = _DISPLAYED.sub(_displayed, text)
    if "^^" in text:
        text = _INSERTED.sub(r"\1", text)
    if "(@" in text or "#. " in text:
        text = _counted(text)
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if "\n| " in text:
        text = _VERSE.sub(lambda found: f"{found[1]}  ", text)
    return text


def _counted(text: str) -> str:
    """Return a text with numbers for items that pandoc counts; examples go on all through it."""
    examples = count(1)
    return _COUNTED.sub(lambda found: "1." if found[0].endswith("#.") else f"{next(examples)}.", text)


def _in_dollars(found: re.Match[str]) -> str:
    """Return a formula between dollars; brackets that are only escaped stay."""
    tex = " ".join((found[1] or found[2]).split())
    mark = "$" if found[1] else "$$"
    return f"{mark}{tex}{mark}" if _IS_TEX.search(tex) else found[0]


def _displayed(found: re.Match[str]) -> str:
    """Return a formula of several lines as one between dollars."""
    tex = " ".join(found[3].split())
    several = "&" in tex or "\\\\" in tex
    return "\n\n$$\n" + (f"\\begin{{align}}{tex}\\end{{align}}" if several else tex) + "\n$$\n\n"


def _shown_by_tag(tag: re.Match[str]) -> str:
    """Return what a template's tag shows within a line; most show something else, or nothing."""
    found: dict[str, str] = dict(_SHOWN.findall(tag[0])) if tag[0].startswith("{{") else {}
    said = found.get("text", "") or found.get("caption", "") or found.get("term_id", "").replace("-", " ")
    if not said and (titled := _TITLED.match(tag[0])):
        return f"\n\n{titled[1]}\n\n"
    return said


def _shown_by(macro: re.Match[str]) -> str:
    """Return the words of a macro: its second argument, or else its first."""
    name, other, said, said_too = macro.groups()
    return str(said or said_too or (name or other or "").replace("_", " "))
