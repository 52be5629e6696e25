"""The power goes off after any write of any verb: nothing of it is left."""

import pytest

from dossiers import actions
from tests.factories.dossiers import MONDAY, at
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)
from tests.integration.dossiers.verbs import BEGINNINGS, NEWS, STEPS, Verb

LATER = at(MONDAY.replace(day=10))
VERBS: dict[str, Verb] = {**STEPS, **NEWS, **BEGINNINGS}
# What each verb writes, beside the dossier and its log, which nearly all of them do.
ALSO: dict[str, set[str]] = {
    "receive": {"NumberSeries", "Paper", "PostalItem", "PostalItem_dossiers"},
    "register": set(),
    "announce": {"Paper", "PostalItem", "PostalItem_dossiers", "PostalEvent"},
    "receive_registered": {"NumberSeries"},
    "start_processing": {"Paper"},
    "request_supplement": {"Notice"},
    "receive_supplement": {"Paper"},
    "request_payment": set(),
    "record_payment": set(),
    "reappoint": {"Notice"},
    "mark_result_ready": {"Paper"},
    "hand_to_post": {"Paper", "PostalItem", "PostalItem_dossiers", "PostalEvent"},
    "return_result": {"Paper"},
    "refuse": {"Paper", "Notice"},
    "withdraw": {"Paper"},
    "discontinue": {"Paper", "Notice"},
    "give_papers_back": {"Paper"},
    "post_papers_home": {"Paper", "PostalItem", "PostalItem_dossiers", "PostalEvent"},
    "deliver": {"Paper", "PostalItem", "PostalEvent"},
    "come_back": {"Paper", "PostalItem", "PostalEvent"},
}
OF_THE_ITEM_ALONE = {"record_news", "record_attempt", "void_last_news"}
# Modules whose verbs are all tried here; the others are tried beside their pages.
MODULES = {"delivering", "moving", "pausing", "posting", "receiving"}
# What the post has is not taken back at the desk.
TAKEN_BACK = [name for name in STEPS if name != "post_papers_home"] + ["deliver"]


def written(before: dict[str, list]) -> set[str]:
    """The tables that are not as they were."""
    after = everything_kept()
    return {name.partition(".")[2] for name in before if before[name] != after[name]}


@pytest.mark.parametrize("name", VERBS)
def test_a_power_cut_after_any_write_leaves_nothing_behind(office, name):
    verb = VERBS[name]
    ready = verb.ready(office)
    before = everything_kept()

    writes = writes_that_leave_nothing_behind(
        lambda: verb.act(ready, by=office.clerk, at=LATER)
    )

    tables = {"PostalItem", "PostalEvent"}
    if name not in OF_THE_ITEM_ALONE:
        tables = {"Dossier", "CustodyEntry"} | ALSO[name]
    assert written(before) == tables
    assert writes >= len(tables)


@pytest.mark.parametrize(
    "part", ["dossiers.models.Dossier.save", "dossiers.custody.record"]
)
@pytest.mark.parametrize("name", {**STEPS, **BEGINNINGS})
def test_a_part_that_fails_leaves_nothing_behind(office, name, part, monkeypatch):
    verb = VERBS[name]
    ready = verb.ready(office)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        verb.act(ready, by=office.clerk, at=LATER)

    assert everything_kept() == before


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_a_power_cut_while_a_step_is_taken_back_leaves_nothing_behind(office, name):
    verb = VERBS[name]
    ready = verb.ready(office)
    verb.act(ready, by=office.clerk, at=LATER)
    dossier = ready if name in STEPS else ready.dossiers.get()
    before = everything_kept()

    def take_back():
        return actions.take_back(dossier, reason="Nhầm", by=office.leader, at=LATER)

    writes = writes_that_leave_nothing_behind(take_back)

    # A code that was given out stays the dossier's.
    tables = {"Dossier", "CustodyEntry"} | ALSO[name] - {"NumberSeries"}
    assert written(before) == tables
    assert writes >= len(tables)


def test_no_verb_is_left_untried():
    verbs = {
        name
        for name in actions.__all__
        if getattr(actions, name).__module__.rpartition(".")[2] in MODULES
    }

    assert set(VERBS) - {"announce"} == verbs
