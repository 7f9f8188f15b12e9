"""`jalon banc dossiers`: N synthetic requests, then the pages that list and send them, through the real HTTP stack."""
