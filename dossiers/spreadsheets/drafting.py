"""The dossier that a row of a register describes."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from dossiers.models import Dossier
from dossiers.spreadsheets.columns import by_key
from dossiers.statuses import ApplicantKind, IntakeChannel, ReturnChannel
from procedures.models import Procedure

NOT_KNOWN = "Không rõ"
# Empty in a file means “not told”, so these are filled in when they are needed.
CHANGED_BY_FILE = tuple(key for key, column in by_key.items() if column.may_change)


def draft_from(values: Mapping[str, Any], procedure: Procedure, day: date) -> Dossier:
    """The dossier that a row describes, unsaved.

    ``values`` are those of ``Line.values``, ``day`` is when it was received. What a
    historical row lacks is filled in: “not known”, received and returned at the desk.
    """
    hour: time = values.get("received_time") or time()
    moment = timezone.make_aware(datetime.combine(day, hour))
    told = {key: values.get(key) or "" for key in CHANGED_BY_FILE}
    told["applicant_name"] = told["applicant_name"] or NOT_KNOWN
    told["applicant_kind"] = told["applicant_kind"] or ApplicantKind.PERSON
    told["return_channel"] = told["return_channel"] or ReturnChannel.COUNTER
    if told["return_channel"] == ReturnChannel.PUBLIC_POST:
        told["return_name"] = told["return_name"] or told["applicant_name"]
        told["return_phone"] = told["return_phone"] or told["applicant_phone"]
        told["return_address"] = (
            told["return_address"] or told["applicant_address"] or NOT_KNOWN
        )
        told["why_not_post"] = ""
    return Dossier(
        code=values.get("code") or None,
        procedure=procedure,
        agency=procedure.agency,
        sets=values.get("sets") or 1,
        intake_channel=values.get("intake_channel") or IntakeChannel.COUNTER,
        received_at=moment,
        clock_started_on=day,
        processing_time=procedure.processing_time,
        time_unit=procedure.time_unit,
        clock_policy=procedure.clock_policy,
        closing_reason=values.get("closing_reason") or "",
        **told,
    )
