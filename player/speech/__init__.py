"""Who says it: voices, engines, and the worker processes they live in."""
