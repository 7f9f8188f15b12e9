"""The directory of employees: list, records, files, and what goes between it and requests."""
