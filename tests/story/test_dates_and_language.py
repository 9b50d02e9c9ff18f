"""Dates as people write them; languages by their words and letters."""

from __future__ import annotations

import pytest

from player.story.dates import is_date_line, iso_date
from player.story.language import detect


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-02-13T10:00:00Z", "2025-02-13"),
        ("Thu, 13 Feb 2025 10:00:00 GMT", "2025-02-13"),
        ("Published Feb. 13, 2025", "2025-02-13"),
        ("May 4th, 2021", "2021-05-04"),
        ("31. Mai 2024", "2024-05-31"),
        ("14 juillet 2020", "2020-07-14"),
        ("3 juin 2020", "2020-06-03"),
        ("1er août 2023", "2023-08-01"),
        ("13 de marzo de 2024", "2024-03-13"),
        ("12 maart 2021", "2021-03-12"),
        ("3/4/2025", ""),
        ("Feb 30, 2025", ""),
        ("March 2025", ""),
        ("no date at all", ""),
    ],
)
def test_iso_date(written: str, iso: str) -> None:
    assert iso_date(written) == iso


def test_a_date_line_says_nothing_else() -> None:
    assert is_date_line("Published Thursday, 13 Feb 2025 at 10:30 GMT")
    assert not is_date_line("On Feb. 13, 2025 the bridge fell")
    assert not is_date_line("Soon")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was closed for two years, and nobody in the town was sure that it would open again.", "en"),
        ("Die Brücke war zwei Jahre lang gesperrt, und niemand in der Stadt wusste, ob sie wieder öffnet.", "de"),
        ("Le pont est resté fermé pendant deux ans, et personne dans la ville ne savait s’il rouvrirait.", "fr"),
        ("El puente estuvo cerrado por dos años, y nadie en la ciudad sabía que se abriría de nuevo.", "es"),
        ("Il ponte è rimasto chiuso per due anni, e nella città non si sapeva che cosa fare del fiume.", "it"),
        ("A ponte ficou fechada por dois anos, e ninguém na cidade sabia se não ia cair no rio.", "pt"),
        (
            "De brug was twee jaar dicht, en niemand in de stad wist of het ooit weer open zou gaan voor het verkeer.",
            "nl",
        ),
        ("橋は二年間閉鎖されていました。", "ja"),
        ("这座桥关闭了两年。", "zh"),
        ("다리는 이 년 동안 닫혀 있었다.", "ko"),
        ("Мост был закрыт два года.", "ru"),
        ("Міст був закритий два роки, і їхати було ніяк.", "uk"),
        ("Η γέφυρα ήταν κλειστή.", "el"),
        ("كان الجسر مغلقا.", "ar"),
        ("הגשר היה סגור.", "he"),
        ("12 34 56", ""),
        ("Xyzzy plugh", ""),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language
