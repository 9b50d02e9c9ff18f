"""Speech: voices, engines, and the worker processes they run in."""
