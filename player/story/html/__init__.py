"""HTML, shared by every format that holds some: parsing, blocks, notes, passages."""
