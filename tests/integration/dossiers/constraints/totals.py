"""Bad totals: the second row is of February, with nothing by post."""

from datetime import date

from dossiers.models import OpeningTotal
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.factories.totals import enter, row

MODELS = (OpeningTotal,)
BAD = [
    (OpeningTotal, "total_month_is_a_first_day", {"month": date(2018, 2, 2)}),
    (OpeningTotal, "total_names_its_source", {"source": ""}),
    (OpeningTotal, "total_by_post_is_within_received", {"by_post": 4}),
    (OpeningTotal, "total_intake_is_within_by_post", {"intake_by_post": 1}),
    (OpeningTotal, "total_both_legs_are_within_intake", {"both_legs_by_post": 1}),
    (OpeningTotal, "total_comes_in_by_one_way", {"online": 4}),
    (OpeningTotal, "total_return_is_within_results", {"return_by_post": 1}),
]
ALSO_BROKEN: dict[str, str] = {}
DOUBLES = [(OpeningTotal, ["organisation", "procedure", "month"], {})]


def make_rows(office: Office) -> dict[type, list]:
    procedure = make_procedure(office)
    enter(
        office,
        row(procedure, date(2018, 1, 1), received=3),
        row(procedure, date(2018, 2, 1), received=3),
    )
    return {OpeningTotal: list(OpeningTotal.objects.order_by("month"))}
