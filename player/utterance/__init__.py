"""What will be said: from a story's blocks to utterances."""
