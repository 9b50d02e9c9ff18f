"""What the readers of all formats share: the bytes they are given, the draft they make, and its rules."""
