"""Languages: of a story, of its blocks, and of passages within them."""
