"""View to bytes: one module for each format. No renderer words, numbers or reorders anything."""
