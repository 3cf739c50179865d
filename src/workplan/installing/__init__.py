"""Puts faces where this computer looks for them: those of a folder, or those of packages of the system."""
