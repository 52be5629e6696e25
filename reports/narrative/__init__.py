"""The narrative that writes itself from the figures."""
