"""What work-study contracts share: days, people, and rules read the same way in both."""
