"""What MkDocs, Docusaurus, MyST, Obsidian, Quarto and kramdown write beyond Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import outline, read


@pytest.mark.parametrize(
    ("written", "read_out"),
    [
        ('!!! warning "Mind the smoke"\n    It calms.', ["Warning: Mind the smoke", "It calms."]),
        ("!!! note\n    It calms.\n\n    Bees sleep.", ["Note: It calms.", "Bees sleep."]),
        ('???+ tip "Inside"\n    One.\n\n    !!! bug\n        Two.', ["Tip: Inside", "One.", "Bug: Two."]),
        ('=== "Linux"\n    Use this.\n\n=== "Mac"\n    Use that.', ["Linux", "Use this.", "Mac", "Use that."]),
        ("> [!note]- A title\n> It calms.", ["Note: A title", "It calms."]),
        ("> [!WARNING|left]+ Warning\n> It calms.", ["Warning.", "It calms."]),
        (":::tip[A title]\nIt calms.\n:::", ["Tip: A title", "It calms."]),
        ("::: info\nIt calms.\n:::", ["Info: It calms."]),
        ('::: {.callout-note title="A title"}\nIt calms.\n:::', ["Note: A title", "It calms."]),
        ("::: columns\n::: column\nIt calms.\n:::\n:::", ["It calms."]),
        ("```{note} A title\n:class: dropdown\n\nIt calms.\n```", ["Note: A title", "It calms."]),
        ("- It calms. {: .x}\n\nYours\n-- \nAnn", ["It calms.", "Yours", "Ann"]),
        ("topic:: bees\n- due:: today\n\nIt calms. [due:: today]\n\n#one #two", ["It calms."]),
        ("[[Bees#Winter]] and [[a/Smoke]], [[Smoke|it]] calms.\n\n^here", ["Bees, Winter and Smoke, it calms."]),
        ("[TOC]\n\n{: .lead }\nIt calms.\n{: #a .b}\n\n*[RPM]: Rounds per minute", ["It calms."]),
        ("* TOC\n{:toc}\n\nIt [calms](/b){:.x} *so*{: .y}.\n{::comment}\nno\n{:/}", ["It calms so."]),
        ("- [Bees](#bees)\n  - [Smoke](#smoke)\n\n## Bees\n\n++ctrl+b++ calms.", ["Bees", "ctrl+b calms."]),
        ("{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n- [/] It calms.\n", ["Code example.", "It calms."]),
        (
            '{{Sidebar}}\n\nA {{Glossary("bee")}} of {{Glossary("Bee_hive", "hives")}} {{< x text="calms" >}}.',
            ["A bee of hives calms."],
        ),
        ('{{< highlight go >}}\nputs("1")\n{{< /highlight >}}\n\nIt calms.', ["Code example.", "It calms."]),
        ("::: {.callout-note}\n## Mice\nIt calms.\n:::\n\nSee @fig-bees.", ["Note: Mice", "It calms.", "See Figure."]),
        ("(smoke)=\nIt calms, see {ref}`the end <end>`,\n{math}`a^2` {cite}`roe`.", ["It calms, see the end, a²."]),
        ("```{note}\nIt calms.\n```\n\n% no\n<<< @/snippets/a.js", ["Note: It calms."]),
        (":::{note}\n:name: here\nIt calms.\n:::\n\n{#a .b}\nSo [it][Elsewhere] is.", ["Note: It calms.", "So it is."]),
        ('::: {.callout-tip collapse="true"}\n## Mice\nIt calms.\n:::\n(a/b)=', ["Tip: Mice", "It calms."]),
        ("Write `[[a|b]]` or `![[c]]`, it calms.", ["Write [[a|b]] or ![[c]], it calms."]),
        (r"It \(a^2 + b_1\) is \[ \frac{a}{2} \] and \[so\] it calms.", ["It a² + b₁ is a over 2 and [so] it calms."]),
        ("It {++calms++}{--kills--} {~~wasps~>bees~~}.{>>Sure?<<}", ["It calms bees."]),
        ("It calms.\n\n```\n!!! note\n[TOC]\n+--+--+\n| a | b |\n+--+--+\n```", ["It calms.", "Code example."]),
    ],
)
def test_boxes_attributes_and_metadata(tmp_path: Path, written: str, read_out: list[str]) -> None:
    story = read(tmp_path, f"{written}\n\nAnd so on.\n", "a.md")
    assert [block.text for block in story.blocks] == [*read_out, "And so on."]


def test_breaks_are_blanks_or_lines(tmp_path: Path) -> None:
    text = """\
Bring a coat<br>and boots, please.

Ann Roe<br/>12 Harbour Street<br>Port Ellen

