"""FFmpeg's encoders through PyAV, for packets that are encoded chunk by chunk and joined."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from player.errors import UsageError
from player.export import Options

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame


def bitrate(options: Options, usual: int, most: int, name: str) -> int:
    """As the options have it, else as usual. Raises UsageError for more than a codec can: some encoders would fail,
    others quietly take less."""
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
    """Samples per second that the encoder is given; another than the timeline's is resampled."""
    bitrate: int
    """kbit/s."""
    frame: int
    """Samples of the timeline in a packet: a whole number at either rate."""
    lead: int
    """Frames of silence before each chunk. With an encoder whose packets overlap (AAC's do) a chunk has to begin in
    silence: its first packets then lie where the chunk before has its last, which are left out."""
    priming: int
    """Packets that come before the first frame's, and are left out."""
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        import av  # 0.06 s

        library = av.library_versions["libavcodec"]
        return f"{self.name} {'.'.join(map(str, library))}, {self.bitrate} kbit/s, {dict(self.options)}"

    @property
    def coded_frame(self) -> int:
        """Samples in a packet, as the encoder counts."""
        return self.frame * self.coded_rate // self.rate

    def encode(self, pcm: bytes | bytearray) -> list[bytes]:
        """See Codec. What is behind the last whole frame is taken for silent: two frames at least are."""
        context = self.opened()
        whole = len(pcm) // 2 // self.frame * self.frame
        padded = bytes(self.lead * self.frame * 2) + bytes(pcm[: whole * 2])
        samples = self._resampled(padded)
        packets = []
        for at in range(0, len(samples), self.coded_frame * 2):
            packets += context.encode(_frame(samples[at : at + self.coded_frame * 2], self.coded_rate, at // 2))
        packets += context.encode(None)
        return [bytes(packet) for packet in packets[self.priming :]]

    def opened(self) -> AudioCodecContext:
        """An encoder at its beginning."""
        import av

        context: AudioCodecContext = av.CodecContext.create(self.name, "w")  # type: ignore[assignment]
        self.set_up(context)
        context.open()
        return context

    def set_up(self, context: AudioCodecContext) -> None:
        """Settings of an encoder that is not open yet."""
        context.sample_rate = self.coded_rate
        context.format = "fltp" if self.name == "aac" else "s16"
        context.layout = "mono"
        context.bit_rate = self.bitrate * 1000
        context.time_base = Fraction(1, self.coded_rate)
        context.options = dict(self.options)

    def _resampled(self, pcm: bytes) -> bytes:
        if self.coded_rate == self.rate:
            return pcm
        import av

        resampler = av.AudioResampler(format="s16", layout="mono", rate=self.coded_rate)
        parts = [*resampler.resample(_frame(pcm, self.rate, 0)), *resampler.resample(None)]
        made = b"".join(bytes(part.planes[0])[: part.samples * 2] for part in parts)
        size = len(pcm) // 2 * self.coded_rate // self.rate * 2
        return made[:size] + bytes(max(size - len(made), 0))


def _frame(pcm: bytes, rate: int, at: int) -> AudioFrame:
    """16-bit mono; an encoder that wants another format converts it."""
    import av

    frame = av.AudioFrame(format="s16", layout="mono", samples=len(pcm) // 2)
    frame.sample_rate = rate
    frame.pts = at
    frame.planes[0].update(pcm)
    return frame
