"""What is measured, one command each; README.md says how and what came out."""
