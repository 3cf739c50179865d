"""View to bytes: one module a format. No renderer words, numbers or reorders anything."""
