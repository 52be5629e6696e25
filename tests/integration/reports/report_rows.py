"""Reports, their events, words and counted dossiers: what the database refuses."""

from datetime import date, timedelta

from django.db.models import Model

from reports.models import CountedDossier, Report, ReportEvent, ReportParagraph
from tests.factories.dossiers import receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.reports import AUTUMN, HALF, begin, correct, send, sign

MODELS = [Report, ReportEvent, ReportParagraph, CountedDossier]
NOT_NUMBERED = {"number": None, "dated_on": None, "number_year": None}


def make_rows(office: Office) -> dict[type[Model], tuple[Model, Model]]:
    """The second and the third version of a report, each with its number."""
    procedure = make_procedure(office)
    for _ in range(2):
        receive(office, procedure, on=date(2020, 6, 1))
    report = sign(begin(office, HALF), office)
    sent = []
    for number in (5, 6):
        day = AUTUMN + timedelta(days=number)
        report = sign(correct(report, office, on=day), office, on=day)
        report = send(report, office, number, on=day)
        sent.append(report)
    rows = {Report: tuple(sent)}
    for model in MODELS[1:]:
        rows[model] = tuple(model.objects.filter(report=sent[0]).order_by("pk")[:2])
    return rows


# Of the second row: sent, numbered 6, the third version.
BAD = [
    (Report, "report_kind_is_known", {"kind": "weekly"}),
    (Report, "report_authority_is_known", {"authority": "PP."}),
    (Report, "signed_report_is_frozen", {"content_hash": ""}),
    (Report, "signed_report_is_frozen", {"frozen": None}),
    (Report, "signed_report_is_frozen", {"signed_at": None}),
    (Report, "signed_report_is_frozen", {"status": "draft"}),
    (Report, "signed_report_is_frozen", {"status": "submitted"}),
    (Report, "signed_report_is_frozen", {"status": "eaten"}),
    (Report, "report_number_and_day_go_together", {"number": 0}),
    (Report, "report_number_and_day_go_together", {"dated_on": None}),
    (Report, "report_number_and_day_go_together", {"number_year": None}),
    (
        Report,
        "report_number_and_day_go_together",
        {"number": None, "status": "signed"},
    ),
    (Report, "sent_report_has_a_number", NOT_NUMBERED),
    (Report, "later_version_replaces_one", {"version": 1}),
    (Report, "later_version_replaces_one", {"replaces": None}),
    (ReportEvent, "report_step_is_known", {"step": "eaten"}),
    (ReportParagraph, "paragraph_section_is_known", {"section": "gossip"}),
]
DOUBLES: list[tuple[type[Model], tuple[str, ...], dict[str, object]]] = [
    (Report, ("organisation", "number_year", "number"), {}),
    (Report, ("replaces",), {}),
    (ReportParagraph, ("report", "origin"), {}),
    (CountedDossier, ("report", "period", "dossier"), {}),
]
