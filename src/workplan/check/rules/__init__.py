"""The rules of a compiled plan: each a small module with its id and one generator, found by itself (``every``).

A module of this folder that has an ``ID`` is a rule; one without is a helper that rules share. ``errors`` are those without
which a plan means nothing certain.
"""