Roses are red,\x20\x20
violets are blue,\\
and so it goes.

[09:41] ann: the bridge is closed
[09:42] ben: since when

| Item | What |
|---|---|
| Rye | a coat<br>and boots |
"""
    assert [block.text for block in read(tmp_path, text, "a.md").blocks] == [
        "Bring a coat and boots, please.",
        "Ann Roe",
        "12 Harbour Street",
        "Port Ellen",
        "Roses are red, violets are blue, and so it goes.",
        "[09:41] ann: the bridge is closed",
        "[09:42] ben: since when",
        "Item: Rye; What: a coat and boots.",
    ]


def test_json_above_a_text_as_hexo_has_it(tmp_path: Path) -> None:
    for above in ('"title": "Salt",\n"tags": ["a"]\n;;;\n', ';;;\n{"title": "Salt"}\n;;;\n'):
        story = read(tmp_path, f"{above}\nIt is *a* verb.\n", "a.md")
        assert outline(story) == [("heading", 1, "Salt"), ("paragraph", 0, "It is a verb.")]


def test_json_above_a_text_tells_that_it_is_markdown(tmp_path: Path) -> None:
    story = read(tmp_path, '{\n  "title": "Salt"\n}\n\nIt is *a* verb.\n', "notes")
    assert outline(story) == [("heading", 1, "Salt"), ("paragraph", 0, "It is a verb.")]


MDX = """\
---
title: Bees
---
import Tabs from '@theme/Tabs';
import {
  Card,
  CardGrid,
} from "./cards";

export const Mark = ({children}) => (
  <b>{children}</b>
);

{/* not for readers */}

They sleep. {frontMatter.sleep}

<CardGrid stagger>
\t<Card title="Sugar" icon={<Icon name=">" />}>
\t\tTwo parts.

\t\t```sh
\t\tfeed <Card>
\t\t```
\t</Card>
</CardGrid>

{[1, 2].map((n) => (
  <Card>{n}</Card>
))}

<Aside type="caution" title="Robbers">
  They come.
</Aside>

<LinkCard
  title="Spring"
  description="What comes next."
  href="/spring"
/>

<Tabs.Tab label="Small">One <Mark>litre</Mark>.</Tabs.Tab>
"""


def test_components_are_read_without_javascript(tmp_path: Path) -> None:
    story = read(tmp_path, MDX, "a.mdx")
    assert [block.text for block in story.blocks] == [
        "Bees", "They sleep.", "Sugar", "Two parts.", "Code example.", "Caution: Robbers", "They come.",
        "Spring", "What comes next.", "Small", "One litre.",
    ]  # fmt: skip
    assert [block.code for block in story.blocks if block.code] == ["feed <Card>"]


def test_components_are_known_by_their_imports(tmp_path: Path) -> None:
    story = read(tmp_path, "import A from 'a';\n\n<A>\n    It calms.\n</A>\n", "a.md")
    assert [block.text for block in story.blocks] == ["It calms."]


def test_tags_that_never_end_are_read_in_time(tmp_path: Path) -> None:
    story = read(tmp_path, "It calms.\n\n" + "<A {\n\n" * 20_000, "a.mdx")
    assert story.blocks[0].text == "It calms."


def test_tags_of_templates_in_code_stay(tmp_path: Path) -> None:
    toggle = "{{< code-toggle >}}\na = 1\n{{< /code-toggle >}}\n"
    text = f"It calms.\n\n```go-html\n{{{{ with .Site }}}}\n%% no %%\n```\n\n{{{{ .Title }}}}\n\n{toggle}"
    story = read(tmp_path, text, "a.md")
    assert [block.text for block in story.blocks] == ["It calms.", "Code example."]
    assert story.blocks[1].code == "{{ with .Site }}\n%% no %%\n\na = 1"


def test_fields_above_a_line_as_old_hexo_has_them(tmp_path: Path) -> None:
    story = read(tmp_path, "title: Bees\ndate: 2023-12-01 10:00\ntags:\n- hive\n---\nThey sleep.\n", "a.md")
    assert [block.text for block in story.blocks] == ["Bees", "They sleep."]
    assert story.published == "2023-12-01"


def test_captions_of_figures_in_shortcodes_and_directives_are_read(tmp_path: Path) -> None:
    text = '# A\n\n{{< figure src="a.jpg" caption="The boat" >}}\n\n```{figure} a.png\n:name: b\n\nThe wall.\n```\n'
    text += "\n+++\n\nEnd.\n"
    assert [block.text for block in read(tmp_path, text, "a.md").blocks] == ["A", "The boat", "The wall.", "End."]
