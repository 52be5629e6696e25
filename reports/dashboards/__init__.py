"""What the pages of figures show: figures with their rules and their links."""

from reports.dashboards.links import Links, Span, link_for

__all__ = ["Links", "Span", "link_for"]
