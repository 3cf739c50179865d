"""Files that come in: read by their kind, imported one after the other, told to people and programs."""
