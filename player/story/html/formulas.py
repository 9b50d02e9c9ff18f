"""Formulas in a page, however it writes them, replaced by what is read out: MathML, TeX for MathJax and KaTeX, pictures
of formulas with their TeX beside them."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote, urlsplit

from player.patterns import later
from player.story.html.tree import take_out
from player.story.reading.formulas import formula_text, mathml_text, no_text

_MARKED = ("math", "mjx-container", "math-renderer", "la-tex", "tex")
_CLASSED = later(r"[mM]ath|katex|latex|^tex$")
_WRITTEN = "//text()[contains(., '\\') or contains(., '$')][not(parent::script or parent::style)]"
_RENDERED = (
    "//*[@class][self::span or self::div][contains(@class, 'MathJax') or contains(@class, 'katex-html')]"
    "[not(descendant::math) and not(descendant::script)]"
)
"""What a script has drawn beside its source."""
_WRAPPED = (
    "//*[@class='katex' or contains(@class, 'mwe-math-element') or self::mjx-container"
    " or contains(@class, 'MathJax_Display') or @class='MathJax' or contains(@class, 'MathJax ')]"
)
"""An element around one formula in several writings, one of them MathML."""
_SCRIPTS = "//script[starts-with(@type, 'math/tex') or starts-with(@type, 'math/asciimath')]"
_PICTURES = (
    "//img[@alt or @src][contains(@class, 'math') or contains(@class, 'tex') or contains(@class, 'formula')"
    " or contains(@class, 'equation') or contains(@src, 'latex') or contains(@src, 'math/render')"
    " or contains(@src, 'cht=tx') or contains(@alt, '\\')]"
)
_ELEMENTS = (
    "//math-renderer | //la-tex | //tex | //*[@class][self::span or self::div or self::code][not(*)]"
    "[@class='math' or @class='math inline' or @class='math display' or @class='tex' or @class='latex'"
    " or @class='arithmatex' or contains(@class, 'language-math') or contains(@class, 'math-tex')]"
)
_TEX = later(
    r"\\\((?P<inline>(?:[^\\]|\\(?!\()){1,500}?)\\\)|\\\[(?P<display>(?:[^\\]|\\(?!\[)){1,1000}?)\\\]|(?<![\\$])\$\$(?P<dollars>[^$]{1,1000}?)\$\$"
    r"|\\begin\{(?P<name>equation|align|gather|eqnarray|multline)\*?\}(?P<block>(?:[^\\]|\\(?!begin)){1,1000}?)\\end\{(?P=name)\*?\}",
    re.DOTALL,
)
_SINGLE = later(r"(?<![\\$\w])\$((?![\s\d.,]*\$)[^\s$](?:[^$\n]{0,200}[^\s$\\])?)\$(?![\d$])")
"""Between single dollars: with a command in it, or on pages that have a script for it. Money is no formula."""
_SURE = later(r"[\\^_=<>+{}]|\A\s*[A-Za-z]\s*\Z|\A[A-Za-z]\([A-Za-z]\)\Z")
_IN_WORDS = later(r"[^\W\d_]{3,} [^\W\d_]{2,}")
"""In a description that says a formula in words, as a person does: "E equals mc squared"."""
_COMMAND = later(r"\\[a-zA-Z]{2,}")
"""What nothing but TeX has between dollars."""
_IS_TEX = later(r"[\\{}^_]")
_DRAWN = later(r"\bmjx-c([0-9A-F]{2,5})\b")
_IN_LINE = frozenset(("mjx-math", "mjx-mrow", "mjx-texatom", "mjx-mi", "mjx-mn", "mjx-mo", "mjx-mspace", "mjx-c"))
"""MathJax's elements of a formula that has nothing above or below its line."""
_LOADS = "boolean(//script[contains(@src, 'athjax') or contains(@src, 'athJax') or contains(@src, 'katex')])"
_CONFIGURED = later(r"inlineMath|tex2jax|renderMathInElement|katex", re.IGNORECASE)
_GLUED = later(r"(?!(?:st|nd|rd|th|s)\b)[^\W\d_]{2}")
"""A word right behind a formula, where a page leaves the room between them to its style."""
_LONGEST_SETTING = 10_000
"""Characters of a script that are looked at."""
_APART = frozenset(("div", "center", "p", "figure", "table"))
_KEPT = frozenset(("pre", "code", "script", "style", "textarea", "kbd", "samp", "math", "title", "noscript"))


