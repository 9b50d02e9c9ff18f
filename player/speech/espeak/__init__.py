"""espeak-ng as a source of phonemes and of exact word times, for engines that need either."""
