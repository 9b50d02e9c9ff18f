"""Numbers in Chinese texts, as the neural voice is given them."""

from __future__ import annotations

import pytest

pytest.importorskip("cn2an")
from player.speech.engines.kokoro_engine.chinese_numbers import spelled

PAIRS = """
2024年5月3日 二零二四年五月三日
2024-05-03 二零二四年五月三日
2020-2024年 二零二零年到二零二四年
12:30 十二点三十分
12:05 十二点零五分
10:30–12:00 十点三十分到十二点
3:2 三比二
2个人 两个人
2点 两点
第2个 第二个
2月2日 二月二日
小学2年级 小学二年级
12个 十二个
2万 两万
1,200人 一千二百人
3-5天 三到五天
30%～40% 百分之三十到百分之四十
３０％ 百分之三十
5‰ 千分之五
¥100 一百元
￥12.50 十二点五元
$1.5亿 一点五亿美元
20°C 二十摄氏度
-5℃ 零下五摄氏度
10kg 十公斤
100m² 一百平方米
60km/h 六十公里每小时
1/2 二分之一
电话13812345678 电话幺三八幺二三四五六七八
拨打110 拨打幺幺零
007 零零七
90后 九零后
F-16 F十六
7×24小时 七乘二十四小时
3+2=5 三加二等于五
10000000000000000000 一零零零零零零零零零零零零零零零零零零零
没有数字 没有数字
"""


@pytest.mark.parametrize("pair", PAIRS.split("\n")[1:-1])
def test_numbers_are_said_in_characters(pair: str) -> None:
    written, said = pair.split()
    assert spelled(written) == said


@pytest.mark.parametrize(
    "text", ["1" * 4000, "2-" * 2000, "¥" * 4000, "1:2" * 1500, "2个" * 2000, "-1%" * 1500, "." * 4000]
)
def test_odd_text_is_said_without_trouble(text: str) -> None:
    assert spelled(text)
