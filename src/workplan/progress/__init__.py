"""Task sheets that come back: what units answered, read from their files, kept beside the plan, and followed up."""
