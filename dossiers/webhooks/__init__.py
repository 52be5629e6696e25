"""Events of dossiers on their way out, and how messages are signed."""