def say_formulas(tree: Any) -> None:
    """Put words in place of a tree's formulas."""
    language = tree.get("lang") or ""
    page = _page_has(tree)
    if not page:
        return
    if "math" in page:
        _say_marked(tree, language)
    if "alt" in page:
        for picture in tree.xpath(_PICTURES):
            if tex := _picture_tex(picture):
                words = _IN_WORDS.search(tex) is not None and not _SURE.search(tex)
                _put(picture, tex if words else formula_text(tex, language))
    if "written" in page:
        _say_written(tree, language)


def _page_has(tree: Any) -> frozenset[str]:
    """Return which of the signs of formulas a tree has at all: most have none."""
    from lxml.etree import tostring

    found = set()
    text = tostring(tree, method="text", encoding="unicode", with_tail=False)
    if "\\" in text or "$" in text:  # a tenth of an XPath's time
        found.add("written")
    scripts = (script.get("type") or "" for script in tree.iter("script"))
    if (
        next(tree.iter(*_MARKED), None) is not None
        or any(kind.startswith("math/") for kind in scripts)
        or any(map(_CLASSED.search, set(tree.xpath("//@class"))))
    ):
        found.add("math")
    if next(tree.iter("img"), None) is not None:
        found.add("alt")
    return frozenset(found)


def _say_marked(tree: Any, language: str) -> None:
    """Replace the elements that are formulas by words."""
    for script in tree.xpath(_SCRIPTS):
        before = script.getprevious()
        while before is not None and not (before.tail or "").strip() and "MathJax" in (before.get("class") or ""):
            rendered, before = before, before.getprevious()
            rendered.drop_tree()
        script.attrib.clear()
        _put(script, formula_text(_without_marks(script.text or ""), language))
    for drawn in tree.xpath("//*[@data-mathml]"):
        if (formula := _parsed(drawn.get("data-mathml"))) is not None:
            _put(drawn, _math_said(formula, language))
    for wrapper in tree.xpath(_WRAPPED):
        if wrapper.getparent() is None:
            continue
        formula = next(wrapper.iter("math"), None)
        if formula is not None:
            said = _math_said(formula, language)
        else:
            picture = next(wrapper.iter("img"), None)
            said = formula_text(_picture_tex(picture), language) if picture is not None else _drawn(wrapper, language)
        if said:
            _put(wrapper, said)
    for formula in list(tree.iter("math")):
        _show(formula)
        _put(formula, _math_said(formula, language))
    for element in tree.xpath(_ELEMENTS):
        tex = _without_marks(element.text or "")
        if tex != (element.text or "").strip() or _SURE.search(tex):
            _put(element, formula_text(tex, language))
    take_out(tree, tree.xpath(_RENDERED))


def _parsed(mathml: str) -> Any:
    """Return the formula in an attribute; None for anything else."""
    from lxml.html import fragment_fromstring

    try:
        found = fragment_fromstring(mathml)
    except (ValueError, LookupError, SyntaxError):  # of lxml's ParserError
        return None
    return found if found.tag == "math" else next(found.iter("math"), None)


def _drawn(wrapper: Any, language: str) -> str:
    """Return what is said of a formula of which the page has nothing but the drawing: its letters, which MathJax names
    in classes; that there is one where they are not simply in a line."""
    if wrapper.tag != "mjx-container":
        return " ".join(wrapper.text_content().split()) if wrapper.get("class") == "katex" else ""
    tokens = [
        token.text_content().strip()
        or "".join(chr(int(sign, 16)) for one in token.iter("mjx-c") for sign in _DRAWN.findall(one.get("class") or ""))
        for token in wrapper.iter("mjx-mi", "mjx-mn", "mjx-mo")
    ]
    if not any(tokens):
        return ""
    line = all(one.tag in _IN_LINE for one in wrapper.iterdescendants())
    return normalize("NFKC", " ".join(filter(None, tokens))) if line else no_text(language)


