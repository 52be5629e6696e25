"""Synthetic dossiers by the million: for measuring, trying out, and nothing else."""

from dossiers.generating.running import Generated, generate

__all__ = ["Generated", "generate"]
