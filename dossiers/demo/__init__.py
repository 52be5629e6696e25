"""Sample data: the office that the report of September 2020 describes."""
