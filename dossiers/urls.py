"""Addresses of dossiers."""

from django.urls import path, register_converter

from dossiers.views import (
    desk,
    detail,
    drafts,
    entry,
    exports,
    gateway,
    handovers,
    imports,
    incident_steps,
    incidents,
    item_steps,
    items,
    post_lists,
    printing,
    register,
    steps,
    webhooks,
)

app_name = "dossiers"


class Code:
    """A dossier code in an address: anything a database can look up."""

    regex = r"[^/\0]+"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Code, "code")

urlpatterns = [
    path("", register.dossiers, name="list"),
    path("today/", desk.today, name="today"),
    path("jump/", register.jump, name="jump"),
    path("why-not/", register.why_not, name="why_not"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<slug:key>/", drafts.save, name="draft_save"),
    path("drafts/<slug:key>/delete/", drafts.delete, name="draft_delete"),
    path("new/", entry.new, name="new"),
    path("new/promise/", entry.promise, name="promise"),
    path("export/", exports.export, name="export"),
    path(
        "export/templates/<int:pk>/rename/",
        exports.rename_template,
        name="export_template_rename",
    ),
    path(
        "export/templates/<int:pk>/delete/",
        exports.delete_template,
        name="export_template_delete",
    ),
    path("imports/", imports.imports, name="imports"),
    path("imports/blank/", imports.blank, name="import_blank"),
    path("imports/<int:pk>/", imports.register_import, name="import"),
    path("imports/<int:pk>/write/", imports.write, name="import_write"),
    path("imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("imports/<int:pk>/file/", imports.original, name="import_file"),
    path("imports/<int:pk>/faulty/", imports.faulty_rows, name="import_faulty"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/start/", handovers.start, name="handover_start"),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/scan/", handovers.scan, name="handover_scan"),
    path("handovers/<int:pk>/sign/", handovers.sign, name="handover_sign"),
    path("handovers/<int:pk>/reopen/", handovers.reopen, name="handover_reopen"),
    path("handovers/<int:pk>/abandon/", handovers.abandon, name="handover_abandon"),
    path("handovers/<int:pk>/confirm/", handovers.confirm, name="handover_confirm"),
    path("handovers/<int:pk>/on-paper/", handovers.on_paper, name="handover_on_paper"),
    path("handovers/<int:pk>/paper/", handovers.paper, name="handover_paper"),
    path("handovers/<int:pk>/print/", handovers.printed, name="handover_print"),
    path("handovers/<int:pk>/<int:position>/", handovers.line, name="handover_line"),
    path(
        "handovers/<int:pk>/<int:position>/remove/",
        handovers.remove,
        name="handover_remove",
    ),
    path(
        "handovers/<int:pk>/<int:position>/cancel/",
        handovers.cancel_line,
        name="handover_cancel_line",
    ),
    path("print/register/", printing.print_register, name="print_register"),
    path("book/", printing.choose_pages, name="book"),
    path("book/pages/", printing.print_pages, name="print_pages"),
    path("items/", items.items, name="items"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/correct/", item_steps.correct, name="item_correct"),
    path("items/<int:pk>/void/", item_steps.void, name="item_void"),
    path("items/<int:pk>/open-case/", incident_steps.open_case, name="open_case"),
    path("items/<int:pk>/slip/", printing.print_slip, name="print_slip"),
    path("items/<int:pk>/<slug:verb>/", item_steps.step, name="item_step"),
    path("post-lists/", post_lists.post_lists, name="post_lists"),
    path("post-lists/<int:pk>/", post_lists.post_list, name="post_list"),
    path("post-lists/<int:pk>/match/", post_lists.match, name="post_list_match"),
    path("post-lists/<int:pk>/write/", post_lists.write, name="post_list_write"),
    path("post-lists/<int:pk>/discard/", post_lists.discard, name="post_list_discard"),
    path("post-lists/<int:pk>/report/", post_lists.download, name="post_list_report"),
    path("post-lists/<int:pk>/file/", post_lists.original, name="post_list_file"),
    path("gateway-events/", gateway.events, name="gateway_events"),
    path(
        "gateway-events/<int:pk>/read-again/",
        gateway.read_again,
        name="gateway_event_read_again",
    ),
    path("webhooks/", webhooks.deliveries, name="webhooks"),
    path("webhooks/<int:pk>/resend/", webhooks.resend, name="webhook_resend"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incident_steps.report, name="report_incident"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/letter/", incidents.letter, name="incident_letter"),
    path(
        "incidents/<int:pk>/follow-up/",
        incident_steps.follow_up,
        name="incident_follow_up",
    ),
    path(
        "incidents/<int:pk>/resolve/", incident_steps.resolve, name="incident_resolve"
    ),
    path("<code:code>/", detail.dossier, name="detail"),
    path("print/<code:code>/receipt/", printing.print_receipt, name="print_receipt"),
    path(
        "print/<code:code>/control-slip/",
        printing.print_control_slip,
        name="print_control_slip",
    ),
    path(
        "print/<code:code>/notices/<int:pk>/",
        printing.print_notice,
        name="print_notice",
    ),
    path("<code:code>/correct/", detail.correct, name="correct"),
    path("<code:code>/take-back/", steps.take_back, name="take_back"),
    path("<code:code>/<slug:to>/", steps.step, name="step"),
]
