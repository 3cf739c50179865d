"""Issued documents to plans: read, clean, frame, tree, shape, write, verify, report. Imports nothing at its top."""
