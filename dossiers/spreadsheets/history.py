"""What a historical row tells of a dossier's past: its days, and so its status."""

from datetime import date

from django.utils.translation import gettext as _

from dossiers.models import Dossier
from dossiers.spreadsheets.judged import Judged
from dossiers.statuses import ENDED_EARLY, EXPECTED, PAUSED, SENT, Status
from postal_tthc.lib.vietnamese import write_date

NO_REASON = "Tệp nhập không ghi lý do"


def set_days(row: Judged, draft: Dossier, *, due_on: date, today: date) -> None:
    """The days as the file tells them, and the status that follows from them.

    ``due_on`` is what the procedure's time makes, for a row that names no day.
    """
    values, start = row.line.values, draft.clock_started_on
    draft.due_on = values.get("due_on") or due_on
    draft.finished_on = values.get("finished_on") or values.get("returned_on")
    row.is_guessed = bool(draft.finished_on) and not values.get("finished_on")
    row.is_overdue = draft.finished_on is None and draft.due_on < today
    draft.returned_on = values.get("returned_on")
    told = values.get("status") or ""
    draft.status = status = Status(told or _status(draft))
    for key, earlier in (
        ("due_on", start),
        ("finished_on", start),
        ("returned_on", draft.finished_on),
    ):
        day = getattr(draft, key)
        if day and earlier and day < earlier:
            row.say(
                key if values.get(key) else "returned_on",
                _("This day is before %(day)s, the day of the step before it.")
                % {"day": write_date(earlier)},
            )
        if key != "due_on" and day and day > today:
            row.say(key, _("This day is in the future."))
    if status in EXPECTED | PAUSED or status in SENT - {Status.RETURNED}:
        row.say("status", _unfit(status))
    elif status == Status.RETURNED and not draft.returned_on:
        row.say("returned_on", _("It was returned: write on which day."))
    elif status == Status.RESULT_READY and not draft.finished_on:
        row.say("finished_on", _("The result is ready: write since which day."))
    elif status in ENDED_EARLY:
        if draft.finished_on is None:
            row.say("finished_on", _("It ended: write on which day."))
        draft.returned_on = None
        draft.closing_reason = draft.closing_reason or draft.note or NO_REASON
    elif (told and status != _status(draft) and status != Status.PROCESSING) or (
        status == Status.PROCESSING and draft.finished_on
    ):
        row.say("status", _contradiction())
    if status == Status.RETURNED or status in ENDED_EARLY:
        draft.closed_on = draft.returned_on or draft.finished_on


def _status(draft: Dossier) -> Status:
    if draft.returned_on:
        return Status.RETURNED
    return Status.RESULT_READY if draft.finished_on else Status.RECEIVED


def _contradiction() -> str:
    return _(
        "The status does not fit the days in this row. Mend one of them, or leave the "
        "status empty."
    )


def _unfit(status: Status) -> str:
    """What to do with a status that only steps taken here can bring about."""
    if status in EXPECTED:
        return _("Only dossiers that were received are imported. Remove this row.")
    if status in PAUSED:
        return _(
            "A file does not tell since when the clock stands still. Write “Đang xử "
            "lý”, and record the request here after the import."
        )
    return _(
        "Import it as “Đã có kết quả”, and hand it to the post here, with the "
        "number of its item."
    )
