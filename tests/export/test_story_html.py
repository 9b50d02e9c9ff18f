"""A story's text as HTML."""

from __future__ import annotations

from player.export.text.story_html import text
from player.story.model import Block, BlockKind, Story, Styled


def test_words_are_marked_as_in_the_source() -> None:
    looks = (
        Styled(0, 3, "emphasis"),
        Styled(2, 9, "link", 'https://example.org/?"&b'),
        Styled(4, 5, "strong"),
    )
    block = Block(BlockKind.PARAGRAPH, "a <b> & c.", styled=looks)
    made = "".join(text(Story("T", (block,)), "", marked=True))
    link = '<a href="https://example.org/?&quot;&amp;b" rel="noopener"><em>&lt;</em>b<strong>&gt;</strong> &amp; c</a>'
    assert f'<p id="b0"><em>a </em>{link}.</p>' in made
    assert '<p id="b0">a &lt;b&gt; &amp; c.</p>' in "".join(text(Story("T", (block,)), ""))


def test_what_is_in_another_language_says_so() -> None:
    block = Block(BlockKind.QUOTATION, "שלום", language="he")
    assert '<p id="b0" lang="he" dir="rtl">שלום</p>' in "".join(text(Story("T", (block,)), ""))


def test_code_stands_below_what_announces_it() -> None:
    block = Block(BlockKind.PARAGRAPH, "Code example.", code='if a < b:\n    print("&")')
    made = "".join(text(Story("T", (block,)), ""))
    code = "<code>if a &lt; b:\n    print(&quot;&amp;&quot;)</code>"
    assert f'<p id="b0">Code example.</p>\n<pre tabindex="0" translate="no" dir="ltr">{code}</pre>\n' in made
