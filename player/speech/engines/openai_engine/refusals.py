"""Refusals of a server, in one line each."""

from __future__ import annotations

import json
from typing import Any

from player.speech.kit import EngineError
from player.story.opening.http.reasons import shown, status_line
from player.story.text import printable

_SECTION = "[engines.openai]"
_CREDIT = ("insufficient_quota", "billing", "credit balance")
"""Words of a refusal that no waiting changes, though its status is that of a rate limit."""


class Refusal(EngineError):
    """A status that is no success."""

    def __init__(self, message: str, hint: str = "", *, status: int, is_final: bool = False) -> None:
        """`is_final` if asking again is of no use, though the status may pass."""
        super().__init__(message, hint)
        self.status = status
        self.is_final = is_final


def refusal(host: str, model: str, key: str, status: int, body: bytes) -> Refusal:
    """Return the error for a status; `key` is cut out of what the server says."""
    message, hint = _in_words(host, model, key, status, said := _said(body))
    credit = status == 429 and any(word in said.casefold() for word in _CREDIT)
    if credit:
        message, hint = f"{host} says that the account has no credit left (429)", "see your account there"
    return Refusal(message, hint, status=status, is_final=credit)


def _in_words(host: str, model: str, key: str, status: int, said: str) -> tuple[str, str]:
    """Return the message and the hint."""
    if status in (401, 403):  # what the server says may repeat a part of the key
        return f"{host} does not accept the key ({status})", f"set key in {_SECTION}, or OPENAI_API_KEY"
    if status == 429:
        return f"{host} allows no more for now (429, rate limit)", "go on later, or with another voice"
    if status == 404:
        message = f"{host} has no model {model!r}, or no speech at this address (404)"
        return message, f"check model and base_url in {_SECTION}"
    if 300 <= status < 400:
        return f"{host} points to another address ({status_line(status)})", f"check base_url in {_SECTION}"
    told = shown(printable((said.replace(key, "…") if key else said).strip()))
    return f"{host} answers {status_line(status)}" + (f": {told}" if told else ""), ""


def _said(body: bytes) -> str:
    """Return the message in a JSON answer, as OpenAI or FastAPI write it; "" when there is none."""
    try:
        told: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for _ in range(3):
        if isinstance(told, list) and told:
            told = told[0]
        if isinstance(told, dict):
            parts = (told.get(name) for name in ("error", "detail", "message", "msg"))
            code = told.get("code") or told.get("type")
            found = next((part for part in parts if part), "")
            told = f"{found} ({code})" if isinstance(found, str) and isinstance(code, str) else found
    return told if isinstance(told, str) else ""
