"""The Race page: a surface, several lanes on it, one clock."""
