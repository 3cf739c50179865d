"""Which findings are told, and how gravely: nothing of this is known to the rules themselves."""
