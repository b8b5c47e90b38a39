"""What leaves the program by way of the browser."""
