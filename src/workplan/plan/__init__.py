"""The compiled plan: its items numbered, its units resolved."""
