"""The plan language: YAML text to nodes with places, nodes to the model, and edits back into the text."""
