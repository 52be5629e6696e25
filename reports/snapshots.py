"""A signed report as JSON and back, pure: what was frozen stays readable."""
