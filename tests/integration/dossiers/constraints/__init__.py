"""What the database itself refuses, one table for each group of models.

``MODELS`` and the tables are read by ``test_constraints``: ``BAD`` has a model, one
of its checks and values of its second row that break it; ``DOUBLES`` has a model,
fields that are unique together, and what keeps the second row lawful otherwise.
``make_rows`` answers two lawful rows of each model; where a double needs others, under
the model and its fields.
"""
