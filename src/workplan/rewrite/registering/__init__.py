"""``workplan units --add``: the names that a plan uses and nobody registered, written into the registry."""
