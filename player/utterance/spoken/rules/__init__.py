"""What is written in one way and said in another, rule by rule; `RULES` lists them by priority."""

from dataclasses import replace

from player.utterance.spoken.rules.abbreviations import RULES as _NAMES
from player.utterance.spoken.rules.addresses_and_symbols import FIRST as _SIGNS_FIRST
from player.utterance.spoken.rules.addresses_and_symbols import LAST as _SIGNS_LAST
from player.utterance.spoken.rules.capitals import RULES as _CAPITALS
from player.utterance.spoken.rules.mistakes import RULES as _MISTAKES
from player.utterance.spoken.rules.model import Rule
from player.utterance.spoken.rules.romans import RULES as _ROMANS
from player.utterance.spoken.rules.short_words import RULES as _BARE

RULES: tuple[Rule, ...] = (
    *(replace(rule, is_first=rule.name != "control character") for rule in _SIGNS_FIRST),
    *_NAMES, *_BARE, *_ROMANS, *_CAPITALS, *_SIGNS_LAST, *_MISTAKES,
)  # fmt: skip
"""All rules. Where two want the same characters, the earlier one has them."""

__all__ = ["RULES", "Rule"]
