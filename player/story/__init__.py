"""Written text: stories, and the sources they come from."""
