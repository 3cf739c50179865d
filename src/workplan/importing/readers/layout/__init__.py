"""Printed pages to paragraphs and tables, for every kind of file that knows only where glyphs stand (PDF, OFD)."""
