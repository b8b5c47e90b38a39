"""What can be said of a lesson's scene in numbers."""
