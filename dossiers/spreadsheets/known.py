"""What the rows of a register ask for again and again, read once for a file."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from dossiers import entry_rules
from dossiers.models import Dossier, OpeningTotal
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Invalid
from postal_tthc.lib.tables import plain
from procedures.calendar import WorkingCalendar, working_calendar
from procedures.models import Leg, Procedure
from procedures.working_days import TimeUnit


class Known:
    """The catalogue, the calendar and the totals of an organisation and those below."""

    def __init__(self, organisation: Organisation) -> None:
        """``organisation`` is the scope in which the file is imported."""
        self.organisation = organisation
        self._due: dict[tuple[date, int, str], date] = {}
        self._calendars: dict[int, WorkingCalendar] = {}
        self._no_identifier: dict[tuple[int, date], str] = {}
        self._identifiers: dict[int, frozenset[str]] = {}
        self._why_not: dict[tuple[int, str, date], str] = {}

    @cached_property
    def agencies(self) -> frozenset[int]:
        """The organisations for which this one imports."""
        within = Organisation.objects.within(self.organisation)
        return frozenset(within.values_list("pk", flat=True))

    @cached_property
    def procedures(self) -> Mapping[str, list[Procedure]]:
        """Every version of each procedure, the oldest first."""
        found: dict[str, list[Procedure]] = {}
        known = Procedure.objects.filter(agency__in=self.agencies)
        for version in known.select_related("agency").order_by("in_force_from"):
            found.setdefault(version.code, []).append(version)
        return found

    @cached_property
    def procedures_named(self) -> Mapping[str, list[Procedure]]:
        """The same by name, in plain letters."""
        found: dict[str, list[Procedure]] = {}
        for versions in self.procedures.values():
            for version in versions:
                found.setdefault(plain(version.name), []).append(version)
        return found

    @cached_property
    def months_in_totals(self) -> frozenset[tuple[int, date]]:
        """Agencies and months that stand here in totals."""
        known = OpeningTotal.objects.receiving().filter(organisation__in=self.agencies)
        return frozenset(known.values_list("organisation_id", "month"))

    def due_on(self, draft: Dossier) -> date:
        """The last day of its processing time."""
        key = draft.clock_started_on, draft.processing_time, draft.time_unit
        if key not in self._due:
            day, count, unit = key
            calendar = self._calendar(day.year)
            self._due[key] = calendar.due_on(day, count, TimeUnit(unit))
        return self._due[key]

    def _calendar(self, year: int) -> WorkingCalendar:
        if year not in self._calendars:
            self._calendars[year] = working_calendar(date(year, 1, 1))
        return self._calendars[year]

    def no_identifier(self, procedure: Procedure, day: date) -> str:
        """Why no code can be given out on the day; empty when one can."""
        key = procedure.agency_id, day
        if key not in self._no_identifier:
            try:
                procedure.agency.identifier_on(day)
            except Invalid as error:
                self._no_identifier[key] = str(error)
            else:
                self._no_identifier[key] = ""
        return self._no_identifier[key]

    def identifiers_of(self, agency: Organisation) -> frozenset[str]:
        """Every identifier that the codes of an agency have ever begun with."""
        if agency.pk not in self._identifiers:
            values = agency.identifiers.values_list("value", flat=True)
            self._identifiers[agency.pk] = frozenset(values)
        return self._identifiers[agency.pk]

    def why_not(self, procedure: Procedure, leg: Leg, day: date) -> str:
        """Why a leg does not go by the post on the day; empty when it does."""
        key = procedure.pk, str(leg), day
        if key not in self._why_not:
            self._why_not[key] = entry_rules.why_not_by_post(procedure, leg, day)
        return self._why_not[key]
