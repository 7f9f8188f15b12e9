"""Writes: messages of the contact form, and what people choose of the help."""
