"""Things for tests, made through the same verbs that people use."""
