"""What a source tells of itself: its title, its author, its picture."""
