"""What a page's address may hold: one table a page, and one way to read, write and shorten them all.

A link's parameters, the settings in a visit's memory and the keys of the widgets are the same flat table.
"""

from links.table import Flat, Table

__all__ = ["Flat", "Table"]
