"""The sample organisations that synthetic dossiers belong to, and their procedures."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from dossiers.demo.catalogue import BY_POST, NOTE, Row, read_rows
from dossiers.demo.papers import PAPERS
from dossiers.generating.scenery import Place, Rule
from dossiers.generating.tables import PAPERS as MOST_PAPERS
from dossiers.models import NumberSeries
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.vietnamese import fold
from procedures.models import Field, Leg, PostalEligibility, Procedure, RequiredPaper

Kind = Organisation.Kind
MARK = "(dữ liệu tổng hợp)"
SINCE = date(2010, 1, 1)
PROVINCE = ("TM", f"Tỉnh Mẫu {MARK}")
POST_OFFICE = ("TM-BĐ", f"Bưu điện tỉnh Mẫu {MARK}")
# Symbol, name, identifier: no province has the letter Y.
AGENCIES = (
    ("TM-SNV", f"Sở Nội vụ tỉnh Mẫu {MARK}", "Y90.16"),
    ("TM-STP", f"Sở Tư pháp tỉnh Mẫu {MARK}", "Y90.12"),
    ("TM-SYT", f"Sở Y tế tỉnh Mẫu {MARK}", "Y90.20"),
)
PAPERS_OF_A_DOSSIER = 2  # the first of those that its procedure asks for


def check_may_be_filled(*, beside_real_data: bool) -> None:
    """Refuse a database with real data, unless somebody said that he knows.

    Raises ``Conflict``.
    """
    real = holds_real_data()
    if real is not None and not beside_real_data:
        raise Conflict(
            _(
                "Nothing was generated: this database holds real data («%(name)s»). "
                "Name another database in DATABASE_URL, or give --beside-real-data to "
                "add sample organisations with synthetic dossiers beside it."
            )
            % {"name": real}
        )


def holds_real_data() -> Organisation | User | None:
    """Some organisation or person that is not a sample."""
    return (
        Organisation.objects.filter(is_sample=False).first()
        or User.objects.exclude(organisation__is_sample=True).first()
    )


@transaction.atomic
def settle(first: date) -> tuple[Place, ...]:
    """The sample agencies, made where they are not there yet."""
    province = _organisation(*PROVINCE, Kind.PROVINCE, None)
    post_office = _organisation(*POST_OFFICE, Kind.POST_OFFICE, province)
    for symbol, name, identifier in AGENCIES:
        agency = _organisation(symbol, name, Kind.AGENCY, province)
        agency.identifiers.get_or_create(value=identifier, used_from=SINCE)
        desk = _organisation(f"{symbol}-MC", f"Một cửa {name}", Kind.DESK, agency)
        for role, place in (
            (Role.CLERK, desk),
            (Role.CASE_OFFICER, agency),
            (Role.POSTAL_CLERK, post_office),
        ):
            _user(role, place)
        if not agency.procedures.exists():
            _add_procedures(agency, first)
    symbols = [symbol for symbol, *_rest in AGENCIES]
    agencies = Organisation.objects.filter(symbol__in=symbols).order_by("pk")
    return tuple(place_of(agency, first) for agency in agencies)


def place_of(agency: Organisation, first: date) -> Place:
    """A sample agency as generating needs it. Raises ``Conflict`` or ``Invalid``."""
    if not agency.is_sample:
        raise Conflict(
            _("%(name)s is not a sample organisation: nothing synthetic goes there.")
            % {"name": agency}
        )
    desk = agency.children.filter(kind=Kind.DESK).order_by("pk").first() or agency
    post_office = agency.post_offices().first()
    people = {
        role: User.objects.filter(role=role, organisation=place).order_by("pk").first()
        for role, place in (
            (Role.CLERK, desk),
            (Role.CASE_OFFICER, agency),
            (Role.POSTAL_CLERK, post_office),
        )
    }
    rules = _rules(agency, first)
    if not all(people.values()) or not rules or not agency.identifiers.exists():
        raise Invalid(
            _(
                "%(name)s needs an identifier, a clerk, a case officer, a postal clerk "
                "and procedures in force since %(day)s."
            )
            % {"name": agency, "day": f"{first:%d/%m/%Y}"}
        )
    identifiers = agency.identifiers.order_by("-used_from")
    series = NumberSeries.objects.filter(agency=agency, kind=NumberSeries.Kind.DOSSIER)
    return Place(
        agency=agency.pk,
        desk=desk.pk,
        post_office=post_office.pk,
        clerk=people[Role.CLERK].pk,
        officer=people[Role.CASE_OFFICER].pk,
        postal_clerk=people[Role.POSTAL_CLERK].pk,
        identifiers=tuple(identifiers.values_list("used_from", "value")),
        rules=tuple(rules.values()),
        postal_rules=_postal(rules) or tuple(rules.values()),
        numbers=dict(series.values_list("day", "last")),
    )


def _rules(agency: Organisation, first: date) -> dict[int, Rule]:
    known = agency.procedures.filter(in_force_from__lte=first, in_force_to=None)
    return {
        x.pk: Rule(
            procedure=x.pk,
            days=x.processing_time,
            unit=x.time_unit,
            policy=x.clock_policy,
            papers=tuple(
                (paper.name, paper.form)
                for paper in sorted(
                    x.required_papers.all(), key=lambda paper: paper.position
                )
            )[:PAPERS_OF_A_DOSSIER],
        )
        for x in known.prefetch_related("required_papers").order_by("pk")
    }


def _postal(rules: dict[int, Rule]) -> tuple[Rule, ...]:
    eligible = PostalEligibility.objects.filter(procedure__in=rules, is_eligible=True)
    known = set(eligible.values_list("procedure", flat=True))
    return tuple(rule for pk, rule in rules.items() if pk in known)


def _organisation(
    symbol: str, name: str, kind: str, parent: Organisation | None
) -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        symbol=symbol,
        defaults={"name": name, "kind": kind, "parent": parent, "is_sample": True},
    )
    if not found.is_sample:
        raise Conflict(
            _("The symbol %(symbol)s belongs to a real organisation.")
            % {"symbol": symbol}
        )
    return found


def _user(role: Role, organisation: Organisation) -> None:
    """Somebody who did the work; nobody can sign in as him."""
    name = f"{Role(role).value}-{fold(organisation.symbol)}".replace(" ", "-")
    user, is_new = User.objects.get_or_create(
        username=name,
        defaults={
            "role": role,
            "organisation": organisation,
            "full_name": f"{organisation.symbol} {MARK}",
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save()


def _add_procedures(agency: Organisation, first: date) -> None:
    rows = [row for row in read_rows() if row.asked]
    fields = {
        name: Field.objects.get_or_create(name=name)[0]
        for name in dict.fromkeys(row.field for row in rows)
    }
    made = Procedure.objects.bulk_create(
        Procedure(
            code=row.code,
            name=row.name,
            field=fields[row.field],
            agency=agency,
            processing_time=row.versions[-1].days,
            time_unit=row.unit,
            clock_policy=row.clock,
            fee_dong=row.fee,
            fee_note=row.fee_note,
            in_force_from=min(first, SINCE),
            note=NOTE,
            search_text=fold(f"{row.code} {row.name}"),
        )
        for row in rows
    )
    pairs = list(zip(made, rows, strict=True))
    RequiredPaper.objects.bulk_create(_papers(pairs))
    PostalEligibility.objects.bulk_create(
        PostalEligibility(
            procedure=procedure,
            leg=leg,
            is_eligible=True,
            valid_from=procedure.in_force_from,
        )
        for procedure, row in pairs
        if row.post == BY_POST
        for leg in Leg
    )


def _papers(pairs: Iterable[tuple[Procedure, Row]]) -> list[RequiredPaper]:
    return [
        RequiredPaper(
            procedure=procedure, position=n, name=name, form=form, quantity=quantity
        )
        for procedure, row in pairs
        for n, (name, form, quantity) in enumerate(
            PAPERS[row.papers][:MOST_PAPERS], start=1
        )
    ]
