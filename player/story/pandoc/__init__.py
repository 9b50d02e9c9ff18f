"""What formats that pandoc reads have in common: running it, and its tree as HTML."""
