"""The porte-documents of an organisation: its documents, their files, and what goes between them and requests."""
