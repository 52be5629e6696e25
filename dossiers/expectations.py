"""What is expected of an item, in words: its day and why, and what a failure means."""

from django.utils.functional import Promise as LazyText
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.item_history import attempts, last_news, may_go_back, next_attempt
from dossiers.models import PostalItem
from dossiers.postal_statuses import HOPELESS, ItemStatus, Party, party_of
from postal_tthc.accounts.models import User
from postal_tthc.lib.vietnamese import write_date
from procedures.calendar import working_calendar
from procedures.models import Leg
from procedures.transit import expected_on, norm_on

# QĐ 45/2016/QĐ-TTg, Điều 12: the party at fault pays for a repeated delivery.
PAYS_NEXT: dict[Party, LazyText] = {
    Party.POST: gettext_lazy(
        "The post caused the failure and pays for the next delivery "
        "(QĐ 45/2016/QĐ-TTg, Điều 12)."
    ),
    Party.AGENCY: gettext_lazy(
        "The agency caused the failure and pays for the next delivery "
        "(QĐ 45/2016/QĐ-TTg, Điều 12)."
    ),
    Party.RECIPIENT: gettext_lazy(
        "The recipient caused the failure and pays for the next delivery "
        "(QĐ 45/2016/QĐ-TTg, Điều 12)."
    ),
}


def why_expected(item: PostalItem) -> str:
    """How the expected day came about: J, n, and the document that says so."""
    if item.posted_on is None:
        return _("It is expected once it is posted.")
    day = item.posted_on
    norm = norm_on(item.route, day)
    if item.expected_on is None:
        return _("No transit time is known for this route: «%(route)s».") % {
            "route": item.get_route_display()
        }
    values = {
        "n": working_calendar(day).count_working_days(day, item.expected_on),
        "day": write_date(day),
        "source": norm.source if norm else "",
    }
    with_slip = item.leg == Leg.INTAKE
    if item.expected_on != expected_on(day, item.route, with_appointment=with_slip):
        return (
            _(
                "J+%(n)d working days from %(day)s, as norm and calendar were then; "
                "they have changed since."
            )
            % values
        )
    if with_slip:
        return (
            _(
                "J+%(n)d working days from %(day)s, the appointment slip brought back "
                "(%(source)s)."
            )
            % values
        )
    return _("J+%(n)d working days from %(day)s (%(source)s).") % values


def after_failure(item: PostalItem) -> list[str]:
    """Who pays the next delivery, when it may be, and when the item goes back."""
    tried = attempts(item)
    if item.status != ItemStatus.ATTEMPTED or not tried:
        return []
    last = tried[-1][1]
    told = [str(PAYS_NEXT[party_of(last)])]
    if last in HOPELESS:
        return [
            *told,
            _(
                "Another attempt would change nothing: it may go back to the agency "
                "now (TT 17/2017/TT-BTTTT, Điều 5)."
            ),
        ]
    earliest = next_attempt(item)
    told.append(
        _("The next attempt may be made from %(day)s on.")
        % {"day": write_date(earliest)}
    )
    if may_go_back(item):
        told.append(
            _(
                "It has been tried often enough: it may go back to the agency "
                "(TT 17/2017/TT-BTTTT, Điều 5)."
            )
        )
    else:
        told.append(
            _(
                "If that attempt fails too, it goes back to the agency "
                "(TT 17/2017/TT-BTTTT, Điều 5)."
            )
        )
    return told


def call_script(item: PostalItem, caller: User) -> list[str]:
    """What to say on the telephone to the post about an item, facts filled in."""
    last = last_news(item)
    inside = item.dossiers.select_related("desk").first()
    values = {
        "name": caller,
        "desk": inside.desk if inside else caller.organisation,
        "number": item.number,
        "post_office": item.post_office or _("the post office"),
        "posted": write_date(item.posted_on) if item.posted_on else "–",
        "recipient": item.recipient_name or (inside.desk if inside else "–"),
        "address": item.recipient_address or "–",
        "expected": write_date(item.expected_on) if item.expected_on else "–",
        "why": why_expected(item),
        "news": last.get_status_display().lower() if last else _("none"),
        "news_on": write_date(localdate(last.at)) if last else "–",
    }
    return [
        _("Good day, this is %(name)s, %(desk)s.") % values,
        _(
            "Please look up item %(number)s, which %(post_office)s accepted on "
            "%(posted)s, for %(recipient)s, %(address)s."
        )
        % values,
        _("It should have arrived by %(expected)s: %(why)s") % values,
        _("The last news we have is of %(news_on)s: %(news)s.") % values,
        _(
            "Where is it now, who has it, and on which day will it be delivered? May I "
            "have your name, to write it down with the answer?"
        ),
    ]
