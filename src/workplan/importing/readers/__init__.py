"""One module a kind of file: bytes to pieces in the order of reading. Imports nothing at its top."""
