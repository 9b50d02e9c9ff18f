"""Files from anywhere, damaged or hostile: bounds on time and memory, and parsers that hold out."""
