"""What is written: stories and the sources they come from."""
