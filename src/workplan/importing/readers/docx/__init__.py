"""DOCX (ECMA-376, transitional and strict), read with lxml alone: libraries lose text boxes, breaks and computed numbers."""
