"""Addresses of figures and reports."""

from django.urls import path, re_path

from reports.views import (
    claims,
    consolidation,
    drift,
    figures,
    outreach,
    outreach_effect,
    paper_editing,
    paper_files,
    paper_steps,
    papers,
    post,
    totals,
    totals_files,
    workload,
)

app_name = "reports"

urlpatterns = [
    path("", figures.dashboard, name="dashboard"),
    path("post/", post.post, name="post"),
    path("drift/", drift.catalogue_drift, name="drift"),
    path("workload/", workload.workload, name="workload"),
    path("outreach/effect/", outreach_effect.effect, name="effect"),
    path("yearly/", figures.yearly, name="yearly"),
    path("yearly/download/", figures.download, name="download"),
    path("claims/", claims.claims, name="claims"),
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", papers.new, name="new"),
    path("papers/<int:pk>/", papers.report, name="report"),
    path("papers/<int:pk>/facts/", paper_editing.facts, name="facts"),
    path("papers/<int:pk>/periods/", paper_editing.change_periods, name="periods"),
    path("papers/<int:pk>/words/", paper_editing.words, name="words"),
    path("papers/<int:pk>/adjustments/", papers.adjusted, name="adjusted"),
    path("papers/<int:pk>/correct/", paper_steps.correct, name="correct"),
    path("papers/<int:pk>/discard/", paper_steps.discard, name="discard"),
    path("papers/<int:pk>/report.docx", paper_files.docx, name="docx"),
    path("papers/<int:pk>/report.pdf", paper_files.pdf, name="pdf"),
    path("papers/<int:pk>/report.xlsx", paper_files.xlsx, name="xlsx"),
    path("papers/<int:pk>/report.json", paper_files.as_json, name="json"),
    path("papers/<int:pk>/<slug:to>/", paper_steps.step, name="step"),
    path("consolidation/", consolidation.consolidation, name="consolidation"),
    path("consolidation/return/", consolidation.hand_in, name="return"),
    path("consolidation/return/blank.xlsx", consolidation.blank, name="return_blank"),
    path(
        "consolidation/return/<int:pk>/file/",
        consolidation.kept_file,
        name="return_file",
    ),
    path(
        "consolidation/return/<int:pk>/withdraw/",
        consolidation.withdraw,
        name="return_withdraw",
    ),
    re_path(
        r"^consolidation/report\.(?P<kind>xlsx|docx)$",
        consolidation.download,
        name="consolidation_file",
    ),
    path("outreach/", outreach.ledger, name="outreach"),
    path("outreach/new/", outreach.new, name="outreach_new"),
    path("outreach/<int:pk>/", outreach.edit, name="outreach_edit"),
    path("outreach/<int:pk>/void/", outreach.void, name="outreach_void"),
    path("totals/", totals.year, name="totals"),
    path("totals/blank/", totals_files.blank, name="totals_blank"),
    path("totals/load/", totals_files.load, name="totals_load"),
    path("totals/<int:year>/<int:month>/", totals.month, name="totals_month"),
    path("totals/<int:year>/<int:month>/remove/", totals.remove, name="totals_remove"),
]
