"""References to figures in the words of a report, pure."""
