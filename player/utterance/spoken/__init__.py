"""What is said for what is written."""
