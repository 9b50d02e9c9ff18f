"""Files that exports write: their names, where they go, and records of what earlier exports made."""
