"""What the database knows about an organisation's catalogue, fetched at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold, tidy
from procedures.models import Decision, Field, Procedure
from procedures.spreadsheets.lines import Citation
from procedures.spreadsheets.phrases import bare_number


def same_words(text: str) -> str:
    """Equal for names that differ in case or spaces only; diacritics count."""
    return tidy(text).casefold()


def same_number(number: str) -> str:
    """Equal for decision numbers that differ in case, marks or spaces only."""
    return "".join(fold(bare_number(tidy(number))).split())


@dataclass
class Snapshot:
    """The catalogue in memory; nothing here asks the database.

    ``versions`` maps agency and code to the versions, the oldest first, with
    their field, decision, papers and eligibilities.
    """

    organisation: Organisation
    agencies: list[Organisation]
    fields: dict[str, Field]
    decisions: list[Decision]
    versions: dict[tuple[int, str], list[Procedure]] = field(default_factory=dict)

    def agencies_called(self, name: str) -> list[Organisation]:
        """The agencies with this name, symbol, or “name (symbol)”."""
        said = same_words(name)
        return [
            agency
            for agency in self.agencies
            if said
            in {
                same_words(agency.name),
                same_words(agency.symbol),
                same_words(f"{agency.name} ({agency.symbol})"),
            }
        ]

    def agencies_with(self, code: str) -> list[Organisation]:
        """The agencies that have, or had, a procedure of this code."""
        return [a for a in self.agencies if (a.pk, code) in self.versions]

    def decisions_cited(self, citation: Citation) -> list[Decision]:
        """The decisions of this number, and of this day when one is given."""
        return [
            decision
            for decision in self.decisions
            if same_number(decision.number) == same_number(citation.number)
            and citation.issued_on in (None, decision.issued_on)
        ]

    def decision(self, pk: int | None) -> Decision | None:
        """The decision of this key."""
        return next((d for d in self.decisions if d.pk == pk), None)

    def version(self, agency: int, code: str, pk: int | None) -> Procedure:
        """The version of this key."""
        return next(v for v in self.versions[agency, code] if v.pk == pk)

    def in_force(self, on: date) -> list[Procedure]:
        """Every version in force on the day, in the order of the codes."""
        return [
            version
            for versions in self.versions.values()
            for version in versions
            if version.is_in_force(on)
        ]


def take(organisation: Organisation, *, lock: bool = False) -> Snapshot:
    """The snapshot; with ``lock``, inside a transaction, its rows are held.

    The organisations are locked first, so that two loads for one agency wait for
    each other even when there is no procedure yet.
    """
    within = Organisation.objects.within(organisation)
    organisations = Organisation.objects.filter(pk__in=within.values("pk"))
    procedures = Procedure.objects.of(organisation)
    if lock:
        organisations = organisations.select_for_update(no_key=True)
        procedures = procedures.select_for_update(of=("self",))
    agencies = [
        agency
        for agency in organisations.order_by("pk")
        if agency.kind == Organisation.Kind.AGENCY
    ]
    versions = defaultdict(list)
    for version in (
        procedures.select_related("field", "decision")
        .prefetch_related("eligibilities", "required_papers")
        .order_by("code", "in_force_from", "pk")
    ):
        versions[version.agency_id, version.code].append(version)
    return Snapshot(
        organisation,
        agencies,
        {same_words(field.name): field for field in Field.objects.all()},
        list(Decision.objects.order_by("issued_on", "pk")),
        dict(versions),
    )
