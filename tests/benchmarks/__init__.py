"""Figures, not verdicts: how fast and how lean it is, beside something everybody can run.

    python -m tests.benchmarks               all of them (about five minutes)
    python -m tests.benchmarks export keys   some of them
    python -m tests.benchmarks extraction FOLDER   articles found on real pages (a folder of them, see extraction.py)

They need pulseaudio, pulseaudio-utils, espeak-ng and ffmpeg. Quote the ratios: wall clocks of shared machines
are no promises.
"""
