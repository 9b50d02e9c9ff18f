"""Lines of a plain text: which belong to one paragraph, and which are kept as verse, tables or code."""
