"""From bytes to text: an encoding that is not declared, and one that was applied twice."""
