"""Measures of the printed page, as pure functions: no back end is known here."""
