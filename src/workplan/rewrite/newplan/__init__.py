"""A new plan: a small commented one, or last year's carried over."""
