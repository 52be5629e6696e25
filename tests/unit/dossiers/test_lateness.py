"""Days beyond the promise belong to somebody, and add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.lateness import share
from dossiers.postal_statuses import Party

AGENCY, POST, CITIZEN = Party.AGENCY, Party.POST, Party.RECIPIENT


@pytest.mark.parametrize(
    ("legs", "shares"),
    [
        pytest.param(((AGENCY, 3), (POST, 0)), ((AGENCY, 3),), id="the agency alone"),
        pytest.param(((AGENCY, 0), (POST, 2)), ((POST, 2),), id="the post alone"),
        pytest.param(
            ((AGENCY, -2), (POST, 3), (CITIZEN, 4)),
            ((POST, 1), (CITIZEN, 4)),
            id="days saved pay for the first delay",
        ),
        pytest.param(
            ((AGENCY, 5), (POST, -1)),
            ((AGENCY, 4),),
            id="a quick post helps the agency",
        ),
        pytest.param(((AGENCY, -5), (POST, 2), (CITIZEN, 2)), (), id="still in time"),
        pytest.param(
            ((AGENCY, 1), (POST, 1), (CITIZEN, 2), (POST, 1)),
            ((AGENCY, 1), (POST, 1), (CITIZEN, 2), (POST, 1)),
            id="everybody",
        ),
    ],
)
def test_days_are_shared_in_their_order(legs, shares):
    assert share(legs) == shares


@given(
    st.lists(
        st.tuples(st.sampled_from([AGENCY, POST, CITIZEN]), st.integers(-30, 30)),
        max_size=6,
    )
)
def test_the_shares_add_up_to_the_days_waited_too_long(legs):
    shares = share(legs)

    assert sum(days for _party, days in shares) == max(0, sum(n for _p, n in legs))
    assert all(days > 0 for _party, days in shares)
