"""FFmpeg's encoders through PyAV, for chunks whose packets are joined."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from player.errors import UsageError
from player.export import Options
from player.speech.sound.pcm import frame_of, resampled

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext


def bitrate(options: Options, usual: int, most: int, name: str) -> int:
    """Return the bit rate of the options, or `usual`. Raises UsageError above `most`, where some encoders fail and
    others silently take less."""
    if options.bitrate is not None and options.bitrate > most:
        raise UsageError(f"{name} has no {options.bitrate} kbit/s for this voice", f"it has at most {most}")
    return usual if options.bitrate is None else options.bitrate


@dataclass(frozen=True, slots=True)
class AvCodec:
    """One of FFmpeg's encoders, for the sound of a timeline. A Codec (see encoding)."""

    name: str
    rate: int
    """Samples per second of the timeline."""
    coded_rate: int
    """Samples per second of the encoder's input; the timeline is resampled to it if they differ."""
    bitrate: int
    """kbit/s."""
    frame: int
    """Samples of the timeline per packet: a whole number at either rate."""
    lead: int
    """Frames of silence before each chunk. AAC's packets overlap, so a chunk has to begin in silence: its first packets
    then coincide with the last ones of the chunk before, and are dropped."""
    priming: int
    """Packets before the first frame's, which are dropped."""
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        import av  # 0.06 s

        library = av.library_versions["libavcodec"]
        how = f"{self.coded_rate} Hz, {self.bitrate} kbit/s, {dict(self.options)}"
        return f"{self.name} {'.'.join(map(str, library))}, {how}"

    def encode(self, pcm: bytes | bytearray) -> list[bytes]:
        """See Codec. The rest after the last whole frame must be silence, at least two frames."""
        context = self.opened()
        whole = len(pcm) // 2 // self.frame * self.frame
        with memoryview(pcm) as sound:
            padded = b"".join((bytes(self.lead * self.frame * 2), sound[: whole * 2]))
        # All at once: PyAV cuts it into the codec's frames itself, in a tenth less of the encoder's time.
        packets = [*context.encode(frame_of(self._resampled(padded), self.coded_rate)), *context.encode(None)]
        return [bytes(packet) for packet in packets[self.priming :]]

    def opened(self) -> AudioCodecContext:
        """Return a new encoder."""
        import av

        context: AudioCodecContext = av.CodecContext.create(self.name, "w")  # type: ignore[assignment]
        self.set_up(context)
        context.open()
        return context

    def set_up(self, context: AudioCodecContext) -> None:
        """Set an encoder's options before it opens."""
        context.sample_rate = self.coded_rate
        context.format = "fltp" if self.name == "aac" else "s16"
        context.layout = "mono"
        context.bit_rate = self.bitrate * 1000
        context.time_base = Fraction(1, self.coded_rate)
        context.options = dict(self.options)

    def _resampled(self, pcm: bytes) -> bytes:
        if self.coded_rate == self.rate:
            return pcm
        made = resampled(pcm, self.rate, self.coded_rate)
        size = len(pcm) // 2 * self.coded_rate // self.rate * 2
        return made[:size] + bytes(max(size - len(made), 0))
