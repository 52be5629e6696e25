"""The catalogue as a sheet: one list of columns, read, written and left blank."""
