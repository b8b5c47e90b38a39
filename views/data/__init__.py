"""The Data page: a race on a loss that comes from data."""
