"""Reading the stock files of the register: files, layouts, conversion of lines. Nothing here writes to the database."""
