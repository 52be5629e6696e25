"""What the printed forms say, in which regime, and to whom."""
