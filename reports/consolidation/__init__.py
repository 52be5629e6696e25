"""Collecting the figures of many organisations: from the system, or from a file.

``lines`` and ``province`` are pure data and sums; ``form`` writes the blank
template, ``reading`` and ``judging`` take a filled one; ``collecting`` asks the
database; ``paper`` lays the result out for Word.
"""
