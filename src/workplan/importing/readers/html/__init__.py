"""Web pages, read with lxml: the document's own text is found by how the page is built, tables included."""
