"""Measurements of whole calls side by side; ``python tools/bench`` or ``make bench`` starts them."""
