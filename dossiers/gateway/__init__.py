"""What the post pushes: signed messages, read by an adapter, told by the usual verbs."""
