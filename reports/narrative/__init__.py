"""The narrative that writes itself: one table of sentences, in reading order."""

from collections.abc import Callable

from reports.narrative import assessment, difficulties, opening, results
from reports.narrative.context import Context, Sentence

# Section, origin, what writes it. A sentence with nothing to say is empty.
SENTENCES: tuple[tuple[str, str, Callable[[Context], str]], ...] = (
    ("opening", "request", opening.request),
    ("opening", "replaces", opening.replaces),
    ("outreach", "bases", opening.bases),
    ("outreach", "events", opening.events),
    ("outreach", "no_events", opening.no_events),
    ("results", "procedures", results.procedures),
    ("results", "headline", results.headline),
    ("results", "legs", results.legs),
    ("results", "used", results.used),
    ("results", "unused", results.unused),
    ("results", "time_kept", results.time_kept),
    ("results", "transit", results.transit),
    ("results", "postage", results.postage),
    ("results", "adjusted", results.adjusted),
    ("assessment", "trend", assessment.trend),
    ("assessment", "pace", assessment.pace),
    ("assessment", "benefit", assessment.benefit),
    ("assessment", "safety", assessment.safety),
    ("tasks", "inform", assessment.inform),
    ("tasks", "answer_reasons", assessment.answer_reasons),
    ("tasks", "use_unused", assessment.use_unused),
    ("tasks", "with_post", assessment.with_post),
    ("difficulties", "intake_behind", difficulties.intake_behind),
    ("difficulties", "reasons", difficulties.reasons),
    ("difficulties", "slow", difficulties.slow),
    ("difficulties", "undelivered", difficulties.undelivered),
    ("difficulties", "harm", difficulties.harm),
    ("proposals", "to_post", difficulties.to_post),
    ("proposals", "to_above", difficulties.to_above),
    ("closing", "closing", opening.closing),
)


def write(context: Context) -> list[Sentence]:
    """Every sentence that has something to say, in reading order."""
    written = []
    for section, origin, sentence in SENTENCES:
        if text := sentence(context):
            written.append(Sentence(section, origin, text))
    return written


__all__ = ["SENTENCES", "Context", "Sentence", "write"]
