"""What one envelope in place of several would save, and figures of any group."""

from datetime import date

from reports.journeys import Journey, figures_of, grouped, saving

MONDAY, TUESDAY = date(2020, 6, 1), date(2020, 6, 2)


def journey(
    place: str = "Xã A", on: date = MONDAY, dong: int | None = 30_000, **values: object
) -> Journey:
    facts = {
        "leg": "return",
        "route": "within_province",
        "recipient": "",
        "status": "delivered",
        "days": 2,
        "norm": 2,
        "is_judged": True,
        "is_within_norm": True,
        "attempts": 0,
        "dossiers": 1,
    } | values
    return Journey(place=place, posted_on=on, postage_dong=dong, **facts)


def place(x: Journey) -> str:
    return x.place


def test_envelopes_to_one_commune_on_one_day_could_have_gone_as_one():
    found = saving(
        [journey(dong=26_000, dossiers=2), journey(dong=30_000), journey(dong=28_000)],
        place,
    )

    assert (found.results, found.envelopes, found.days) == (4, 3, 1)
    assert found.dong == 26_000 + 28_000


def test_other_days_other_places_and_unknown_places_save_nothing():
    found = saving(
        [journey(), journey(on=TUESDAY), journey("Xã B"), journey(""), journey("")],
        place,
    )

    assert found.envelopes == found.dong == found.days == 0


def test_postage_nobody_wrote_down_saves_nothing():
    assert saving([journey(dong=None), journey(dong=30_000)], place).dong == 0


def test_a_group_has_the_figures_of_its_items():
    figures = figures_of(
        [
            journey(),
            journey(days=5, is_within_norm=False, attempts=2),
            journey(
                status="lost",
                days=None,
                norm=None,
                is_judged=False,
                is_within_norm=False,
            ),
            journey(
                status="attempted",
                days=None,
                is_judged=False,
                is_within_norm=False,
                dong=None,
            ),
        ]
    )

    assert (figures.posted, figures.arrived, figures.lost) == (4, 2, 1)
    assert (figures.under_way, figures.attempts) == (1, 2)
    assert str(figures.within_norm_ratio) == "01/02 (50,00%)"
    assert figures.days == ((2, 1), (5, 1))
    assert figures.norms == ((2, 3),)
    assert (figures.postage_known, figures.postage_dong) == (3, 90_000)
    assert figures.postage_mean == 30_000


def test_groups_hold_every_item_once():
    rows = [journey(), journey("Xã B"), journey()]
    groups = grouped(rows, place)

    assert {name: len(found) for name, found in groups.items()} == {
        "Xã A": 2,
        "Xã B": 1,
    }
