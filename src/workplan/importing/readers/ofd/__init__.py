"""OFD (GB/T 33190), read with zip and lxml alone: pages of glyphs with their places."""
