"""The Explore page: two settings as the axes of a map, every cell a whole run."""
