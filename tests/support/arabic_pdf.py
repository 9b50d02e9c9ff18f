"""A PDF in Arabic as old programs write it: presentation forms, drawn from left to right as they are seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_FORMS = {
    (chr(int(letter, 16)), shape.strip("<>")): chr(code)
    for code in range(0xFE80, 0xFEF5)
    for shape, letter in [unicodedata.decomposition(chr(code)).split()]
}


def shaped(word: str) -> str:
    """Return a word in the forms that its letters have beside one another."""
    found = []
    for n, letter in enumerate(word):
        before = n > 0 and (word[n - 1], "initial") in _FORMS
        after = n + 1 < len(word) and (letter, "initial") in _FORMS
        shape = "medial" if before and after else "final" if before else "initial" if after else "isolated"
        found.append(_FORMS.get((letter, shape)) or _FORMS.get((letter, "final" if before else "isolated"), letter))
    return "".join(found)


def written(lines: Sequence[str]) -> bytes:
    """Return the PDF. Its font is Courier; what each sign means, only its table of characters says (ToUnicode)."""
    seen = [" ".join(map(shaped, line.split(" ")))[::-1] for line in lines]
    codes = {" ": 32} | {sign: n for n, sign in enumerate(sorted({*"".join(seen)} - {" "}), 33)}
    means = "".join(f"1 beginbfchar <{n:02X}> <{ord(sign):04X}> endbfchar\n" for sign, n in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{means}endcmap end end"
    )
    drawn = "".join(f"<{''.join(f'{codes[sign]:02X}' for sign in line)}> Tj T*\n" for line in seen)
    text = f"BT /F1 12 Tf 14 TL 200 700 Td\n{drawn}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        f"<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 32/Widths[{'600 ' * 95}]/ToUnicode 6 0 R>>",
        f"<</Length {len(table)}>>stream\n{table}\nendstream",
    ]
    whole, starts = "%PDF-1.4\n", []
    for n, content in enumerate(objects, 1):
        starts.append(len(whole))
        whole += f"{n} 0 obj{content}endobj\n"
    entries = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(objects) + 1
    return (
        f"{whole}xref\n0 {count}\n0000000000 65535 f \n{entries}"
        f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{len(whole)}\n%%EOF"
    ).encode()
