"""What became of a list of the post, in a sentence or two."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dossiers.models import PostList
from dossiers.post_lists.results import Kind

LABELS = {
    Kind.CONTRADICTS: gettext_lazy("Contradicting"),
    Kind.DESK: gettext_lazy("For the desk to write"),
    Kind.UNKNOWN: gettext_lazy("Unknown"),
    Kind.FAULTY: gettext_lazy("Not understood"),
    Kind.WRITES: gettext_lazy("To be written"),
    Kind.MATCHED: gettext_lazy("Matching already"),
}


def labels_of(source: PostList) -> dict[Kind, str]:
    """What each kind of row is called, before the list was written and after."""
    labels = {kind: str(label) for kind, label in LABELS.items()}
    return labels | ({Kind.WRITES: _("Written")} if source.is_written else {})


def written_by(source: PostList) -> str:
    """What was written, by whom and when; empty before."""
    if not source.is_written:
        return ""
    at = timezone.localtime(source.written_at)
    return f"{said(source)} {source.written_by}, {at:%H:%M, %d/%m/%Y}."


def said(source: PostList) -> str:
    """How many rows were matched, or written and left out."""
    return _written(source) if source.is_written else _matched(source)


def _matched(source: PostList) -> str:
    counts = dict.fromkeys(Kind, 0)
    for kept in source.results:
        counts[Kind(kept["kind"])] += 1
    told = (f"{label}: {counts[kind]}" for kind, label in LABELS.items())
    return _("%(rows)d rows matched. %(counts)s.") % {
        "rows": len(source.results),
        "counts": "; ".join(told),
    }


def _written(source: PostList) -> str:
    sentences = [
        ngettext(
            "%(n)d row of the list was written.",
            "%(n)d rows of the list were written.",
            source.written,
        )
        % {"n": source.written}
    ]
    if source.changed:
        sentences.append(
            ngettext(
                "%(n)d row is not as it was shown, and was left out: match again.",
                "%(n)d rows are not as they were shown, and were left out: match again.",
                len(source.changed),
            )
            % {"n": len(source.changed)}
        )
    left = sum(
        x["kind"] not in (Kind.WRITES, Kind.MATCHED) and x["row"] not in source.changed
        for x in source.results
    )
    if left:
        more = ngettext("%(n)d row was left out.", "%(n)d rows were left out.", left)
        sentences.append(more % {"n": left})
    return " ".join(sentences)
