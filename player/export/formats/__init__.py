"""One module or package per export format, with a `write(job, file)`. Formats do not import each other."""
