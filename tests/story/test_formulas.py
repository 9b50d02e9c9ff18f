"""Formulas as a line of text that can be read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.story.reading.formulas import formula_text
from tests.story.reading import read

SAID = [line.split("\t") for line in (Path(__file__).parent / "formulas.tsv").read_text("utf-8").splitlines() if line]


@pytest.mark.parametrize(("language", "tex", "said"), SAID)
def test_tex(language: str, tex: str, said: str) -> None:
    assert formula_text(tex, language) == said


@pytest.mark.parametrize("tex", ["{" * 50_000, r"\frac" * 10_000, "x^" * 400, r"\left(" * 900, "a" * 100_000])
def test_what_is_no_formula_is_announced_at_once(tex: str) -> None:
    assert formula_text(tex) == "a formula"


PAGE = (
    '<html lang="en"><head><script src="https://cdn.example/mathjax/tex-chtml.js"></script></head><body><article>'
    "<h1>The Quay</h1><p>It was a long grey morning in the harbour and the men on the quay were waiting for the first"
    " boats to come in from the sea, as they did on every morning.</p><p>{}</p><p>Nobody said anything about the storm,"
    " although everyone had heard it beating against the shutters in the night.</p></article></body></html>"
)
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>c</mi><mn>2</mn></msup></mrow>'
    '<annotation encoding="application/x-tex">c^2</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true"><span class="mord">c2</span></span></span>'
)
MATHJAX = (
    '<span class="MathJax_Preview"></span><span class="MathJax"><nobr><span class="math">x2</span></nobr></span>'
    '<script type="math/tex">x^2+1</script>'
)
DRAWN = (
    "<mjx-container jax='CHTML'><mjx-math><mjx-mi><mjx-c class='mjx-c1D44E TEX-I'></mjx-c></mjx-mi>{}</mjx-math>"
    "</mjx-container>"
)
WIKIPEDIA = (
    '<span class="mwe-math-element"><span style="display: none;"><math alttext="{\\displaystyle E=mc^{2}}"><mi>E</mi>'
    '</math></span><img class="mwe-math-fallback-image-inline" alt="{\\displaystyle E=mc^{2}}"></span>'
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"We know \(a^2+b^2=c^2\) and $$x_1 \leq 9$$ here.", "We know a² + b² = c² and x₁ ≤ 9 here."),
        (r"The number $n$ costs $5 and $6 million.", "The number n costs $5 and $6 million."),
        (r"Below \[\frac{a}{b}\] stands a line.", "Below a over b stands a line."),
        (f"It has {KATEX} in it.", "It has c² in it."),
        (f"It has {MATHJAX} in it.", "It has x² + 1 in it."),
        (f"It has {WIKIPEDIA} in it.", "It has E = m c² in it."),
        ('It has <img src="/latex.php?latex=x" alt="x^2 + y" class="latex"> in it.', "It has x² + y in it."),
        ('It has <img src="https://latex.codecogs.com/gif.latex?\\frac{a}{b}"> in it.', "It has a over b in it."),
        ("It has <math><mfrac><mi>a</mi><mi>b</mi></mfrac></math> in it.", "It has a over b in it."),
        ('It has <span class="MathJax" data-mathml="<math><mi>x</mi></math>">7</span> in it.', "It has x in it."),
        (
            'It has <span class="katex"><span class="katex-html" aria-hidden="true">y</span></span> in it.',
            "It has y in it.",
        ),
        (r"It costs \$5 and \(x\).", "It costs $5 and x."),
        ("It has <code>\\(x^2\\)</code> in it.", r"It has \(x^2\) in it."),
        ("Here: <img class='math' src='a.png' alt='E equals mc squared'> is.", "Here: E equals mc squared is."),
        (f"So {DRAWN.format('<mjx-mo><mjx-c class=mjx-c3D></mjx-c></mjx-mo>')} it.", "So a = it."),
        (f"So {DRAWN.format('<mjx-msup><mjx-mn>2</mjx-mn></mjx-msup>')} it.", "So a formula it."),
    ],
)
def test_formulas_of_pages(tmp_path: Path, written: str, said: str) -> None:
    assert said in [block.text for block in read(tmp_path, PAGE.format(written), "a.html").blocks]


@pytest.mark.parametrize("character", ["&#xFFFE;", "&#xD800;", "&#57343;", "&#65535", "\ufffe"])
def test_characters_that_no_xml_has_lose_no_story(tmp_path: Path, character: str) -> None:
    story = read(tmp_path, f"# A\n\n<p>It cost \\$5 {character} and $$a$$.</p>\n", "a.md")
    assert story.blocks[-1].text == "It cost $5 and a."


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_references_to_equations_are_their_numbers(tmp_path: Path, suffix: str) -> None:
    written = (
        r"<p>\begin{equation} a = b \label{first} \end{equation}</p><p>\begin{align} c &amp;= d \\ e &amp;= f"
        r" \label{third} \end{align}</p><p>$$ g = h \tag{7a} \label{named} $$</p>"
        r"<p>By \eqref{first}, Equation~\ref{third} and equation \ref{named}, but not \ref{lost}, it holds.</p>"
    )
    page = (
        PAGE.format(written)
        if suffix == ".html"
        else f"# A\n\n{written.replace('<p>', '').replace('</p>', chr(10) * 2)}"
    )
    assert read(tmp_path, page, f"a{suffix}").blocks[-1 - (suffix == ".html")].text == (
        "By (1), Equation 3 and equation 7a, but not, it holds."
    )
