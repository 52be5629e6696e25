"""The only package that asks the database for figures.

Every condition comes from the tables of counted sets in ``dossiers``, the same the
lists are narrowed with, so a number always opens exactly what it counts.
"""

from reports.counting.dossiers import count

__all__ = ["count"]
