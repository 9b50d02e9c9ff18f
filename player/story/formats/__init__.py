"""One package for each source format, with a `read(raw)` that gives a Draft (or a Feed). None knows another."""
