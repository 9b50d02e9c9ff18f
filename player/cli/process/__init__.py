"""The process that a command runs in: its standard streams, its signals, its memory."""
