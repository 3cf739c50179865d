"""PDF with text, through PDFium: glyphs with their places, and the ruling lines of tables."""
