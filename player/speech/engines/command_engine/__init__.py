"""Any program that writes speech into a file, or to its standard output."""

from __future__ import annotations

import re
from collections.abc import Sequence

from player.errors import UsageError
from player.speech.kit import Engine, EngineError, Option, Profile, Speech, Voice, finish
from player.speech.listed_voices import VOICES_HELP, listed, voice

_REVISION = 1
"""Raise it when a change here changes the sound or its marks."""
_RATE = 22_050
"""Samples a second until the program has spoken; the true rate is in its sound."""
_WORDS_PER_MINUTE = 175
_LEAST_SECONDS, _SECONDS_PER_CHARACTER = 12.0, 0.2
"""Time for a text: four fifths of what the player waits before it ends this process."""
_MOST_BYTES = 256 * 2**20


class CommandEngine(Engine):
    """The engine: runs `template` for each utterance. Its words' times are found in the sound."""

    name = "command"
    profile = Profile(
        install="set template in [engines.command] of the settings file",
        set_up_by=("template",),
        options=(
            Option("template", "", "Program and arguments, with {text}, {voice}, {language}, {rate} and {out}."),
            Option("voices", "", VOICES_HELP, changes_sound=False, is_list=True),
            Option("rate", _WORDS_PER_MINUTE, "What {rate} stands for.", low=1, high=1000),
            Option("suffix", ".wav", "End of the name of the file {out}, with which some programs choose its format."),
        ),
    )

    def __init__(
        self, *, template: str = "", voices: str = "", rate: int = _WORDS_PER_MINUTE, suffix: str = ".wav"
    ) -> None:
        if not re.fullmatch(r"\.\w{1,8}", suffix):
            hint = 'write it as in suffix = ".aiff"'
            message = f"suffix in [engines.command] is {suffix!r}"
            raise UsageError(message, hint, setting=("engines", self.name, "suffix"))
        from player.speech.engines.command_engine.running import Runner
        from player.speech.engines.command_engine.template import Template

        self._template = Template(template)
        self._listed = voices
        self._rate = str(rate)
        self._suffix = suffix
        self._runner = Runner()
        self.version = f"command r{_REVISION} {self._template.revision}"

    def voices(self) -> Sequence[Voice]:
        """Return the voices of the settings, or one without a name of its own. Raises EngineError when the template
        wants a name."""
        if self._listed:
            return listed(self.name, self._listed, _RATE)
        if self._template.has("voice"):
            raise EngineError("the template in [engines.command] has {voice}", 'list some there: voices = ["Anna=de"]')
        return [voice(self.name, "default", "", _RATE)]

    def load(self, voice: Voice) -> None:
        """See that the program is there. Raises EngineError."""
        if not self._template.program_path:
            raise EngineError(f"there is no program {self._template.program!r}", "see template in [engines.command]")

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance. Raises EngineError."""
        from player.atomic import temporary_folder
        from player.speech.sound.pcm import decoded

        said = text.replace("\0", " ")
        with temporary_folder() as folder:
            out = folder / f"speech{self._suffix}"
            values = {
                "text": said, "voice": voice.name, "language": voice.language, "rate": self._rate, "out": str(out),
            }  # fmt: skip
            self._runner.run(
                self._template.filled(values),
                None if self._template.has("text") else said,
                None if self._template.has("out") else out,
                _LEAST_SECONDS + _SECONDS_PER_CHARACTER * len(text),
            )
            size = out.stat().st_size if out.is_file() else 0
            if not 0 < size <= _MOST_BYTES:
                raise EngineError(f"{self._template.program} wrote {size} bytes of sound", "run it by hand to see why")
            pcm, rate = decoded(str(out))
        return finish(pcm, rate, text)
