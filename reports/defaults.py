"""What a new report begins with: as the last one was, or as the house is."""

from typing import Any

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from procedures.models import Decision
from reports import periods
from reports.actions.drafting import facts_of
from reports.documents import ABSTRACT
from reports.models import Report
from reports.references import join

Kind, Authority = Report.Kind, Report.Authority
KIND_OF_PART = {
    "": Kind.YEARLY,
    "9M": Kind.NINE_MONTHS,
    "H1": Kind.HALF,
    "H2": Kind.HALF,
    "Q1": Kind.QUARTER,
    "Q2": Kind.QUARTER,
    "Q3": Kind.QUARTER,
    "Q4": Kind.QUARTER,
}


def facts(organisation: Organisation, words: list[str]) -> dict[str, Any]:
    """The facts of a new report of an organisation over these periods."""
    last = (
        Report.objects.filter(organisation=organisation)
        .order_by("created_at", "pk")
        .last()
    )
    found = dict(facts_of(last)) if last else _of_the_house(organisation)
    found.update(
        periods=words,
        kind=kind_of(words),
        abstract=abstract(words),
        request_letter=None,
    )
    return found


def legal_bases(organisation: Organisation, words: list[str]) -> list[Decision]:
    """Those of the last report; else what allows the post, and the catalogue in force.

    What was issued after the periods cannot have been their basis.
    """
    end = max(periods.parse(word).end for word in words)
    return [x for x in _bases_so_far(organisation) if x.issued_on <= end]


def _bases_so_far(organisation: Organisation) -> list[Decision]:
    last = (
        Report.objects.filter(organisation=organisation)
        .order_by("created_at", "pk")
        .last()
    )
    if last:
        return list(last.legal_bases.all())
    by_post = Decision.objects.filter(number__iexact="45/2016/QĐ-TTg")
    catalogue = Decision.objects.filter(
        publishes_catalogue_of=organisation, effective_to=None
    ).order_by("issued_on")
    return [*by_post[:1], *catalogue[:1]]


def kind_of(words: list[str]) -> str:
    """A report over one part of a year is named after it; others are on request."""
    last = periods.parse(words[-1])
    if len(words) == 1 and last.part is not None:
        return KIND_OF_PART.get(last.part, Kind.ON_REQUEST)
    return Kind.YEARLY if words[-1].startswith("A") else Kind.ON_REQUEST


def abstract(words: list[str]) -> str:
    """What the report is about, with its periods."""
    return f"{ABSTRACT} {join(periods.parse(word).name for word in words)}"


def _of_the_house(organisation: Organisation) -> dict[str, Any]:
    is_committee = organisation.kind == Organisation.Kind.PROVINCE
    leader = User.objects.filter(
        organisation=organisation, role=Role.LEADER, is_active=True
    ).first()
    name = leader.full_name if leader else ""
    return {
        "sent_to": organisation.parent.name if organisation.parent else "",
        "recipients": f"Như trên\nLãnh đạo {organisation.own_name}\nLưu: VT, VP",
        "authority": Authority.ON_BEHALF if is_committee else Authority.OWN,
        "head_office": "Ủy ban nhân dân" if is_committee else "Giám đốc",
        "signatory_office": "Chủ tịch" if is_committee else "",
        # «(mẫu)» behind the names of sample people is no part of a name.
        "signatory_name": name.removesuffix("(mẫu)").strip(),
    }
