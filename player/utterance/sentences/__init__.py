"""Where sentences and clauses begin and end: nltk's Punkt, and what refines it."""
