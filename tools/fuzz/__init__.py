"""Fuzzing: inputs that a machine makes up, held to the laws of workplan. ``make fuzz`` runs it, ``tests/test_fuzz.py`` replays.

A target (``targets/``) is a function of bytes that raises where a law is broken. ``mutate.py`` changes inputs so that they
get past the syntax, ``__main__.py`` lets atheris choose which of them lead to new code.
"""
