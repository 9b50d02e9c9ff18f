"""The frame that tells a stream's length is believed by decoders, at every rate that a voice may have."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.mp3 import MP3

from player.export.sound.mp3_frames import Layout, info_frame
from player.export.sound.mp3_sound import BITRATE
from tests.support.mp3 import RATES, write_tone
from tests.support.programs import require


@pytest.mark.parametrize("rate", RATES)
def test_a_stream_is_heard_from_its_first_sample_and_to_within_a_frame_of_its_last(rate: int, tmp_path: Path) -> None:
    meant = write_tone(tmp_path / "a.mp3", rate, BITRATE)
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
    write_tone(tmp_path / "a.mp3", rate, BITRATE)
    played = subprocess.run(["mpg123", "-t", str(tmp_path / "a.mp3")], capture_output=True, text=True)
    assert played.returncode == 0
    assert "warning" not in played.stderr.casefold()
    assert "error" not in played.stderr.casefold()
    probed = subprocess.run(["ffprobe", "-v", "warning", str(tmp_path / "a.mp3")], capture_output=True, text=True)
    assert (probed.returncode, probed.stderr) == (0, "")


def test_eyed3_finds_nothing_wrong_at_any_bit_rate(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    import eyed3

    with caplog.at_level("WARNING", "eyed3"):
        for rate in RATES:
            for kbits in Layout.of(rate).bitrates:
                write_tone(tmp_path / "a.mp3", rate, kbits)
                assert eyed3.load(tmp_path / "a.mp3") is not None
                assert caplog.messages == [], (rate, kbits)


def test_the_first_frame_has_the_streams_own_bit_rate_where_it_has_room() -> None:
    for rate in RATES:
        layout = Layout.of(rate)
        for kbits in layout.bitrates:
            room = layout.frame_length(kbits)
            frame = info_frame(layout, kbits, 3, 0, 0)
            assert (len(frame) == room) == (b"Info" in frame) == (room >= 60 + layout.side_info)
            assert len(frame) == room or kbits <= 16
    assert len(info_frame(Layout.of(24_000), BITRATE, 3, 0, 0)) == 192


@pytest.mark.parametrize("rate", [8_000, 11_025, 12_000])
def test_no_bit_rate_can_be_chosen_that_the_encoder_does_not_make(rate: int) -> None:
    assert max(Layout.of(rate).bitrates) == 64
