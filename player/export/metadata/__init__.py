"""What exported files state of their story: chapters, its source, and tags."""
