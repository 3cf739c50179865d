"""Copies of an official document that were edited in Word come home: their edits go into the plan's YAML."""
