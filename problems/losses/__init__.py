"""A model and what it is charged for an example: one file each, all of two weights, so that the loss is a map."""
