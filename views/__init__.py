"""One file a page, and the controls they share."""
