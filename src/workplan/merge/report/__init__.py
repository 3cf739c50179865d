"""What became of copies, for people and programs."""
