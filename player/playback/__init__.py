"""Playback: the transport, and the outputs it plays into."""
