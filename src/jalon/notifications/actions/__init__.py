"""What is written about what a person is told."""
