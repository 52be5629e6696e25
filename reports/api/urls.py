"""Routes of figures, reports, the outreach ledger and opening totals."""

from django.urls import path

from reports.api import figures, outreach, papers, totals, words

app_name = "reports-api"

ONE = "reports/<int:pk>/"
MONTH = "totals/<str:organisation>/<str:month>/"

urlpatterns = [
    path("figures/", figures.Figures.as_view(), name="figures"),
    path("reports/", papers.Reports.as_view(), name="reports"),
    path(ONE, papers.ReportDetail.as_view(), name="report"),
    path(f"{ONE}content/", papers.Frozen.as_view(), name="content"),
    path(f"{ONE}events/", papers.Events.as_view(), name="events"),
    path(f"{ONE}words/", words.Words.as_view(), name="words"),
    path(f"{ONE}rewrite/", words.Rewrite.as_view(), name="rewrite"),
    *(
        path(f"{ONE}{name}/", papers.view_of(name), name=f"report_{name}")
        for name in papers.ROUTES
    ),
    path("outreach/", outreach.Ledger.as_view(), name="outreach"),
    path("outreach/<int:pk>/", outreach.LedgerLine.as_view(), name="outreach_line"),
    path("outreach/<int:pk>/void/", outreach.VoidLine.as_view(), name="outreach_void"),
    path("totals/", totals.Totals.as_view(), name="totals"),
    path(MONTH, totals.Month.as_view(), name="totals_month"),
    path(f"{MONTH}remove/", totals.RemoveMonth.as_view(), name="totals_remove"),
]
