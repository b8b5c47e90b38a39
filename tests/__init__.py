"""What is promised, as sentences that are true."""
