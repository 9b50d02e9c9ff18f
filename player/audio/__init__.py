"""Rendered speech on one clock: segments, the cache that keeps them, the renderer and the timeline."""
