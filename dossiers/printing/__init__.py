"""Printed forms: what stands on each, prepared for its template. Always Vietnamese."""
