"""Doors of the figures and reports."""
