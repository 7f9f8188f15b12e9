"""Reading the official files: workbooks, CSV and archives, layouts by column names, conversion of lines. Nothing here writes."""
