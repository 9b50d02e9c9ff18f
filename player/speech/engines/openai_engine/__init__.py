"""A server that speaks as OpenAI's does (`POST /v1/audio/speech`): OpenAI, Kokoro-FastAPI, LocalAI and others."""

from __future__ import annotations

from collections.abc import Sequence

from player.speech.kit import Engine, Option, Profile, Speech, Voice
from player.speech.listed_voices import VOICES_HELP


class OpenAIEngine(Engine):
    """The engine. Voices speak only when named: a story's text is sent to the server."""

    name = "openai"
    profile = Profile(
        install="set base_url in [engines.openai] of the settings file, or OPENAI_API_KEY",
        set_up_by=("base_url", "key"),
        options=(
            Option(
                "base_url", "", 'Address of the server, as in "http://localhost:8880/v1".', changes_sound=False,
                variable="OPENAI_BASE_URL",
            ),
            Option(
                "key", "", "Key for the server, or $NAME of the environment variable that has it.",
                changes_sound=False, is_secret=True, variable="OPENAI_API_KEY",
            ),
            Option(
                "key_unencrypted", False, "true lets the key be sent to another machine without encryption (http).",
                changes_sound=False,
            ),
            Option("model", "tts-1", "Name of the server's model.", changes_sound=False),
            Option("voices", "", VOICES_HELP, changes_sound=False, is_list=True),
            Option("format", "wav", "Format of the sound on its way.", changes_sound=False, choices=("wav", "pcm")),
            Option("instructions", "", "How to speak, for models that take instructions."),
        ),
        speed=3,
    )  # fmt: skip

    def __init__(
        self,
        *,
        base_url: str = "",
        key: str = "",
        key_unencrypted: bool = False,
        model: str = "tts-1",
        voices: str = "",
        format: str = "wav",
        instructions: str = "",
    ) -> None:
        from player.speech.engines.openai_engine.speaking import Speaker  # 0.05 s, not needed for the profile

        sent = {"model": model, "response_format": format, **({"instructions": instructions} if instructions else {})}
        self._speaker = Speaker(self.name, base_url, key, voices, sent, key_unencrypted=key_unencrypted)
        self.version = self._speaker.version

    def voices(self) -> Sequence[Voice]:
        """Return the voices of the settings, else of the server's list, else OpenAI's. Raises EngineError when the
        server cannot be reached."""
        return self._speaker.voices()

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance. Raises EngineError."""
        return self._speaker.render(text, voice.name)
