"""The lists that the post sends: read, matched with what is here, written by verbs."""
