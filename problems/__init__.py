"""Losses that come from data: the mean over examples of what a model gets wrong."""
