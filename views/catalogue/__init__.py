"""The Catalogue page: every surface, rule and schedule."""
