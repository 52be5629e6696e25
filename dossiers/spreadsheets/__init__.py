"""A register as a spreadsheet: one list of columns, read, judged and written."""
