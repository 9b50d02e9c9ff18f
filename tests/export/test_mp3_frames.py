"""The frame that tells a stream's length is believed by decoders, at every rate that a voice may have."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.mp3 import MP3

from player.export.mp3_frames import Layout, info_frame
from player.export.mp3_sound import BITRATE, QUALITY, _Coding, _encode, _silence
from tests.support.programs import require

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)


def written(rate: int, file: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Write a tone and the pause after it as an MP3; answers what is meant to be heard."""
    layout = Layout.of(rate)
    time = np.arange(1152 * 60)
    meant = (9000 * np.sin(time * 0.05) * (time < len(time) - 0.3 * rate)).astype(np.int16)
    count = len(meant) // layout.samples
    end = _silence(_Coding(layout, BITRATE, QUALITY), 1)
    stream = b"".join([*_encode(_Coding(layout, BITRATE, QUALITY), meant.tobytes())[:count], *end])
    file.write_bytes(info_frame(layout, BITRATE, count + len(end), len(stream), len(meant)) + stream)
    return meant


@pytest.mark.parametrize("rate", RATES)
def test_a_stream_is_heard_from_its_first_sample_and_to_within_a_frame_of_its_last(rate: int, tmp_path: Path) -> None:
    meant = written(rate, tmp_path / "a.mp3")
    with av.open(str(tmp_path / "a.mp3")) as container:
        heard = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    assert 0 <= len(meant) - len(heard) <= Layout.of(rate).samples
    assert not meant[len(heard) :].any()  # what is missing is silence
    assert np.corrcoef(heard, meant[: len(heard)])[0, 1] > 0.999  # 0.05 radians a sample: one late would be 0.9987
    info = MP3(tmp_path / "a.mp3").info
    assert info is not None
    assert round(info.length * rate) == len(meant)


@pytest.mark.parametrize("rate", RATES)
def test_programs_find_nothing_wrong_with_a_stream(rate: int, tmp_path: Path) -> None:
    require("mpg123", "ffprobe")
    written(rate, tmp_path / "a.mp3")
    played = subprocess.run(["mpg123", "-t", str(tmp_path / "a.mp3")], capture_output=True, text=True)
    assert played.returncode == 0
    assert "warning" not in played.stderr.casefold()
    assert "error" not in played.stderr.casefold()
    probed = subprocess.run(["ffprobe", "-v", "warning", str(tmp_path / "a.mp3")], capture_output=True, text=True)
    assert (probed.returncode, probed.stderr) == (0, "")
