"""One module or package for each export format, with a `write(job, file)`. None of them knows another."""