def _math_said(formula: Any, language: str) -> str:
    """Return a formula in words: its author's own, else from its TeX, else from its tree."""
    written = " ".join((formula.get("alttext") or "").split())
    if written and not _IS_TEX.search(written):
        return written
    said = mathml_text(formula, language)
    tex = written or "".join(formula.xpath(".//annotation[@encoding='application/x-tex']/text()"))
    if tex and (said in ("", no_text(language)) or not _has_structure(formula)):
        return formula_text(_without_marks(tex), language)
    return said


def _has_structure(formula: Any) -> bool:
    return next(formula.iterdescendants("mrow", "msup", "msub", "mfrac", "mo", "mn"), None) is not None


def _show(formula: Any) -> None:
    """Remove the attributes that hide a formula from the <span>s around it: beside a picture of it, it is hidden."""
    for around in formula.iterancestors("span"):
        for name in ("style", "class", "hidden", "aria-hidden"):
            around.attrib.pop(name, None)


def _picture_tex(picture: Any) -> str:
    """Return the TeX of a picture's description or of its address; empty when it is another picture."""
    alt, address = picture.get("alt") or "", picture.get("src") or ""
    names = f"{picture.get('class', '')} {address}".lower()
    known = any(name in names for name in ("math", "tex", "formula", "equation"))
    if alt and (known or re.search(r"\\[a-z]{2,}|[\^_]\{", alt)):
        return _without_marks(alt) if _SURE.search(alt) or "math" in names or "latex" in names else ""
    parts = urlsplit(address)
    for name, value in parse_qsl(parts.query):
        if name in ("tex", "latex", "chl", "eq"):
            return value
    if "latex" in address and parts.query and "=" not in parts.query.partition("\\")[0]:
        return unquote(parts.query)
    return ""


def _without_marks(tex: str) -> str:
    """Return TeX without the delimiters around it: "x^2" for "$x^2$"."""
    tex = tex.strip()
    for opening, closing in (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$"), ("{\\displaystyle", "}")):
        if tex.startswith(opening) and tex.endswith(closing) and len(tex) > len(opening) + len(closing):
            return tex[len(opening) : -len(closing)].strip()
    return tex


def _say_written(tree: Any, language: str) -> None:
    """Replace formulas within text, between the signs that MathJax and KaTeX look for, by words."""
    singles: list[bool] = []  # whether single dollars are looked at, once that is known

    def looks_at_singles() -> bool:
        if not singles:
            scripts = ((script.text or "")[:_LONGEST_SETTING] for script in tree.iter("script"))
            singles.append(bool(tree.xpath(_LOADS)) or any(map(_CONFIGURED.search, scripts)))
        return singles[0]

    def said(found: re.Match[str]) -> str:
        tex = next(part for name, part in found.groupdict().items() if part and name != "name")
        if found["block"] and "&" in tex:
            tex = rf"\begin{{align}}{tex}\end{{align}}"
        return formula_text(tex, language)

    def said_of_single(found: re.Match[str]) -> str:
        return formula_text(found[1], language) if _SURE.search(found[1]) else found[0]

    def said_of_command(found: re.Match[str]) -> str:
        return formula_text(found[1], language) if _COMMAND.search(found[1]) else found[0]

    def replaced(text: str) -> str:
        text = re.sub(r"\\\$(?=\d)", "$", text) if "\\$" in text else text
        text = _TEX.sub(said, text) if "\\" in text or "$$" in text else text
        if not _SINGLE.search(text):
            return text
        return _SINGLE.sub(said_of_single if looks_at_singles() else said_of_command, text)

    for text in tree.xpath(_WRITTEN):
        element = text.getparent()
        if text.is_text and not _is_kept(element):
            element.text = replaced(element.text)
        elif text.is_tail and not _is_kept(element.getparent()):
            element.tail = replaced(element.tail)


def _is_kept(element: Any) -> bool:
    if element is None:
        return True
    return element.tag in _KEPT or any(around.tag in _KEPT for around in element.iterancestors())


def _put(element: Any, said: str) -> None:
    """Words instead of an element. One that stands apart is parted from the words around it by blanks."""
    if element.getparent() is None:
        return
    said = f" {said} " if element.tag in _APART else said
    element.clear(keep_tail=True)
    element.tag, element.text = "span", said
    if said[-1:].isalnum() and _GLUED.match(element.tail or ""):
        element.tail = f" {element.tail}"
