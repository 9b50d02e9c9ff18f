"""The shared parts of all readers: their input, the draft they make, and its rules."""
