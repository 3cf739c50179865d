"""Plan to files: which files there are, making them all, and writing each whole or not at all."""
